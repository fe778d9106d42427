"""The words of the record as frozen dataclasses: no input or output happens here."""
