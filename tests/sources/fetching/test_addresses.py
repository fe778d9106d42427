"""Which addresses are asked at all."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import FetchRefused
from onrecord.sources.fetching.addresses import literal, refusal, target

REFUSED = {
    "0.0.0.0": "this network",
    "0.1.2.3": "this network",
    "10.0.0.1": "private",
    "10.255.255.255": "private",
    "100.64.0.1": "a provider's own",
    "100.127.255.255": "a provider's own",
    "127.0.0.1": "loopback",
    "127.255.255.254": "loopback",
    "169.254.169.254": "link-local",
    "172.16.0.1": "private",
    "172.31.255.255": "private",
    "192.0.0.8": "reserved",
    "192.0.2.1": "for documentation",
    "192.88.99.1": "a relay to IPv6",
    "192.168.1.1": "private",
    "198.18.0.1": "for measuring",
    "198.51.100.7": "for documentation",
    "203.0.113.7": "for documentation",
    "224.0.0.1": "multicast",
    "240.0.0.1": "reserved",
    "255.255.255.255": "reserved",
    "::": "an IPv4 address inside IPv6",
    "::1": "loopback",
    "::127.0.0.1": "an IPv4 address inside IPv6",
    "::ffff:127.0.0.1": "an IPv4 address inside IPv6",
    "::ffff:8.8.8.8": "an IPv4 address inside IPv6",
    "::ffff:0:8.8.8.8": "reserved",
    "64:ff9b::7f00:1": "an IPv4 address inside IPv6",
    "64:ff9b:1::a00:1": "an IPv4 address inside IPv6",
    "2002:7f00:1::": "an IPv4 address inside IPv6",
    "2001::1": "an IPv4 address inside IPv6",
    "2001:10::1": "reserved",
    "2001:db8::1": "for documentation",
    "3fff::1": "for documentation",
    "100::1": "reserved",
    "4000::1": "reserved",
    "fc00::1": "private",
    "fd12:3456::1": "private",
    "fe80::1": "link-local",
    "fe80::1%eth0": "link-local",
    "fec0::1": "private",
    "ff02::1": "multicast",
    "not an address": "not an IP address",
}
PUBLIC = (
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "193.0.0.1",
)
PUBLIC_6 = ("2001:4860:4860::8888", "2606:4700::1111", "2a00:1450:4001::1")


@pytest.mark.parametrize(("ip", "why"), REFUSED.items())
def test_what_is_not_public_is_refused(ip: str, why: str) -> None:
    assert refusal(ip) == why


@pytest.mark.parametrize("ip", PUBLIC + PUBLIC_6)
def test_what_is_public_is_not(ip: str) -> None:
    assert refusal(ip) is None


@pytest.mark.parametrize("ip", REFUSED)
def test_only_loopback_can_be_let_through(ip: str) -> None:
    let_through = refusal(ip, allow_loopback=True) is None
    assert let_through == (ip in {"127.0.0.1", "127.255.255.254", "::1"})


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_nothing_is_public_that_python_says_is_not(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if refusal(str(address)) is None:
        assert address.is_global
        assert not address.is_multicast


@pytest.mark.parametrize(
    ("host", "ip"),
    [
        ("2130706433", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("0", "0.0.0.0"),
        ("3232235786", "192.168.1.10"),
        ("::ffff:7f00:1", "::ffff:7f00:1"),
        ("news.example", None),
        ("fe80::1%eth0", None),
        ("face.example", None),
    ],
)
def test_an_ip_address_is_known_in_every_form(host: str, ip: str | None) -> None:
    assert literal(host) == ip


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://news.example", ("http://news.example", "news.example", 80, "http://news.example")),
        ("https://News.Example/A b?q=ü#part", ("https://news.example/A%20b?q=%C3%BC", "news.example", 443, "https://news.example")),
        ("  http://news.example/\n", ("http://news.example/", "news.example", 80, "http://news.example")),
        ("http://münchen.example:8080/", ("http://xn--mnchen-3ya.example:8080/", "xn--mnchen-3ya.example", 8080, "http://xn--mnchen-3ya.example:8080")),
        ("http://news.example/a/../b", ("http://news.example/b", "news.example", 80, "http://news.example")),
        ("http://[2606:4700::1111]/", ("http://[2606:4700::1111]/", "2606:4700::1111", 80, "http://[2606:4700::1111]")),
        ("http://old_name.example/", ("http://old_name.example/", "old_name.example", 80, "http://old_name.example")),
    ],
)  # fmt: skip
def test_an_address_is_read(address: str, told: tuple[str, str, int, str]) -> None:
    found = target(address)
    assert (found.address, found.host, found.port, found.origin) == told


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", "not http"),
        ("news.example/feed", "not http"),
        ("//news.example/feed", "not http"),
        ("file:///etc/passwd", "not http"),
        ("ftp://news.example/", "not http"),
        ("gopher://news.example:70/", "not http"),
        ("javascript:alert(1)", "not http"),
        ("data:text/html,hello", "not http"),
        ("http+unix://%2Fvar%2Frun%2Fdocker.sock/", "not http"),
        ("http://", "bad address"),
        ("http:///feed", "bad address"),
        ("http://a b/", "bad address"),
        ("http://ex\\ample/", "bad address"),
        ("http://127.0.0.1%00.news.example/", "bad address"),
        ("http://-/", "bad address"),
        ("http://news.example/\x00", "bad address"),
        ("http://news.example/a\r\nX: y", "bad address"),
        ("http://１２７.0.0.1/", "bad address"),
        ("http://0177.0.0.1/", "bad address"),
        ("http://[fe80::1%25eth0]/", "bad address"),
        ("http://[::1/", "bad address"),
        ("http://news.example:port/", "bad address"),
        ("http://news.example/" + "a" * 4_000, "bad address"),
        ("http://news.example\\@127.0.0.1/", "credentials in address"),
        ("http://somebody@news.example/", "credentials in address"),
        ("http://somebody:secret@news.example/", "credentials in address"),
        ("http://news.example:0/", "port not allowed"),
        ("http://news.example:22/", "port not allowed"),
        ("http://news.example:25/", "port not allowed"),
        ("http://news.example:1023/", "port not allowed"),
        ("http://news.example:6667/", "port not allowed"),
        ("http://news.example:10080/", "port not allowed"),
        ("http://news.example:65536/", "port not allowed"),
    ],
)
def test_an_address_is_refused(address: str, reason: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        target(address)
    assert refused.value.reason == reason
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("further", "address"),
    [
        ("/other", "https://news.example/other"),
        ("other?x=1", "https://news.example/a/other?x=1"),
        ("//else.example/", "https://else.example/"),
        ("http://else.example/#top", "http://else.example/"),
    ],
)
def test_a_redirect_is_read_from_where_it_stands(further: str, address: str) -> None:
    assert target(further, target("https://news.example/a/b")).address == address


@given(st.text(max_size=60))
def test_no_address_breaks_the_reading(letters: str) -> None:
    for address in (letters, f"http://{letters}", f"http://news.example/{letters}", f"http://[{letters}]/"):
        try:
            found = target(address)
        except FetchRefused as refused:
            assert str(refused).isprintable()  # noqa: PT017
        else:
            assert found.address.isascii() or found.url.raw_path.isascii()
            assert found.host.isprintable()
