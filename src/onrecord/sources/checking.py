"""Whether what a sources file names can be watched: each feed and sitemap tried, and what is wrong told in words.

Nothing here touches the network: `checked` is given a function that does. What is wrong is a fault, with what to do;
what is only worth knowing is a remark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from onrecord.errors import FetchRefused, InputError
from onrecord.sources.feeds import PAGE, Feed, FeedItem, comparable, feed_in, feeds_linked
from onrecord.sources.feeds.addresses import resolved
from onrecord.sources.outlets import Outlet, Outlets

if TYPE_CHECKING:
    # What fetches needs libraries that only an extra brings.
    from onrecord.sources.fetching import Fetched

OLD: Final = timedelta(days=7)
"""A feed whose newest item is older than this is asleep."""
SPARSE: Final = 0.5
"""Less than this share of `per_day` is too little."""
STRAY: Final = 0.1
"""From this share on, items that lead elsewhere are a fault and no longer a remark."""
MOST_NESTED: Final = 3
"""Sitemaps of an index that are tried."""
_MOST_NAMED: Final = 3
_STATUS = re.compile(rb"HTTP/[0-9.]{1,3} (\d{3})")
_SITEMAP_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_LONGEST_ROBOTS: Final = 500_000


Get = Callable[[str], "Fetched"]
"""Fetches an address; raises FetchRefused where it cannot be had."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of one address of an outlet, or of the outlet as a whole (`what` is "outlet", without an address)."""

    outlet: str
    what: str
    address: str | None
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    items: int | None = None
    newest: datetime | None = None
    per_day: float | None = None
    """How many items a day those that have a time make, where two or more have."""


def checked(outlets: Sequence[Outlet], get: Get, now: datetime | None = None) -> Iterator[Checked]:
    """Each feed and sitemap of each outlet, and behind them the outlet, in the order of the file.

    Raises:
        SettingsError: when nothing can be fetched at all.
    """
    now = now or datetime.now(UTC)
    by_host = Outlets(outlets)
    known = {comparable(address) for outlet in outlets for address in outlet.sitemaps}
    robots: dict[str, tuple[str, ...]] = {}
    for outlet in outlets:
        items: list[FeedItem] = []
        rates: list[float] = []
        for what, addresses in (("feed", outlet.feeds), ("sitemap", outlet.sitemaps)):
            for address in addresses:
                one, found = _tried(outlet, what, address, get, by_host, now)
                items += found
                rates += [one.per_day] if one.per_day is not None else []
                yield one
        told = [one for one in _sitemaps_told(outlet, get, robots) if comparable(one) not in known]
        yield _as_a_whole(outlet, items, rates, told, now)


def _tried(
    outlet: Outlet, what: str, address: str, get: Get, by_host: Outlets, now: datetime
) -> tuple[Checked, tuple[FeedItem, ...]]:
    faults: list[str] = []
    remarks: list[str] = []
    try:
        answer = get(address)
        if moved := _moved_for_good(answer):
            faults.append(f"moved for good: write {moved}")
        if answer.status != 200:
            faults.append(_of_status(answer.status))
            return Checked(outlet.name, what, address, tuple(faults)), ()
        feed = feed_in(answer.body, answer.final, answer.header("content-type"), now=now)
    except InputError as error:
        faults.append(_no_feed(error, what, answer))
        return Checked(outlet.name, what, address, tuple(faults)), ()
    except FetchRefused as error:
        faults.append(_refused(error))
        return Checked(outlet.name, what, address, tuple(faults)), ()
    items = feed.items
    remarks += feed.faults
    if feed.further:
        items += _nested(feed, get, faults, remarks, now)
    faults += _of_items(items, now)
    if ahead := sum((one.published or one.updated or now) > now + timedelta(days=1) for one in items):
        remarks.append(f"{ahead} of {len(items)} items are dated ahead of now")
    stray = _stray(outlet, items, by_host)
    if stray:
        many = sum(stray.values()) >= STRAY * len(items)
        (faults if many else remarks).append(_told_stray(stray, len(items)))
    one = Checked(
        outlet.name,
        what,
        address,
        tuple(faults),
        tuple(remarks),
        len(items),
        max(_times(items, now), default=None),
        _rate(items, now),
    )
    return one, items


def _nested(feed: Feed, get: Get, faults: list[str], remarks: list[str], now: datetime) -> tuple[FeedItem, ...]:
    """The items of the first sitemaps that an index names."""
    found: tuple[FeedItem, ...] = ()
    for address in feed.further[:MOST_NESTED]:
        try:
            answer = get(address)
            if answer.status != 200:
                faults.append(f"{address}: {_of_status(answer.status)}")
                continue
            found += feed_in(answer.body, answer.final, answer.header("content-type"), now=now).items
        except InputError as error:
            faults.append(f"{address}: {error}")
        except FetchRefused as error:
            faults.append(f"{address}: {_refused(error)}")
    if len(feed.further) > MOST_NESTED:
        remarks.append(f"the first {MOST_NESTED} of {len(feed.further)} sitemaps that it names were tried")
    return found


def _of_items(items: Sequence[FeedItem], now: datetime) -> list[str]:
    if not items:
        return ["there are no items in it"]
    faults = []
    undated = sum(one.published is None and one.updated is None for one in items)
    if undated:
        faults.append(f"{undated} of {len(items)} items have no date")
    newest = max(_times(items, now), default=None)
    if newest is not None and now - newest > OLD:
        faults.append(f"the newest item is of {newest:%Y-%m-%d}, {(now - newest).days} days ago")
    return faults


