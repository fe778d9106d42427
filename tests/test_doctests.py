"""Every example in a docstring of the installed package does what it says."""

import doctest
import importlib
import pkgutil

import pytest

import onrecord

MODULES = ["onrecord", *(m.name for m in pkgutil.walk_packages(onrecord.__path__, "onrecord."))]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


def test_there_are_examples_at_all() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    assert sum(len(t.examples) for name in MODULES for t in finder.find(importlib.import_module(name))) > 10
