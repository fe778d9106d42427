"""How well weighing does, on labelled pairs, figures, entries and series: `python -m bench.weighing`."""