def _as_a_whole(
    outlet: Outlet, items: Sequence[FeedItem], rates: Sequence[float], told: Sequence[str], now: datetime
) -> Checked:
    faults: list[str] = []
    remarks: list[str] = []
    if not outlet.feeds and not outlet.sitemaps:
        instead = f"; its robots.txt names {', '.join(told)}" if told else ""
        faults.append(f"it has no feed and no sitemap, so that nothing of it is watched{instead}")
    elif not outlet.sitemaps and told:
        remarks.append(f"its robots.txt names sitemaps: {', '.join(told)}")
    if not outlet.domains and (outlet.feeds or outlet.sitemaps):
        remarks.append(f"no domains are told; taken are {', '.join(outlet.hosts)}")
    apart = tuple({comparable(one.address): one for one in items}.values())
    whole = _rate(apart, now)
    per_day = max((*rates, *(() if whole is None else (whole,))), default=None)
    if outlet.per_day and per_day is not None and per_day < SPARSE * outlet.per_day:
        faults.append(f"about {per_day:.1f} items a day, where per_day says {outlet.per_day:g}")
    newest = max(_times(apart, now), default=None)
    return Checked(outlet.name, "outlet", None, tuple(faults), tuple(remarks), len(apart), newest, per_day)


def _times(items: Iterable[FeedItem], now: datetime) -> list[datetime]:
    """When items were published; what is dated ahead of now tells nothing of how old a feed is."""
    times = (one.published or one.updated for one in items)
    return [when for when in times if when is not None and when <= now + timedelta(days=1)]


def _rate(items: Sequence[FeedItem], now: datetime) -> float | None:
    """Items a day in the week that ends with the newest, over the time from the oldest to the newest of them."""
    times = sorted(_times(items, now))
    week = [when for when in times if times[-1] - when <= OLD]
    if len(week) < 2 or week[0] == week[-1]:
        return None
    return (len(week) - 1) / ((week[-1] - week[0]) / timedelta(days=1))


def _stray(outlet: Outlet, items: Iterable[FeedItem], by_host: Outlets) -> Counter[str]:
    """Hosts that items lead to though they are none of the outlet's."""
    # Items that stand where a feed of the outlet stands are no surprise, whatever its domains are.
    own = Outlets([outlet, replace(outlet, domains=())])
    hosts: Counter[str] = Counter()
    for one in items:
        if own.of(one.address) is None or by_host.of(one.address) not in (outlet, None):
            hosts[urlsplit(one.address).hostname or ""] += 1
    return hosts


def _told_stray(stray: Counter[str], total: int) -> str:
    named = ", ".join(host for host, _ in stray.most_common(_MOST_NAMED))
    more = f" and {len(stray) - _MOST_NAMED} more" if len(stray) > _MOST_NAMED else ""
    return (
        f"{sum(stray.values())} of {total} items lead to other domains ({named}{more}); "
        "add them to domains where they are the outlet's"
    )


def _moved_for_good(answer: Fetched) -> str | None:
    """Where an address has moved to, as far as every redirect from the first on is for good."""
    moved: str | None = None
    for hop, following in zip(answer.hops, answer.hops[1:], strict=False):
        status = _STATUS.match(hop.response_head)
        if status is None or status[1] not in (b"301", b"308"):
            break
        moved = following.address
    return moved


def _of_status(status: int) -> str:
    match status:
        case 404 | 410:
            return f"not found ({status}); look on the outlet's pages for another address"
        case 401 | 403 | 451:
            return f"the server refuses it ({status}); ask the outlet, or leave it out"
        case 429:
            return "the server says that it was asked too often (429); try again later"
        case _ if status >= 500:
            return f"the server fails ({status}); try again later"
    return f"the server answers {status} and no feed"


def _no_feed(error: InputError, what: str, answer: Fetched) -> str:
    linked = feeds_linked(answer.body, answer.final)
    if linked:
        return f"no {what} but a page; it links to {', '.join(linked[:_MOST_NAMED])}"
    if error.reason != "not a feed":
        return f"no {what}: {error}"
    return f"no {what} but a page, which links to none" if error.detail == PAGE else f"no {what}: {error.detail}"


def _refused(error: FetchRefused) -> str:
    match error.reason:
        case "robots.txt":
            return "robots.txt forbids it; ask the outlet, or leave it out"
        case "bad certificate":
            return f"TLS: {error.detail or 'the certificate is not valid'}"
    return str(error)


def _sitemaps_told(outlet: Outlet, get: Get, seen: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The sitemaps that the robots.txt of an outlet names; none where it has none, or cannot be had."""
    addresses = (*outlet.feeds, *outlet.sitemaps) or tuple(f"https://{host}/" for host in outlet.domains)
    if not addresses:
        return ()
    place = urljoin(addresses[0], "/robots.txt")
    if place not in seen:
        try:
            answer = get(place)
            text = answer.body[:_LONGEST_ROBOTS].decode("utf-8", "replace") if answer.status == 200 else ""
            named = (resolved(one, place) for one in _SITEMAP_LINE.findall(text))
            seen[place] = tuple(dict.fromkeys(one for one in named if one))[:_MOST_NAMED]
        # What is wrong with a host stands already with each of its feeds.
        except FetchRefused:
            seen[place] = ()
    return seen[place]
