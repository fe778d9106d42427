"""Settings that hold for every test: a slow machine never fails a property."""

from hypothesis import settings

settings.register_profile("onrecord", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile("onrecord")
