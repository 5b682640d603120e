"""A document of any known kind becomes a policy; what is none is refused in one line."""

import codecs
import datetime
import gzip
import json
import os
import threading
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.catalogue.importing.opening import LARGEST, Imported, open_document
from cookietui.catalogue.writing import to_toml
from cookietui.errors import CatalogueError
from cookietui.model.policy import Match, Policy, Purpose, Trust
from tests.making import declaration, policy
from tests.unprivileged import folder_for_everybody, printed

TODAY = datetime.date(2026, 11, 23)
HOST = "shop.example"
MARKDOWN = """# Statistics

| Cookie | Description | Duration |
|---|---|---|
| acme_visits | Counts visits | 1 year |
| acme_part_* | Counts parts | 2 days |
"""
HTML = """<h2>Statistics</h2><table><tr><th>Cookie<th>Description<th>Duration
<tr><td>acme_visits<td>Counts visits<td>1 year<tr><td>acme_part_*<td>Parts<td>2 days</table>"""
RST = """Statistics
==========

============= ============= ========
Cookie        Description   Duration
============= ============= ========
acme_visits   Counts visits 1 year
acme_part_*   Counts parts  2 days
============= ============= ========
"""
TEXT = "Statistics\n\nCookie\tDescription\tDuration\nacme_visits\tCounts visits\t1 year\n" + (
    "acme_part_*\tCounts parts\t2 days\n"
)
OCD_CSV = (
    "ID,Platform,Category,Cookie / Data Key name,Domain,Description,Retention period,"
    "Data Controller,User Privacy & GDPR Rights Portals,Wildcard match\n"
    "0-1,Acme,Analytics,acme_visits,,Counts,1 year,Acme,https://acme.example,0\n"
)
OCD_JSON = json.dumps(
    {
        "Acme": [
            {
                "cookie": "acme_visits", "category": "Analytics", "domain": "",
                "description": "Counts.", "retentionPeriod": "1 year", "wildcardMatch": "0",
            }
        ]
    }
)  # fmt: skip
TCF = json.dumps(
    {
        "disclosures": [
            {
                "identifier": "acme_visits", "type": "cookie", "maxAgeSeconds": 31_536_000,
                "domains": ["*"], "purposes": [8],
            }
        ]
    }
)  # fmt: skip
COOKIEBOT = (
    "CookieConsentDialog.cookieTableStatistics = "
    '[["acme_visits","shop.example","Counts","1 year","HTTP","1","",""]];\n'
)
ONETRUST = json.dumps(
    {
        "DomainData": {
            "Groups": [
                {
                    "GroupName": "Performance", "OptanonGroupId": "C0002", "Hosts": [],
                    "FirstPartyCookies": [
                        {"Name": "acme_visits", "Host": ".shop.example", "Length": "365"}
                    ],
                }
            ]
        }
    }
)  # fmt: skip
TERMLY = json.dumps({"cookies": {"analytics": [{"name": "acme_visits", "domain": "shop.example"}]}})
COOKIECONSENT = json.dumps(
    {"categories": {"analytics": {"autoClear": {"cookies": [{"name": "acme_visits"}]}}}}
)
KLARO = json.dumps(
    {"services": [{"name": "acme", "purposes": ["analytics"], "cookies": ["acme_visits"]}]}
)
SITES = {
    "Markdown": (MARKDOWN, "page.md"),
    "HTML": (HTML, "page.html"),
    "HTML without an ending": (HTML, "page"),
    "reStructuredText": (RST, "page.rst"),
    "text": (TEXT, "page.txt"),
    "Cookiebot": (COOKIEBOT, "cc.js"),
    "OneTrust": (ONETRUST, "en.json"),
    "Termly": (TERMLY, "cookies.json"),
    "CookieConsent": (COOKIECONSENT, "config.json"),
    "Klaro": (KLARO, "config.json"),
    "JSON without an ending": (KLARO, "config"),
}
CATALOGUES = {
    "Open Cookie Database, CSV": (OCD_CSV, "open-cookie-database.csv"),
    "Open Cookie Database, JSON": (OCD_JSON, "open-cookie-database.json"),
    "TCF": (TCF, "Device Storage!.json"),
}
PAGE = (
    '<meta charset="{}"><table><tr><th>Cookie<th>Description<th>Duration'
    "<tr><td>acme_visits<td>zählt{}<td>1 year</table>"
)


