"""Brands and the folders they keep profiles in; data only, one row each.

Folders are relative to the home folder. In them ``{config}`` stands for the XDG configuration
folder, ``{support}`` for ``Library/Application Support``, ``{local}`` and ``{roaming}`` for the
local and roaming application data of Windows; ``*`` stands for the rest of a name. The paths are
from Chromium's docs/user_data_dir.md, Mozilla's documentation of the profile folder, and the
packages' own manifests.
"""

import msgspec

from cookietui.model.profile import Family


class Brand(msgspec.Struct, frozen=True):
    """A browser and where it keeps its profiles.

    Attributes:
        slug: How the command line names it.
        title: How people know it.
        family: How it keeps cookies.
        linux: Its folders on Linux, the most usual first.
        mac: Its folders on macOS.
        windows: Its folders on Windows.
    """

    slug: str
    title: str
    family: Family
    linux: tuple[str, ...] = ()
    mac: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()

    def folders(self, system: str) -> tuple[str, ...]:
        """Its folders on a system, named as ``sys.platform`` names it."""
        return {"darwin": self.mac, "win32": self.windows}.get(system, self.linux)


def _chromium(
    slug: str, title: str, linux: tuple[str, ...], mac: str = "", windows: str = ""
) -> Brand:
    return Brand(
        slug,
        title,
        Family.CHROMIUM,
        linux,
        (f"{{support}}/{mac}",) if mac else (),
        (f"{{local}}/{windows}/User Data",) if windows else (),
    )


def _opera(slug: str, title: str, linux: tuple[str, ...], mac: str, windows: str) -> Brand:
    # Opera's folder is among the roaming application data, unlike everybody else's.
    return Brand(
        slug, title, Family.CHROMIUM, linux, (f"{{support}}/{mac}",), (f"{{roaming}}/{windows}",)
    )


def _firefox(
    slug: str,
    title: str,
    linux: tuple[str, ...],
    mac: str,
    windows: str,
    *,
    packaged: tuple[str, ...] = (),
) -> Brand:
    return Brand(
        slug,
        title,
        Family.FIREFOX,
        linux,
        (f"{{support}}/{mac}",),
        (f"{{roaming}}/{windows}", *packaged),
    )


