"""Brands and the folders they keep profiles in; data only.

Folders are relative to the home folder; ``{config}`` stands for the XDG configuration folder. The
paths are from Chromium's docs/user_data_dir.md, Mozilla's documentation of the profile folder, and
the packages' own manifests.
"""

import msgspec

from cookietui.model.profile import Family


class Brand(msgspec.Struct, frozen=True):
    """A browser and where it keeps its profiles on Linux.

    Attributes:
        slug: How the command line names it.
        title: How people know it.
        family: How it keeps cookies.
        linux: The folders, the most usual first.
    """

    slug: str
    title: str
    family: Family
    linux: tuple[str, ...]


BRANDS = (
    Brand(
        "chromium",
        "Chromium",
        Family.CHROMIUM,
        (
            "{config}/chromium",
            "snap/chromium/common/chromium",
            ".var/app/org.chromium.Chromium/config/chromium",
        ),
    ),
    Brand(
        "chrome",
        "Chrome",
        Family.CHROMIUM,
        ("{config}/google-chrome", ".var/app/com.google.Chrome/config/google-chrome"),
    ),
    Brand("chrome-beta", "Chrome Beta", Family.CHROMIUM, ("{config}/google-chrome-beta",)),
    Brand("chrome-dev", "Chrome Dev", Family.CHROMIUM, ("{config}/google-chrome-unstable",)),
    Brand(
        "firefox",
        "Firefox",
        Family.FIREFOX,
        (
            "{config}/mozilla/firefox",
            ".mozilla/firefox",
            "snap/firefox/common/.mozilla/firefox",
            ".var/app/org.mozilla.firefox/config/mozilla/firefox",
            ".var/app/org.mozilla.firefox/.mozilla/firefox",
        ),
    ),
)
