"""The encoder: what a window gives hangs on that window alone, and costs no other core anything."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.encoder import ALONE, Encoder, Words, products

PARAGRAPHS = (
    "Mayor Ida Holm said on Monday that the bridge would stay closed until April.",
    "“We cannot take the risk,” she told reporters. “Nobody should cross.”",
    "According to two engineers who asked not to be named, the northern pier has moved.",
    "Snow fell.",
    " ".join(f"The harbour board said that pier {k} is safe and that ships may land there." for k in range(9)),
)

_SPENT = """
import time
from onrecord.reading.encoder import Encoder
encoder = Encoder()
(window,) = encoder.windower.windows("The harbour board said that the pier is safe and that ships may land. " * 12)
for _ in range(5):
    encoder.tag(window)
here, everywhere = time.thread_time(), time.process_time()
for _ in range(40):
    encoder.tag(window)
print(time.thread_time() - here, time.process_time() - everywhere)
"""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def same(one: Words, other: Words) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in Words.__slots__)


@given(st.integers(0, 200), st.integers(1, 201), st.sampled_from([1, 3, 64, 300]), st.integers(0, 2**32 - 1))
def test_products_are_those_of_the_whole(rows: int, columns: int, width: int, seed: int) -> None:
    chosen = np.random.default_rng(seed)
    left = chosen.normal(size=(rows, width)).astype(np.float32)
    right = chosen.normal(size=(columns, width)).astype(np.float32)
    found = products(left, right)
    assert found.shape == (rows, columns)
    assert np.allclose(found, left.astype(np.float64) @ right.T.astype(np.float64), atol=1e-3)


@pytest.mark.parametrize(
    ("rows", "columns", "width"),
    [(1, 2, 64), (2, 191, 64), (64, 65, 64), (190, 191, 64), (3, 4096, 64), (5, 4096, 64), (4, 1, ALONE)],
)
def test_no_product_is_large_enough_for_threads_nor_a_single_row(
    monkeypatch: pytest.MonkeyPatch, rows: int, columns: int, width: int
) -> None:
    seen: list[int] = []
    taken = np.matmul

    def noted(left: np.ndarray, right: np.ndarray, out: np.ndarray) -> None:
        seen.append(len(left))
        taken(left, right, out=out)

    monkeypatch.setattr(np, "matmul", noted)
    products(np.ones((rows, width), np.float32), np.ones((columns, width), np.float32))
    assert sum(seen) == rows
    assert min(seen) > 1 or rows == 1
    assert all(block * columns * width <= ALONE or block <= 3 for block in seen)


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core has no threads to wake")
def test_a_window_keeps_no_other_core_busy() -> None:
    said = subprocess.run([sys.executable, "-c", _SPENT], check=True, capture_output=True, text=True).stdout
    here, everywhere = map(float, said.split())
    assert everywhere < 1.2 * here


def test_a_window_gives_the_same_alone_after_others_and_twice(encoder: Encoder) -> None:
    windows = [next(iter(encoder.windower.windows(text))) for text in PARAGRAPHS]
    fresh = Encoder()
    alone = [fresh.tag(window) for window in windows]
    for order in (windows, windows[::-1], [windows[0], *windows]):
        found = {id(window): encoder.tag(window) for window in order}
        assert all(same(found[id(window)], one) for window, one in zip(windows, alone, strict=True))