def read(
    folder: Path, content: str | bytes, name: str = "page.html", host: str | None = HOST
) -> Imported:
    """What a document says that is saved under a name."""
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_document(file, host, TODAY, {"acme_visits"}.__contains__)


def only(imported: Imported) -> Policy:
    (found,) = imported.policies
    return found


def described(folder: Path, content: bytes) -> str:
    return only(read(folder, content)).declarations[0].description


def refused(folder: Path, content: str | bytes, name: str = "page.html") -> CatalogueError:
    """The refusal of a document: on one line, with its file and a hint."""
    with pytest.raises(CatalogueError) as caught:
        read(folder, content, name)
    return on_one_line(caught.value, name)


def on_one_line(error: CatalogueError, name: str) -> CatalogueError:
    assert name in error.message
    assert "\n" not in error.message + error.hint
    assert error.hint
    assert error.exit_code == 2
    return error


@pytest.mark.parametrize(("content", "name"), SITES.values(), ids=SITES)
def test_every_kind_of_document_of_a_site_is_recognised(
    tmp_path: Path, content: str, name: str
) -> None:
    found = only(read(tmp_path, content, name))
    first = found.declarations[0]
    assert (first.pattern, first.match) == ("acme_visits", Match.EXACT)
    assert first.purpose is Purpose.STATISTICS
    assert (found.name, found.hosts, found.source) == (HOST, (HOST,), name)
    assert (found.written, found.trust) == (TODAY, Trust.FULL)


@pytest.mark.parametrize(("content", "name"), CATALOGUES.values(), ids=CATALOGUES)
@pytest.mark.parametrize("host", [None, HOST])
def test_every_kind_of_catalogue_speaks_of_any_site_and_is_little_believed(
    tmp_path: Path, content: str, name: str, host: str | None
) -> None:
    found = only(read(tmp_path, content, name, host))
    assert [each.pattern for each in found.declarations] == ["acme_visits"]
    assert (found.hosts, found.trust) == ((), Trust.LOW)
    assert found.name in ("open-cookie-database", "device-storage")


@pytest.mark.parametrize("name", ["own.toml", "OWN.TOML", "own.txt", "own"])
@pytest.mark.parametrize("start", ["", "\n# mine\n", "\ufeff"])
def test_this_programs_own_format_says_itself_whose_it_is(
    tmp_path: Path, name: str, start: str
) -> None:
    written = policy("mine", declaration("acme_visits"), hosts=("other.example",))
    assert read(tmp_path, start + to_toml(written), name) == Imported((written,), ())


def test_a_wrong_file_in_this_programs_own_format_is_told_by_its_place(tmp_path: Path) -> None:
    text = to_toml(policy("mine", declaration("acme_visits"))) + 'colour = "red"\n'
    assert "colour" in refused(tmp_path, text, "own.toml").message


