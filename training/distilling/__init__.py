"""Teachers and pupils trained in one go on an accelerator, from files that are packed beforehand on any machine.

`packing` cuts gold and unlabelled news into windows, `rounding` makes the teacher's encoder small: both have to be
carried. `windows` holds them in the accelerator's memory, damages them and draws batches; `distil` trains.
"""
