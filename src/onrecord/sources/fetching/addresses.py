"""Which addresses are asked at all: http and https, plain names and public addresses, few ports.

What an IP address may be is told here by the registries of special-purpose addresses (RFC 6890 and what IANA added
since), not by Python's `is_global`, which differs between its versions. Forms of IPv6 that carry an IPv4 address inside
are refused whole: where such a packet ends is up to somebody else's gateway.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass

import httpx

from onrecord.errors import FetchRefused

LONGEST = 4_000
"""Characters of an address."""

_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_.])?")
_PORTS = {"http": 80, "https": 443}
# Ports above 1023 that browsers refuse as well: other protocols live there, and take a request line for a command.
_OTHER_PROTOCOLS = frozenset(
    (1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, *range(6665, 6670), 6679, 6697, 10080)
)
_SPECIAL_4 = tuple(
    (ipaddress.IPv4Network(network), what)
    for network, what in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "a provider's own"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "for documentation"),
        ("192.31.196.0/24", "reserved"),
        ("192.52.193.0/24", "reserved"),
        ("192.88.99.0/24", "a relay to IPv6"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "reserved"),
        ("198.18.0.0/15", "for measuring"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_SPECIAL_6 = tuple(
    (ipaddress.IPv6Network(network), what)
    for network, what in (
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "an IPv4 address inside IPv6"),
        ("::/96", "an IPv4 address inside IPv6"),
        ("64:ff9b::/96", "an IPv4 address inside IPv6"),
        ("64:ff9b:1::/48", "an IPv4 address inside IPv6"),
        ("2002::/16", "an IPv4 address inside IPv6"),
        ("2001::/32", "an IPv4 address inside IPv6"),
        ("2001::/23", "reserved"),
        ("2001:db8::/32", "for documentation"),
        ("2620:4f:8000::/48", "reserved"),
        ("3fff::/20", "for documentation"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private"),
        ("ff00::/8", "multicast"),
    )
)


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked, as far as its letters tell: what it leads to is checked once it is looked up."""

    url: httpx.URL
    port: int

    @property
    def address(self) -> str:
        return str(self.url)

    @property
    def host(self) -> str:
        return self.url.raw_host.decode("ascii")

    @property
    def origin(self) -> str:
        return f"{self.url.scheme}://{self.url.netloc.decode('ascii')}"


def target(address: str, base: Target | None = None) -> Target:
    """The target that an address names; a relative one is read from `base`. A fragment is left out.

    Raises:
        FetchRefused: "bad address", "not http", "credentials in address" or "port not allowed".
    """
    if len(address) > LONGEST:
        raise FetchRefused("bad address", f"it has {len(address)} characters, {LONGEST} are allowed")
    try:
        url = base.url.join(address.strip()) if base else httpx.URL(address.strip())
        url = url.copy_with(fragment=None)
        host = url.raw_host.decode("ascii")
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise FetchRefused("bad address", f"{_brief(address)}: {_brief(str(error))}") from error
    if url.scheme not in _PORTS:
        raise FetchRefused("not http", f"{_brief(address)}: only http and https are fetched")
    if url.userinfo:
        raise FetchRefused("credentials in address", "an address with a name or password in it is not fetched")
    if not (_HOST.fullmatch(host) or _is_ipv6(host)):
        raise FetchRefused("bad address", f"{_brief(address)}: {_brief(host)!r} is no name of a host")
    port = url.port if url.port is not None else _PORTS[url.scheme]
    if port not in _PORTS.values() and not (1023 < port < 65_536 and port not in _OTHER_PROTOCOLS):
        raise FetchRefused("port not allowed", f"port {port}: 80, 443 and ports above 1023 are")
    return Target(url, port)


def literal(host: str) -> str | None:
    """The IP address that a host is written as, also in the old forms: 2130706433, 0x7f.1 and 0177.0.0.1.

    >>> literal("0x7f.1")
    '127.0.0.1'
    """
    if _is_ipv6(host):
        return str(ipaddress.IPv6Address(host))
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None


def refusal(ip: str, *, allow_loopback: bool = False) -> str | None:
    """Why an IP address is not connected to, in a few words; None for one that is.

    >>> refusal("192.168.1.10")
    'private'
    """
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return "not an IP address"
    if isinstance(address, ipaddress.IPv4Address):
        what = next((what for network, what in _SPECIAL_4 if address in network), None)
    else:
        what = next((what for network, what in _SPECIAL_6 if address in network), None)
        if what is None and address not in _GLOBAL_6:
            what = "reserved"
    return None if what == "loopback" and allow_loopback else what


def _is_ipv6(host: str) -> bool:
    try:
        return ipaddress.IPv6Address(host).scope_id is None
    except ValueError:
        return False


def _brief(text: str) -> str:
    """Letters of others for a message: one line, nothing that a terminal obeys, not long."""
    clean = "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:200])
    return clean if len(clean) <= 120 else clean[:119] + "…"
