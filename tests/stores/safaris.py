"""Safari's stores, opened as the program opens them."""

from pathlib import Path

from cookietui.model.profile import Activity, Family, Profile, Usage
from cookietui.stores import safari
from cookietui.stores.file_store import FileStore


def profile_of(folder: Path) -> Profile:
    """Safari's profile in a folder."""
    store = folder / "Cookies.binarycookies"
    return Profile("safari:Default", "Safari", "Default", Family.SAFARI, folder, store)


def opened(folder: Path, content: bytes) -> FileStore:
    """A store with this content."""
    whose = profile_of(folder)
    whose.store.write_bytes(content)
    usage = Usage(Activity.UNKNOWN, reason="for the test")
    return FileStore(whose, safari.parse, safari.READ_ONLY, usage)
