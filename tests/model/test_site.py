"""Which cookies belong to which site."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cookietui.model.site import (
    Site,
    context,
    domain_match,
    registrable_domain,
    site_of,
    sites,
    under,
    under_any,
)
from tests.builders import cookie


@pytest.mark.parametrize(
    ("host", "registrable"),
    [
        ("example.com", "example.com"),
        ("www.example.com", "example.com"),
        (".a.b.example.com", "example.com"),
        ("WWW.Example.COM.", "example.com"),
        ("shop.example.co.uk", "example.co.uk"),
        ("co.uk", "co.uk"),
        ("com", "com"),
        ("me.github.io", "me.github.io"),
        ("www.me.github.io", "me.github.io"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]", "::1"),
        ("::1", "::1"),
        ("www.xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("www.city.kawasaki.jp", "city.kawasaki.jp"),
        ("", ""),
    ],
)
def test_a_registrable_domain_is_one_label_below_the_public_suffix(
    host: str, registrable: str
) -> None:
    assert registrable_domain(host) == registrable


@given(st.text(st.characters(exclude_categories=()), max_size=20))
@example("\udce9.com")
@example("." * 300)
@example("https://[::1")
def test_whatever_a_store_holds_as_a_host_has_some_site(host: str) -> None:
    assert isinstance(registrable_domain(host), str)
    assert isinstance(site_of(f"https://{host}"), str)
    assert not Site("example.com", "example.com").owns(cookie(f"x{host}.invalid"))


@pytest.mark.parametrize(
    ("host", "stored", "carried"),
    [
        ("example.com", "example.com", True),
        ("example.com", ".example.com", True),
        ("www.example.com", ".example.com", True),
        ("www.example.com", "example.com", False),  # host-only
        ("example.com", "www.example.com", False),
        ("example.com", ".www.example.com", False),
        ("notexample.com", ".example.com", False),
        ("example.com", ".notexample.com", False),
        ("example.com.evil.net", ".example.com", False),
        ("1.2.3.4", "1.2.3.4", True),
        ("1.2.3.4", ".3.4", False),  # an address has no parent
        ("1.2.3.4", ".2.3.4", False),
        ("localhost", "localhost", True),
    ],
)
def test_a_request_carries_a_cookie_as_rfc_6265bis_says(
    host: str, stored: str, carried: bool
) -> None:
    assert domain_match(host, cookie(stored)) is carried


@pytest.mark.parametrize(
    ("text", "host", "registrable"),
    [
        ("example.com", "example.com", "example.com"),
        ("  www.example.com ", "www.example.com", "example.com"),
        (".example.com", "example.com", "example.com"),
        ("Example.COM.", "example.com", "example.com"),
        ("example.com:8443", "example.com", "example.com"),
        ("example.com/path?query#fragment", "example.com", "example.com"),
        ("example.com?x=a.b", "example.com", "example.com"),
        ("https://shop.example.co.uk:8443/a?b#c", "shop.example.co.uk", "example.co.uk"),
        ("http://user:secret@www.example.com/", "www.example.com", "example.com"),
        ("HTTPS://WWW.EXAMPLE.COM", "www.example.com", "example.com"),
        ("bücher.example", "xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("https://BÜCHER.example/", "xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("localhost:3000", "localhost", "localhost"),
        ("127.0.0.1:8080", "127.0.0.1", "127.0.0.1"),
        ("http://127.0.0.1:8080/", "127.0.0.1", "127.0.0.1"),
        ("under_score.example.com", "under_score.example.com", "example.com"),
        ("co.uk", "co.uk", "co.uk"),
    ],
)
def test_a_site_is_read_from_a_host_or_url(text: str, host: str, registrable: str) -> None:
    assert Site.parse(text) == Site(host, registrable)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "/",
        "http://",
        "https:///path",
        "http://[::1",
        "file:///etc/passwd",
        "a b.com",
        "-example.com",
        "example..com",
        "exa\x00mple.com",
        "example.com\nevil.com",
        "\x1b[31mexample.com",
        "ex\u202eample.com",
        "*.example.com",
        "user@example.com",
        "ü" * 100 + ".com",
        "a" * 64 + ".com",
        "\udce9.com",
    ],
)
def test_what_is_neither_host_nor_url_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        Site.parse(text)


@pytest.mark.parametrize(
    "text", ["about:blank", "javascript:alert(1)", "mailto:me@example.com", "example.com:http"]
)
def test_a_scheme_without_a_host_is_not_taken_for_a_host(text: str) -> None:
    with pytest.raises(ValueError, match="not a host name or URL"):
        Site.parse(text)


@given(st.text(st.characters(exclude_categories=()), max_size=20))
@example("http://[")
@example("http://a:b:c")
@example("xn--\udce9")
def test_any_text_is_a_site_or_a_value_error(text: str) -> None:
    try:
        site = Site.parse(text)
    except ValueError:
        return
    assert site.host.isascii()
    assert site.host == site.host.lower()
    assert under(site.host, site.registrable)


def test_names_that_browsers_tell_apart_are_not_mixed_up() -> None:
    # Browsers follow UTS 46 without its transitional mapping: these are two people's domains.
    assert Site.parse("faß.de") != Site.parse("fass.de")


def test_a_host_that_begins_with_a_bracket_belongs_to_one_site() -> None:
    odd = cookie("[red]x\x1b[31m[/].example")
    assert sites(odd) == {odd.domain}
    assert Site(odd.domain, registrable_domain(odd.domain)).owns(odd)


@pytest.mark.parametrize("written", ["::1", "[::1]", "[::1]:8080", "http://[::1]:8080/"])
@pytest.mark.parametrize("stored", ["::1", "[::1]"])
def test_an_ipv6_address_is_the_same_with_and_without_brackets(written: str, stored: str) -> None:
    assert Site.parse(written).owns(cookie(stored))


@pytest.mark.parametrize(
    ("site", "stored", "owned"),
    [
        ("example.com", "example.com", True),
        ("example.com", "www.example.com", True),
        ("example.com", ".a.b.example.com", True),
        ("example.com", "notexample.com", False),
        ("example.com", ".notexample.com", False),
        ("example.com", "example.com.evil.net", False),
        ("example.com", "example.org", False),
        ("shop.example.com", ".example.com", True),
        ("shop.example.com", "shop.example.com", True),
        ("shop.example.com", "example.com", False),  # host-only of the parent
        ("shop.example.com", "blog.example.com", False),
        ("shop.example.com", ".blog.example.com", False),
        ("shop.example.com", "a.shop.example.com", False),
        ("co.uk", "co.uk", True),
        ("co.uk", "bbc.co.uk", False),
        ("co.uk", ".shop.example.co.uk", False),
        ("com", "example.com", False),
        ("me.github.io", "you.github.io", False),
        ("1.2.3.4", "1.2.3.4", True),
        ("1.2.3.4", "5.2.3.4", False),
    ],
)
def test_a_site_owns_what_it_is_sent_and_its_subdomains(
    site: str, stored: str, owned: bool
) -> None:
    assert Site.parse(site).owns(cookie(stored)) is owned


@pytest.mark.parametrize(
    ("site", "partition", "owned"),
    [
        ("shop.example", "https://shop.example", True),
        ("www.shop.example", "https://shop.example", True),
        ("shop.example", "http://shop.example:8080", True),
        ("shop.example", "shop.example", True),
        ("shop.example", "https://notshop.example", False),
        ("tracker.example", "https://shop.example", True),  # it is the tracker's own as well
        ("example.net", "https://shop.example", False),
        ("1.2.3.4", "http://1.2.3.4:8000", True),
        ("[::1]", "http://[::1]:8000", True),
    ],
)
def test_a_site_owns_what_others_stored_under_it(site: str, partition: str, owned: bool) -> None:
    assert Site.parse(site).owns(cookie("tracker.example", partition=partition)) is owned


def test_a_cookie_belongs_to_its_own_site_and_to_the_one_it_is_kept_under() -> None:
    embedded = cookie("cdn.tracker.example", partition="https://shop.example")
    assert context(embedded) == "shop.example"
    assert sites(embedded) == {"tracker.example", "shop.example"}
    plain = cookie(".www.shop.example")
    assert context(plain) == "shop.example"
    assert sites(plain) == {"shop.example"}


@given(st.lists(st.text("ab", min_size=1, max_size=2), min_size=1, max_size=4))
def test_a_name_is_under_itself_and_all_its_parents_but_never_under_a_longer_one(
    labels: list[str],
) -> None:
    host = ".".join(labels)
    parents = [".".join(labels[start:]) for start in range(len(labels))]
    assert all(under(host, parent) for parent in parents)
    assert under_any(host, ["other", host])
    assert not under(host, f"a.{host}")
    assert not under(f"a{host}", host)
    assert not under_any(host, [])
