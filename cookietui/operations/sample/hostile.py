"""Cookies whose names attack whoever prints them, kept on sites of their own.

One site holds names that browsers store, the other names that only a tampered database can hold.
Chromium drops all cookies of a site over one it cannot decrypt, so no everyday cookie shares a
site with these. Starting on this profile, Chromium 156 and Firefox 153 both loaded all of them but
the two with a control character below U+0020 in the name, whose rows they deleted.
"""

from cookietui.operations.sample.jar import SampleCookie, SampleSite

STORED_SITE = "hostile-names.example"
TAMPERED_SITE = "tampered-names.example"


def hostile_cookies() -> tuple[SampleCookie, ...]:
    """Return the cookies of both hostile sites; some names hold surrogates for raw bytes."""
    return (*_STORED.placed(), *_TAMPERED.placed())


_STORED = SampleSite(
    domain=STORED_SITE,
    host=STORED_SITE,
    cookies=(
        # Markup: harmless in a browser, colour and links in a program that trusts it.
        SampleCookie(name="[bold red]sale[/]", value="[link=x]click[/link]", lasts="30d", age="8d"),
        SampleCookie(name="[/]", value="closes what was never opened", lasts="30d", age="8d"),
        # U+202E turns the rest of the line around, so that what is read is not what is there.
        SampleCookie(name="prefs\u202egnp.exe", value="\u202eabc", lasts="30d", age="8d"),
        # U+009B is ESC [ in one character: an 8-bit terminal obeys it.
        SampleCookie(name="x_trk\u009b31m", value="{hex8}", lasts="30d", age="8d"),
        # Two columns wide, and several code points to one picture.
        SampleCookie(name="言語設定", value="日本語", lasts="200d", age="8d"),
        SampleCookie(name="🍪🏴󠁧󠁢󠁳󠁣󠁴󠁿👩‍🚀", value="🍪", lasts="200d", age="8d"),
        SampleCookie(name="cafe\u0301\u200b\u200d", value="combining", lasts="200d", age="8d"),
        # Not UTF-8: Chromium keeps the bytes as they came.
        SampleCookie(name="latin-\udce9t\udce9-\udcff", value="{hex8}", lasts="30d", age="8d"),
        SampleCookie(name="no_end_known", value="{hex8}", lasts="unknown", age="8d"),
    ),
)

_TAMPERED = SampleSite(
    domain=TAMPERED_SITE,
    host=TAMPERED_SITE,
    cookies=(
        SampleCookie(name="x_trk\x1b[31m", value="\x1b]0;title\x07", lasts="30d", age="8d"),
        SampleCookie(name="two\nlines", value="first\r\nsecond", lasts="30d", age="8d"),
        SampleCookie(name="n" * 4096, value="{hex8}", lasts="30d", age="8d"),
    ),
)