def test_a_document_of_a_site_needs_the_site(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        read(tmp_path, MARKDOWN, "page.md", None)
    assert "--site" in on_one_line(caught.value, "page.md").hint


ENCODINGS = {
    "UTF-8": (PAGE.format("utf-8", "").encode(), "zählt"),
    "UTF-8 with its mark": (codecs.BOM_UTF8 + PAGE.format("x", "").encode(), "zählt"),
    "UTF-16, little": (codecs.BOM_UTF16_LE + PAGE.format("x", "").encode("utf-16-le"), "zählt"),
    "UTF-16, big": (codecs.BOM_UTF16_BE + PAGE.format("x", "").encode("utf-16-be"), "zählt"),
    "latin-1, as it says": (PAGE.format("iso-8859-1", "").encode("latin-1"), "zählt"),
    "Polish, as it says": (PAGE.format("ISO-8859-2", " ą").encode("iso-8859-2"), "zählt ą"),
    "windows-1252 without a word": (
        PAGE.replace("<meta", "<x").format("", " „so“").encode("cp1252"),
        "zählt „so“",
    ),
    "UTF-8 with one broken byte": (PAGE.format("utf-8", " ?").encode().replace(b"?", b"\xff"),
                                   "zählt \ufffd"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "text"), ENCODINGS.values(), ids=ENCODINGS)
def test_documents_are_read_in_their_own_encoding(
    tmp_path: Path, content: bytes, text: str
) -> None:
    assert described(tmp_path, content) == text


@pytest.mark.parametrize(
    "charset",
    ["zip", "zlib", "rot13", "hex", "base64", "bz2", "idna", "undefined", "punycode", "mbcs",
     "no-such-set", "unicode_escape", "____"],
)  # fmt: skip
def test_what_is_no_encoding_of_text_is_not_believed(tmp_path: Path, charset: str) -> None:
    content = PAGE.format(charset, " „so“").encode("cp1252")
    assert described(tmp_path, content).startswith("zählt")


@pytest.mark.parametrize("charset", ["utf-16", "UTF-16LE", "utf-32", "utf-7", "utf16"])
def test_a_page_that_could_be_read_so_far_is_in_no_wide_encoding(
    tmp_path: Path, charset: str
) -> None:
    content = PAGE.format(charset, "").encode("latin-1")
    assert described(tmp_path, content) == "z\ufffdhlt"


def test_a_document_of_eleven_megabytes_is_refused(tmp_path: Path) -> None:
    error = refused(tmp_path, MARKDOWN + " " * (LARGEST + 1_000_000), "page.md")
    assert "10 MB" in error.message


def test_a_document_of_just_ten_megabytes_is_read(tmp_path: Path) -> None:
    content = MARKDOWN.encode().ljust(LARGEST)
    assert len(only(read(tmp_path, content, "page.md")).declarations) == 2


def test_a_document_of_ten_million_lines_is_refused_at_once(tmp_path: Path) -> None:
    assert "lines" in refused(tmp_path, MARKDOWN.encode().ljust(LARGEST, b"\n"), "page.md").message


@pytest.mark.parametrize(
    "content",
    [MARKDOWN.encode() + b"\0", gzip.compress(MARKDOWN.encode(), mtime=0), HTML.encode("utf-16-le"),
     b"\x89PNG\r\n\x1a\n\0\0", b"SQLite format 3\0" + bytes(100)],
    ids=["NUL", "gzip", "UTF-16 without its mark", "picture", "database"],
)  # fmt: skip
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "is not text" in refused(tmp_path, content, "page.md").message


NOTHING = {
    "nothing": "",
    "blanks": " \n\t\n",
    "prose": "We like people.\n",
    "a table of something else": "| Fruit | Price |\n|---|---|\n| apple | 3 |\n",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
@pytest.mark.parametrize("name", ["page.md", "page.html", "page.txt", "page.rst", "page"])
def test_a_document_that_declares_nothing_is_refused(tmp_path: Path, text: str, name: str) -> None:
    assert "no declaration of a cookie" in refused(tmp_path, text, name).message


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", '{"a": 1}', "{", "[1", '{"disclosures": []}', '{"cookies": {}}', "[" * 100_000,
     '{"a":' * 100_000, "[" + "9" * 5_000 + "]"],
    ids=["object", "list", "other", "half", "half a list", "TCF", "Termly", "deep list", "deep",
         "endless number"],
)  # fmt: skip
def test_json_that_declares_nothing_is_refused(tmp_path: Path, text: str) -> None:
    refused(tmp_path, text, "page.json")


@pytest.mark.parametrize("text", ["<div>" * 100_000, "<table><tr><td>" * 20_000, "> " * 100_000])
@pytest.mark.parametrize("name", ["page.html", "page.md"])
def test_pages_that_are_nested_beyond_measure_are_refused(
    tmp_path: Path, text: str, name: str
) -> None:
    refused(tmp_path, text, name)


@pytest.mark.parametrize("wide", ["*", "**", "a*", "_*", "*ab", "a*b"])
def test_a_pattern_that_means_too_many_cookies_is_left_out_and_told(
    tmp_path: Path, wide: str
) -> None:
    text = MARKDOWN + f"| {wide} | All else | 1 year |\n"
    imported = read(tmp_path, text, "page.md")
    assert [each.pattern for each in only(imported).declarations] == ["acme_visits", "acme_part_*"]
    assert [problem.line for problem in imported.problems] == [7]
    assert "too many cookies" in imported.problems[0].text


def test_a_document_of_nothing_but_too_wide_patterns_is_refused_with_its_line(
    tmp_path: Path,
) -> None:
    text = MARKDOWN.replace("acme_visits", "*").replace("acme_part_*", "a*")
    assert "line 5" in refused(tmp_path, text, "page.md").message


def test_two_rows_that_say_the_same_are_one(tmp_path: Path) -> None:
    row = "| acme_visits | Counts visits | 1 year |\n"
    assert len(only(read(tmp_path, MARKDOWN + row, "page.md")).declarations) == 2


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.md").mkdir()
    with pytest.raises(CatalogueError) as caught:
        open_document(tmp_path / "page.md", HOST, TODAY, bool)
    on_one_line(caught.value, "page.md")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        open_document(tmp_path / "page.md", HOST, TODAY, bool)
    assert "No such file" in on_one_line(caught.value, "page.md").message


def test_a_pipe_that_nobody_writes_to_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "page.md")
    with pytest.raises(CatalogueError) as caught:
        open_document(tmp_path / "page.md", HOST, TODAY, bool)
    on_one_line(caught.value, "page.md")


@pytest.mark.parametrize("text", [MARKDOWN, to_toml(policy("mine", declaration("acme_visits")))])
def test_a_pipe_is_read_to_its_end_however_slowly_it_is_written(text: str) -> None:
    reading, writing = os.pipe()
    started = threading.Event()

    def write() -> None:
        started.wait()
        for at in range(0, len(text), 40):
            os.write(writing, text[at : at + 40].encode())
        os.close(writing)

    writer = threading.Thread(target=write)
    writer.start()
    started.set()
    try:
        imported = open_document(Path(f"/dev/fd/{reading}"), HOST, TODAY, bool)
    finally:
        writer.join()
        os.close(reading)
    assert only(imported).declarations[-1].pattern in ("acme_part_*", "acme_visits")


def test_a_file_that_may_not_be_read_is_refused() -> None:
    code = """
from pathlib import Path
from cookietui.errors import CatalogueError
try:
    open_document(Path(sys.argv[1]), "shop.example", datetime.date.today(), bool)
except CatalogueError as error:
    print(error.message, "|", error.hint)
"""
    with folder_for_everybody() as folder:
        (folder / "page.md").write_text(MARKDOWN)
        (folder / "page.md").chmod(0)
        imports = "import datetime\nfrom cookietui.catalogue.importing.opening import open_document"
        told = printed(imports, code, folder / "page.md")
    assert "Permission denied" in told
    assert told.count("\n") == 1


@given(st.binary(max_size=400), st.sampled_from(["", ".md", ".html", ".rst", ".json", ".toml"]))
def test_any_content_is_a_policy_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, ending: str
) -> None:
    name = f"page{ending}"
    try:
        imported = read(tmp_path_factory.getbasetemp(), content, name)
    except CatalogueError as error:
        on_one_line(error, name)
    else:
        msgspec.to_builtins(imported)


@pytest.mark.parametrize("text", [MARKDOWN, HTML, RST, TEXT, COOKIEBOT, KLARO, TCF, OCD_CSV])
@given(data=st.data())
def test_any_name_in_any_place_gives_what_can_be_loaded_again(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject
) -> None:
    odd = data.draw(st.text(max_size=30))
    folder = tmp_path_factory.getbasetemp()
    changed = text.replace("acme_visits", odd).encode("utf-8", "replace")
    try:
        found = only(read(folder, changed, "page"))
    except CatalogueError:
        return
    again = only(read(folder, to_toml(found), "again.toml"))
    assert again == found
