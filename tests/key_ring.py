"""A real key ring on a session bus of its own, which knows nothing of the developer's."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

PASSWORDS = {"chromium": b"kept for Chromium", "chrome": b"kept for Chrome"}
KEYS = {
    brand: hashlib.pbkdf2_hmac("sha1", password, b"saltysalt", 1, 16)
    for brand, password in PASSWORDS.items()
}
TOOLS = {
    "dbus-daemon": "dbus",
    "gnome-keyring-daemon": "gnome-keyring",
    "secret-tool": "libsecret-tools",
}
# The bus starts the key ring for whoever asks first, and lets them wait until it is there.
BUS = """
<busconfig><type>session</type><listen>unix:dir={folder}</listen><auth>EXTERNAL</auth>
<servicedir>{folder}</servicedir><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>
"""
RING = """
[D-BUS Service]
Name=org.freedesktop.secrets
Exec=/bin/sh -c "echo pw | gnome-keyring-daemon --foreground --unlock --components=secrets"
"""


@contextmanager
def session_bus(folder: Path) -> Iterator[str]:
    """A session bus of our own with a real key ring that holds the keys of two brands."""
    if missing := [package for tool, package in TOOLS.items() if not shutil.which(tool)]:
        line = f"no key ring to ask: apt-get install {' '.join(missing)}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(line)
    (folder / "bus.conf").write_text(BUS.format(folder=folder))
    (folder / "ring.service").write_text(RING)
    here = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PATH": os.environ["PATH"]}
    with (folder / "log").open("w") as log, subprocess.Popen(
        ["dbus-daemon", f"--config-file={folder}/bus.conf", "--nofork", "--print-address"],
        env=here, stdout=subprocess.PIPE, stderr=log, text=True,
    ) as daemon:  # fmt: skip
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        try:
            for application, password in PASSWORDS.items():
                keep_secret(address, application, password)
            yield address
        finally:
            for process in (*psutil.Process(daemon.pid).children(recursive=True), daemon):
                process.kill()


def keep_secret(bus: str, application: str, password: bytes) -> None:
    """Keep a brand's password as the brand itself does, in the place of the one before."""
    subprocess.run(
        ["secret-tool", "store", f"--label={application.capitalize()} Safe Storage",
         "xdg:schema", "chrome_libsecret_os_crypt_password_v2", "application", application],
        input=password, env={"DBUS_SESSION_BUS_ADDRESS": bus, "PATH": os.environ["PATH"]},
        timeout=30, check=True,
    )  # fmt: skip
