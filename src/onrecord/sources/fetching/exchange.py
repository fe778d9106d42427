"""One request and its answer over a line of its own, both kept as they went over the wire."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import httpcore

from onrecord.errors import FetchRefused
from onrecord.sources.fetching.addresses import Target
from onrecord.sources.fetching.contents import ACCEPTED, content_of
from onrecord.sources.fetching.fetched import Hop
from onrecord.sources.fetching.limits import Limits
from onrecord.sources.fetching.lines import Lines

# What a feed or a page is most likely to be; servers that look at it at all are content with this.
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/feed+json;q=0.9,*/*;q=0.8"


@dataclass(frozen=True, slots=True)
class Exchange:
    """An exchange with the status, the fields and the content of its answer."""

    hop: Hop
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes = field(repr=False)

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name), None)


def exchange(
    target: Target,
    lines: Lines,
    *,
    agent: str,
    asking: Sequence[tuple[str, str]] = (),
    limits: Limits,
    tls: ssl.SSLContext,
    now: Callable[[], datetime],
    cut: int | None = None,
    sending: bytes | None = None,
) -> Exchange:
    """Asks for a target; `asking` are fields beside those that every request has.

    With `sending` these bytes are sent to it. With `cut` no more than so many bytes of content are read.

    Raises:
        FetchRefused: when no answer comes or it is not taken.
    """
    fields = [
        ("Host", target.url.netloc.decode("ascii")),
        ("User-Agent", agent),
        ("Accept", _ACCEPT),
        ("Accept-Encoding", ACCEPTED),
        ("Connection", "close"),
        *asking,
    ]
    url = httpcore.URL(
        scheme=target.url.raw_scheme, host=target.url.raw_host, port=target.port, target=target.url.raw_path
    )
    if sending is not None:
        fields.append(("Content-Length", str(len(sending))))
    request = httpcore.Request("GET" if sending is None else "POST", url, headers=fields, content=sending)
    # A connection of its own for each exchange: its tape holds this exchange and nothing else.
    connection = httpcore.HTTPConnection(url.origin, ssl_context=tls, network_backend=lines)
    try:
        answer = connection.handle_request(request)
        at = now()
        headers = tuple((_letters(name), _letters(value)) for name, value in answer.headers)
        if len(headers) > limits.fields:
            raise FetchRefused("too large", f"the head of the answer has more than {limits.fields} fields")
        if answer.status < 200:
            raise FetchRefused("broken answer", f"the status {answer.status} in place of an answer")
        length, stream = 0, answer.stream
        assert isinstance(stream, Iterable)

        def wire() -> Iterator[bytes]:
            nonlocal length
            for chunk in stream:
                length += len(chunk)
                yield chunk

        codings = [value for name, value in headers if name.lower() == "content-encoding"]
        content = content_of(wire(), codings, limits, cut=cut)
    except httpcore.ProtocolError as error:
        raise FetchRefused("broken answer", str(error)[:200]) from error
    except (httpcore.NetworkError, httpcore.TimeoutException) as error:
        raise FetchRefused("no answer", str(error)[:200]) from error
    finally:
        connection.close()
    tape = lines.tape
    start, end = tape.head() or (0, 0)
    chunked = any(name.lower() == "transfer-encoding" for name, _ in headers)
    # What a server sends beyond the length that it announced belongs to no answer.
    raw_body = bytes(tape.received[end:] if chunked else tape.received[end : end + length])
    request_head = bytes(tape.sent[: len(tape.sent) - len(sending or b"")])
    hop = Hop(target.address, request_head, bytes(tape.received[start:end]), raw_body, at, tape.ip)
    return Exchange(hop, answer.status, headers, content)


def _letters(field: bytes) -> str:
    """Fields are ASCII by their standard, and UTF-8 or Latin-1 in life."""
    try:
        return field.decode("utf-8")
    except UnicodeDecodeError:
        return field.decode("latin-1")
