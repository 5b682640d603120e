"""How the tests change a store."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cookietui.model.cookie import Cookie
from cookietui.model.deletion import SavedRows
from cookietui.stores.port import CookieStore, Edit
from tests.builders import open_store, profile


def opened(store: Path, tmp_path: Path) -> CookieStore:
    """The store at a path."""
    return open_store(profile(store), tmp_path)


def delete(whose: CookieStore, *cookies: Cookie) -> SavedRows:
    """Delete cookies, and give what was saved of them."""
    with whose.edit() as edit:
        rows = edit.rows(cookie.key for cookie in cookies)
        edit.delete(rows)
        edit.commit()
    return rows


def begin(whose: CookieStore) -> None:
    """Begin to change a store that is not to be changed."""
    with whose.edit():
        pytest.fail("it was opened for changes")


def delete_but_for(whose: CookieStore, what: Callable[[], object], *cookies: Cookie) -> None:
    """Delete cookies, with something happening right before the commit."""
    with whose.edit() as edit:
        edit.delete(edit.rows(cookie.key for cookie in cookies))
        what()
        edit.commit()


def delete_in(edit: Edit, *cookies: Cookie) -> None:
    """Delete cookies in an edit that was begun before."""
    edit.delete(edit.rows(cookie.key for cookie in cookies))
    edit.commit()
