"""The content of a body as it comes, without its codings and within the limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from onrecord.codings import gunzipped, inflated, without_brotli
from onrecord.errors import CodingBroken, FetchRefused
from onrecord.sources.fetching.limits import Limits

ACCEPTED = "gzip, deflate, br"
"""What is asked for; nothing else is understood."""
MOST_CODINGS = 2


def content_of(wire: Iterable[bytes], codings: Iterable[str], limits: Limits, *, cut: int | None = None) -> bytes:
    """The decoded content of a body.

    `codings` are what Content-Encoding names, in order. With `cut` no more than so many bytes are read, and what comes
    behind is left where it is.

    Raises:
        FetchRefused: "too large", "zip bomb" or "broken answer".
    """
    undone = _undone_by([name for line in codings for coding in line.split(",") if (name := coding.strip().lower())])
    compressed = 0

    def counted() -> Iterator[bytes]:
        nonlocal compressed
        for chunk in wire:
            compressed += len(chunk)
            yield chunk

    pieces: Iterable[bytes] = counted()
    for undo in undone:
        pieces = undo(pieces)
    content = bytearray()
    try:
        for piece in pieces:
            content += piece
            if cut is not None and len(content) >= cut:
                return bytes(content[:cut])
            if len(content) > limits.decoded:
                raise FetchRefused("too large", f"its content has more than {limits.decoded} bytes")
            if undone and len(content) > limits.free and len(content) > limits.ratio * compressed:
                raise FetchRefused("zip bomb", f"it grows more than {limits.ratio} times")
    except CodingBroken as error:
        raise FetchRefused("broken answer", str(error)) from error
    return bytes(content)


def _undone_by(codings: list[str]) -> list[Callable[[Iterable[bytes]], Iterator[bytes]]]:
    """What undoes each coding, the last applied first."""
    known = {"gzip": gunzipped, "x-gzip": gunzipped, "deflate": inflated, "br": without_brotli}
    named = [coding for coding in codings if coding != "identity"]
    if len(named) > MOST_CODINGS:
        raise FetchRefused("broken answer", f"its content is encoded {len(named)} times over")
    strange = next((coding for coding in named if coding not in known), None)
    if strange is not None:
        raise FetchRefused("broken answer", "its content is encoded in a way that nobody asked for")
    return [known[coding] for coding in reversed(named)]