BRANDS = (
    _chromium(
        "chromium",
        "Chromium",
        (
            "{config}/chromium",
            "snap/chromium/common/chromium",
            ".var/app/org.chromium.Chromium/config/chromium",
            ".var/app/io.github.ungoogled_software.ungoogled_chromium/config/chromium",
        ),
        "Chromium",
        "Chromium",
    ),
    _chromium(
        "chrome",
        "Chrome",
        ("{config}/google-chrome", ".var/app/com.google.Chrome/config/google-chrome"),
        "Google/Chrome",
        "Google/Chrome",
    ),
    _chromium(
        "chrome-beta",
        "Chrome Beta",
        ("{config}/google-chrome-beta",),
        "Google/Chrome Beta",
        "Google/Chrome Beta",
    ),
    _chromium(
        "chrome-dev",
        "Chrome Dev",
        (
            "{config}/google-chrome-unstable",
            ".var/app/com.google.ChromeDev/config/google-chrome-unstable",
        ),
        "Google/Chrome Dev",
        "Google/Chrome Dev",
    ),
    _chromium(
        "chrome-canary",
        "Chrome Canary",
        ("{config}/google-chrome-canary",),
        "Google/Chrome Canary",
        "Google/Chrome SxS",
    ),
    _chromium(
        "chrome-for-testing",
        "Chrome for Testing",
        ("{config}/google-chrome-for-testing",),
        "Google/Chrome for Testing",
        "Google/Chrome for Testing",
    ),
    _chromium(
        "edge",
        "Edge",
        ("{config}/microsoft-edge", ".var/app/com.microsoft.Edge/config/microsoft-edge"),
        "Microsoft Edge",
        "Microsoft/Edge",
    ),
    _chromium(
        "edge-beta",
        "Edge Beta",
        ("{config}/microsoft-edge-beta",),
        "Microsoft Edge Beta",
        "Microsoft/Edge Beta",
    ),
    _chromium(
        "edge-dev",
        "Edge Dev",
        ("{config}/microsoft-edge-dev",),
        "Microsoft Edge Dev",
        "Microsoft/Edge Dev",
    ),
    _chromium("edge-canary", "Edge Canary", (), "Microsoft Edge Canary", "Microsoft/Edge SxS"),
    _chromium(
        "brave",
        "Brave",
        (
            "{config}/BraveSoftware/Brave-Browser",
            "snap/brave/current/.config/BraveSoftware/Brave-Browser",
            ".var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser",
        ),
        "BraveSoftware/Brave-Browser",
        "BraveSoftware/Brave-Browser",
    ),
    *(
        _chromium(
            f"brave-{channel.lower()}",
            f"Brave {channel}",
            (f"{{config}}/BraveSoftware/Brave-Browser-{channel}",),
            f"BraveSoftware/Brave-Browser-{channel}",
            f"BraveSoftware/Brave-Browser-{channel}",
        )
        for channel in ("Beta", "Dev", "Nightly")
    ),
    _chromium(
        "vivaldi",
        "Vivaldi",
        (
            "{config}/vivaldi",
            "snap/vivaldi/current/.config/vivaldi",
            ".var/app/com.vivaldi.Vivaldi/config/vivaldi",
        ),
        "Vivaldi",
        "Vivaldi",
    ),
    _chromium("vivaldi-snapshot", "Vivaldi Snapshot", ("{config}/vivaldi-snapshot",)),
    _opera(
        "opera",
        "Opera",
        (
            "{config}/opera",
            "snap/opera/current/.config/opera",
            ".var/app/com.opera.Opera/config/opera",
        ),
        "com.operasoftware.Opera",
        "Opera Software/Opera Stable",
    ),
    _opera(
        "opera-beta",
        "Opera Beta",
        ("{config}/opera-beta", "snap/opera-beta/current/.config/opera-beta"),
        "com.operasoftware.OperaNext",
        "Opera Software/Opera Next",
    ),
    _opera(
        "opera-developer",
        "Opera Developer",
        ("{config}/opera-developer", "snap/opera-developer/current/.config/opera-developer"),
        "com.operasoftware.OperaDeveloper",
        "Opera Software/Opera Developer",
    ),
    _opera(
        "opera-gx", "Opera GX", (), "com.operasoftware.OperaGX", "Opera Software/Opera GX Stable"
    ),
    Brand(
        "arc",
        "Arc",
        Family.CHROMIUM,
        mac=("{support}/Arc/User Data",),
        windows=("{local}/Packages/TheBrowserCompany.Arc*/LocalCache/Local/Arc/User Data",),
    ),
    _firefox(
        "firefox",
        "Firefox",
        (
            "{config}/mozilla/firefox",
            ".mozilla/firefox",
            "snap/firefox/common/.mozilla/firefox",
            ".var/app/org.mozilla.firefox/config/mozilla/firefox",
            ".var/app/org.mozilla.firefox/.mozilla/firefox",
        ),
        "Firefox",
        "Mozilla/Firefox",
        packaged=(
            "{local}/Packages/Mozilla.Firefox_n80bbvh6b1yt2/LocalCache/Roaming/Mozilla/Firefox",
        ),
    ),
    _firefox(
        "librewolf",
        "LibreWolf",
        (
            "{config}/librewolf/librewolf",
            ".librewolf",
            ".var/app/io.gitlab.librewolf-community/config/librewolf/librewolf",
            ".var/app/io.gitlab.librewolf-community/.librewolf",
        ),
        "librewolf",
        "librewolf",
    ),
    _firefox(
        "waterfox",
        "Waterfox",
        (".waterfox", ".var/app/net.waterfox.waterfox/.waterfox"),
        "Waterfox",
        "Waterfox",
    ),
    _firefox(
        "zen",
        "Zen",
        ("{config}/zen", ".zen", ".var/app/app.zen_browser.zen/.zen", "snap/zen/common/.zen"),
        "zen",
        "zen",
    ),
    Brand(
        "safari",
        "Safari",
        Family.SAFARI,
        mac=(
            "Library/Containers/com.apple.Safari/Data/Library/Cookies",
            "Library/Containers/com.apple.Safari/Data/Library/WebKit/WebsiteDataStore/*/Cookies",
            "Library/Cookies",
        ),
    ),
    _firefox(
        "floorp",
        "Floorp",
        (".floorp", ".var/app/one.ablaze.floorp/.floorp"),
        "Floorp",
        "Floorp",
    ),
)
