"""A made-up person's browsers, for looking around without touching one's own.

`make_samples` writes into an empty folder what a home on Linux would hold: a Chromium and a
Firefox profile with some 200 cookies, in the browsers' own formats, good enough for the browsers
themselves. The cookies are told in `cookies.toml` and `hostile.py`; `jar` reads them, `moments`
dates them, `chromium_rows` and `firefox_rows` turn them into rows, `homes` puts those on disk.
"""

from pathlib import Path

from cookietui.operations.sample.homes import write_chromium, write_firefox
from cookietui.operations.sample.hostile import hostile_cookies
from cookietui.operations.sample.jar import everyday_cookies


def make_samples(home: Path, *, now: int) -> None:
    """Write the sample profiles below the empty folder `home`.

    Makes `.config/chromium` (user data folder, profile "Default") and `.config/mozilla/firefox`
    (profile "default-release"); folders get mode 0700, files 0600. The same `now` always gives
    the same rows.

    Args:
        home: An existing, empty folder that stands for the person's home.
        now: The moment all ages and remaining lives count from, in microseconds since the Unix
            epoch, UTC.

    Raises:
        OSError: `home` is missing, not writable, or already holds sample profiles.
        sqlite3.Error: a database cannot be written, as on a full disk.
    """
    cookies = (*everyday_cookies(), *hostile_cookies())
    write_chromium(home, cookies, now)
    write_firefox(home, cookies, now)
