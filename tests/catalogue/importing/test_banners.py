"""What consent banners load: read as the site wrote it, and never run."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.catalogue.importing import banners
from cookietui.catalogue.importing.draft import Draft
from cookietui.errors import CatalogueError
from cookietui.model.policy import Party, Purpose
from tests.catalogue.importing.test_open_cookie_database import JSON

TABLES = ("Necessary", "Preference", "Statistics", "Advertising", "Unclassified")


def table(kind: str, array: str) -> str:
    return f"CookieConsentDialog.cookieTable{kind} = {array};\n"


def script(*lines: str) -> str:
    return "CookieConsent.start();\nvar x = {a: [1]};\n" + "".join(lines) + "CookieConsent.end()"


def cookiebot(array: str, kind: str = "Statistics") -> Draft:
    return banners.read_script(script(table(kind, array)))


def group(name: str = "Group", number: str = "C0002", **fields: object) -> dict[str, object]:
    return {
        "GroupName": name,
        "OptanonGroupId": number,
        "FirstPartyCookies": [],
        "Hosts": [],
    } | fields


def first_party(name: object, **fields: object) -> dict[str, object]:
    base = {"Name": name, "Host": ".shop.example", "IsSession": False, "Length": "365"}
    return base | {"description": "Counts visits."} | fields


def onetrust(*groups: object) -> Draft:
    document = {"DomainData": {"Groups": list(groups)}}
    return banners.read(document, json.dumps(document, indent=1))


def termly(**categories: object) -> Draft:
    document = {"cookies": categories}
    return banners.read(document, json.dumps(document, indent=1))


def test_cookiebot_tables_give_purposes_and_lines() -> None:
    row = '["acme_{0}","shop.example","Counts {0}","1 year","HTTP","1","",""]'
    text = script(*(table(kind, f"[\n{row.replace('{0}', kind)}]") for kind in TABLES))
    draft = banners.read_script(text)
    assert banners.recognised_script(text)
    assert [(each.name, each.line, each.purpose) for each in draft.rows] == [
        ("acme_Necessary", 4, Purpose.NECESSARY), ("acme_Preference", 6, Purpose.PREFERENCES),
        ("acme_Statistics", 8, Purpose.STATISTICS), ("acme_Advertising", 10, Purpose.MARKETING),
        ("acme_Unclassified", 12, Purpose.UNKNOWN),
    ]  # fmt: skip
    first = draft.rows[0]
    assert (first.description, first.lifetime) == ("Counts Necessary", "1 year")
    assert (first.provider, first.hosts) == ("shop.example", ("shop.example",))
    assert not draft.catalogue
    assert draft.problems == ()


def test_cookiebot_strings_are_read_as_scripts_write_them() -> None:
    array = r"""[ // a comment, with ]
      ['acme_\'a', "a.example", "tab\there \x41\u00e9\u{1F36A} \"q\" ]]", '2 days', 'HTTP', 1,],
      /* [ */ ["acme_b"] , ["acme_c", null, undefined, `one
two`, "HTTP", "1"], ]"""
    draft = cookiebot(array)
    assert [row.name for row in draft.rows] == ["acme_'a", "acme_b"]
    assert draft.rows[0].description == 'tab\there Aé\U0001f36a "q" ]]'
    assert "without an end" in draft.problems[0].text


@pytest.mark.parametrize(
    "kind",
    ['"HTML Local Storage","2"', '"Pixel","5"', '"IndexedDB","6"', '"Pixel",""', '"HTML"', '"",2'],
)
def test_only_cookies_are_read_from_cookiebot(kind: str) -> None:
    draft = cookiebot(f'[["acme_a","","","",{kind}],["acme_b","","","","HTTP Cookie",""]]')
    assert [row.name for row in draft.rows] == ["acme_b"]
    assert "not a cookie" in draft.problems[0].text


@pytest.mark.parametrize(
    ("name", "origin", "hosts"),
    [
        ("acme_a", "www.shop.example", ("shop.example",)), ("acme_a", "Acme", ()),
        ("sid", "www.shop.example", ("www.shop.example",)), ("acme_a", "www.co.uk", ("www.co.uk",)),
        ("acme_a", "shop.example<br/>www.ads.example", ("shop.example", "ads.example")),
    ],
)  # fmt: skip
def test_cookiebot_says_where_the_cookie_was_met(
    name: str, origin: str, hosts: tuple[str, ...]
) -> None:
    assert cookiebot(f'[["{name}","{origin}"]]').rows[0].hosts == hosts


@pytest.mark.parametrize(
    "array",
    [
        '[["acme_a"],["acme_b","', '[["acme_a"] ["acme_b"]]', '[["acme_a"], alert(1)]',
        '[["acme_a"], {"a": 1}]', '[["acme_a"]', '[["acme_a"], ["acme_b\n"]]',
        '[["acme_a"],,["b"]]',
        '[["acme_a"], ["acme_b" + "c"]]', '[["acme_a"], /* ',
        pytest.param('[["acme_a"],' + "[" * 100_000, id="deep"),
    ],
)  # fmt: skip
def test_a_broken_table_keeps_what_came_before_and_says_so(array: str) -> None:
    draft = cookiebot(array)
    assert [row.name for row in draft.rows] == ["acme_a"]
    assert "the rest of it is left out" in draft.problems[-1].text


def test_a_table_after_a_broken_one_is_read() -> None:
    text = script(table("Necessary", '[["acme_a", oops()]]'), table("Advertising", '[["acme_b"]]'))
    assert [(row.name, row.purpose) for row in banners.read_script(text).rows] == [
        ("acme_b", Purpose.MARKETING)
    ]


@pytest.mark.parametrize("entry", ["7", "null", "[]", "[7]", "[[]]", '"acme_b"', '[""]', "[null]"])
def test_a_foreign_entry_is_told_and_the_others_read(entry: str) -> None:
    draft = cookiebot(f'[{entry},["acme_a"]]')
    assert [row.name for row in draft.rows] == ["acme_a"]
    assert len(draft.problems) == 1


def test_an_assignment_inside_a_string_is_no_table() -> None:
    inside = r"CookieConsentDialog.cookieTableAdvertising = [[\"sessionid\"]];"
    draft = cookiebot(f'[["acme_a","","{inside}"]]', "Necessary")
    assert [row.name for row in draft.rows] == ["acme_a"]


def test_a_comparison_or_a_call_is_no_table() -> None:
    assert not banners.recognised_script("CookieConsentDialog.cookieTableNecessary == [['a']]")
    text = "CookieConsentDialog.cookieTableNecessary = load();"
    assert "not written out" in banners.read_script(text).problems[0].text


@pytest.mark.parametrize("text", ["", "[]", "cookieTableNecessary = []", "<html>"])
def test_another_script_is_not_cookiebots(text: str) -> None:
    assert not banners.recognised_script(text)
    with pytest.raises(CatalogueError):
        banners.read_script(text)


@pytest.mark.parametrize(
    "tail",
    [
        " " * 500_000, "/*" * 250_000, "[" * 500_000, '"' + "\\" * 500_000, "//" * 250_000,
        "CookieConsentDialog.cookieTableNecessary =" * 10_000, '["a"],' * 50_000,
    ],
    ids=["blanks", "comments", "brackets", "backslashes", "line comments", "tables", "rows"],
)  # fmt: skip
def test_a_hostile_script_is_read_in_one_pass(tail: str) -> None:
    draft = banners.read_script(table("Necessary", "[" + tail))
    assert draft.problems


@given(st.text(alphabet="[]\"'`,\\/*= \nax1u{}", max_size=60))
def test_no_script_breaks_the_reader(tail: str) -> None:
    draft = banners.read_script("\nCookieConsentDialog.cookieTableNecessary = [" + tail)
    assert all(row.line >= 2 and row.name for row in draft.rows)


@given(st.lists(st.tuples(st.text(min_size=1), st.text(), st.text()), max_size=5))
def test_a_table_written_as_json_is_read_back(cells: list[tuple[str, str, str]]) -> None:
    cells = [each for each in cells if each[0].strip()]
    draft = cookiebot(json.dumps(cells))
    assert [row.name for row in draft.rows] == [name.strip() for name, _, _ in cells]


@pytest.mark.parametrize(
    ("number", "name", "purpose"),
    [
        ("C0001", "Strictly Necessary Cookies", Purpose.NECESSARY),
        ("C0002", "Performance Cookies", Purpose.STATISTICS),
        ("C0003", "Functional Cookies", Purpose.PREFERENCES),
        ("C0004", "Targeting Cookies", Purpose.MARKETING),
        ("C0005", "Social Media Cookies", Purpose.MARKETING),
        ("C0004", "Zzz", Purpose.MARKETING),
        ("7", "Unbedingt erforderliche Cookies", Purpose.NECESSARY),
        ("7", "Leistungs-Cookies", Purpose.STATISTICS), ("7", "Werbe-Cookies", Purpose.MARKETING),
        ("7", "Cookies strictement nécessaires", Purpose.NECESSARY),
        ("7", "Cookies pour une publicité ciblée", Purpose.MARKETING),
        ("7", "Cookies de rendimiento", Purpose.STATISTICS), ("7", "Niezbędne", Purpose.NECESSARY),
        ("7", "Strikt noodzakelijke cookies", Purpose.NECESSARY), ("7", "", Purpose.UNKNOWN),
        ("7", "Cookie strettamente necessari", Purpose.NECESSARY), ("7", "Others", Purpose.UNKNOWN),
        ("7", "Cookies de publicidade", Purpose.MARKETING), ("7", "Non-essential", Purpose.UNKNOWN),
        ("7", "Necessary and analytics", Purpose.UNKNOWN),
    ],
)  # fmt: skip
def test_onetrust_groups_in_several_languages(number: str, name: str, purpose: Purpose) -> None:
    draft = onetrust(group(name, number, FirstPartyCookies=[first_party("acme_a")]))
    assert [row.purpose for row in draft.rows] == [purpose]


def test_a_onetrust_group_that_contradicts_its_number_is_left_open() -> None:
    draft = onetrust(
        group("Strictly necessary", "C0004", FirstPartyCookies=[first_party("acme_a")])
    )
    assert draft.rows[0].purpose is Purpose.UNKNOWN
    assert "another purpose" in draft.problems[0].text


def test_onetrust_subgroups_are_of_their_parents_purpose() -> None:
    draft = onetrust(group("Zzz", "BG7", Parent="C0004", FirstPartyCookies=[first_party("acme_a")]))
    assert draft.rows[0].purpose is Purpose.MARKETING


def test_onetrust_cookies_of_both_parties() -> None:
    third = first_party("vendor_b", Host="ads.example", IsSession=True, isThirdParty=True)
    host = {"HostName": "ads.example", "DisplayName": "Ads Inc", "Cookies": [third]}
    draft = onetrust(group(FirstPartyCookies=[first_party("acme_a")], Hosts=[host]))
    first, other = draft.rows
    assert (first.party, first.hosts, first.lifetime, first.provider, first.description) == (
        Party.FIRST, ("shop.example",), "1 year", "", "Counts visits.",
    )  # fmt: skip
    assert (other.party, other.hosts, other.lifetime, other.provider) == (
        Party.THIRD, ("ads.example",), "session", "Ads Inc",
    )  # fmt: skip
    assert first.line < other.line


@pytest.mark.parametrize(
    ("length", "kind", "lifetime"),
    [
        ("30", None, "1 month"), (30, 1, "1 month"), ("30", 3, ""), ("0", None, ""), ("-1", 1, ""),
        ("99999", None, ""), (None, None, ""), ("1" * 5000, None, ""), (True, 1, ""), ([], 1, ""),
    ],
)  # fmt: skip
def test_onetrust_lifetimes(length: object, kind: object, lifetime: str) -> None:
    cookie = first_party("acme_a", Length=length, DurationType=kind)
    assert onetrust(group(FirstPartyCookies=[cookie])).rows[0].lifetime == lifetime


def test_onetrust_parts_of_apps_are_no_cookies() -> None:
    draft = onetrust(group(FirstPartyCookies=[{"Name": "Some SDK", "SdkId": "b98c"}]))
    assert (draft.rows, len(draft.problems)) == ((), 1)


def test_foreign_onetrust_entries_are_told_and_the_others_read() -> None:
    draft = onetrust(
        None, group(FirstPartyCookies=[7, {}, first_party(None), first_party("acme_a")]),
        group(FirstPartyCookies={"a": 1}, Hosts=["x", {"Cookies": [None]}]),
    )  # fmt: skip
    assert [row.name for row in draft.rows] == ["acme_a"]
    assert len(draft.problems) == 7


@pytest.mark.parametrize(
    ("category", "purpose"),
    [
        ("essential", Purpose.NECESSARY), ("performance", Purpose.PREFERENCES),
        ("analytics", Purpose.STATISTICS), ("advertising", Purpose.MARKETING),
        ("social_networking", Purpose.MARKETING), ("unclassified", Purpose.UNKNOWN),
    ],
)  # fmt: skip
def test_termly_categories(category: str, purpose: Purpose) -> None:
    cookie = {
        "name": "acme_a", "domain": ".shop.example", "service": "Acme", "expire": "2 years",
        "en_us": "Counts visits.", "tracker_type": "http_cookie",
        "party_provider_type": "first_party",
    }  # fmt: skip
    (row,) = termly(**{category: [cookie]}).rows
    assert (row.name, row.purpose, row.hosts, row.provider) == (
        "acme_a", purpose, ("shop.example",), "Acme",
    )  # fmt: skip
    assert (row.lifetime, row.description, row.party) == ("2 years", "Counts visits.", Party.FIRST)


def test_termly_reads_only_cookies_and_tells_the_rest() -> None:
    storage = {"name": "acme_b", "tracker_type": "html_local_storage"}
    draft = termly(essential=[{"name": "acme_a"}, storage, 5, {"name": ""}], odd={"a": 1})
    assert [row.name for row in draft.rows] == ["acme_a"]
    assert len(draft.problems) == 4


@pytest.mark.parametrize(
    "document", [None, [], {}, {"Groups": [1]}, {"cookies": []}, {"cookies": {"a": []}}, "x"]
)
def test_another_document_is_no_banners(document: object) -> None:
    assert not banners.recognised(document)
    with pytest.raises(CatalogueError):
        banners.read(document, "")


@given(JSON, JSON, st.text())
def test_no_json_breaks_the_reader(value: object, other: object, text: str) -> None:
    fields = {"Host": other, "Length": other, "description": other, "DurationType": other}
    cookies = [first_party("acme_a"), value, first_party(value), first_party("acme_b", **fields)]
    groups = [group(FirstPartyCookies=cookies, Hosts=[{"Cookies": value}, other]), value]
    assert banners.read({"Groups": groups}, text).rows[0].name == "acme_a"
    listed = [{"name": "acme_a"}, value, {"name": value}, {"name": "acme_b", "domain": other}]
    assert (
        banners.read({"cookies": {"essential": listed, "x": value}}, text).rows[0].name == "acme_a"
    )
