"""The notebooks in docs/: plain, without outputs, and every cell of code runs, one after the other."""

from __future__ import annotations

import ast
import json
import shutil
from pathlib import Path
from typing import Any

import polars
import pytest

from tests.publishing.weighed.example import weighed_ledger

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "docs" / "notebooks").glob("*.ipynb"))


def cells(notebook: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return found


def run(source: str, names: dict[str, Any]) -> Any:
    """Runs a cell as a notebook does; returns what it would show, the value of a last expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), names)


def test_there_is_a_notebook() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda one: one.stem)
def test_a_notebook_stores_no_outputs(notebook: Path) -> None:
    whole = json.loads(notebook.read_text(encoding="utf-8"))
    assert (whole["nbformat"], whole["nbformat_minor"]) == (4, 5)
    assert len({one["id"] for one in whole["cells"]}) == len(whole["cells"])
    for one in whole["cells"]:
        assert one["cell_type"] in ("markdown", "code")
        assert one["source"]
        if one["cell_type"] == "code":
            assert (one["outputs"], one["execution_count"]) == ([], None)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda one: one.stem)
def test_its_cells_run_in_order_and_show_something(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(weighed_ledger(), tmp_path / "crisis.ledger")
    names: dict[str, Any] = {}
    frames = 0
    for one in cells(notebook):
        if one["cell_type"] == "code":
            shown = run("".join(one["source"]), names)
            if isinstance(shown, polars.DataFrame):
                assert shown.height > 0, one["id"]
                frames += 1
    assert frames > 5
