"""The tables of both browsers, version by version, as their sources create them anew.

The facts are from net/extras/sqlite/sqlite_persistent_cookie_store.cc and its unit test in
Chromium's source, and from netwerk/cookie/nsCookieService.cpp, CookiePersistentStorage.cpp and
the tests beside them in Firefox's: what each version creates in an empty profile. Three have
been put together from the migrations and the versions around them: Firefox's 8, 13 and 14.

A profile that was updated instead has the same columns in an order of its own, for a column
added later goes last, and sometimes without the default. One Chromium version differs by more:
16 left the table of 15 as it was, and only 17 rebuilt it.

Up to 15 Chromium's key is a constraint of the table, from 16 on an index; Firefox's is a
constraint named ``moz_uniqueid``. Firefox 2 and 3 have no key but the ``id``, which is the time
of creation there. The index over ``baseDomain``, in Firefox 3 to 10, is left out.
"""

Columns = dict[str, str]  # from names to types, in the table's order
Layout = tuple[Columns, str]  # with the columns of the unique key, as SQL has them

META = "CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR)"


def _after(columns: Columns, place: str, **added: str) -> Columns:
    """Add columns right after another one, or move them there."""
    kept = [(name, kind) for name, kind in columns.items() if name not in added]
    at = [name for name, _ in kept].index(place) + 1
    return dict([*kept[:at], *added.items(), *kept[at:]])


def _without(columns: Columns, gone: str) -> Columns:
    return {name: kind for name, kind in columns.items() if name != gone}


_INTEGER, _TEXT, _BLOB = "INTEGER NOT NULL", "TEXT NOT NULL", "BLOB NOT NULL"
_CHROMIUM_10 = {
    "creation_utc": _INTEGER,
    "host_key": _TEXT,
    "name": _TEXT,
    "value": _TEXT,
    "path": _TEXT,
    "expires_utc": _INTEGER,
    "is_secure": _INTEGER,
    "is_httponly": _INTEGER,
    "last_access_utc": _INTEGER,
    "has_expires": "INTEGER NOT NULL DEFAULT 1",
    "is_persistent": "INTEGER NOT NULL DEFAULT 1",
    "priority": "INTEGER NOT NULL DEFAULT 1",
    "encrypted_value": "BLOB DEFAULT ''",
    "firstpartyonly": "INTEGER NOT NULL DEFAULT 0",
}
_CHROMIUM_11 = _without(_CHROMIUM_10, "firstpartyonly") | {
    "samesite": "INTEGER NOT NULL DEFAULT -1"
}
_CHROMIUM_12 = _CHROMIUM_11 | {"source_scheme": "INTEGER NOT NULL DEFAULT 0"}
_CHROMIUM_13 = _CHROMIUM_12 | {
    "source_port": "INTEGER NOT NULL DEFAULT -1",
    "is_same_party": "INTEGER NOT NULL DEFAULT 0",
}
_CHROMIUM_15 = _after(
    _after(_CHROMIUM_13, "creation_utc", top_frame_site_key=_TEXT),
    "value",
    encrypted_value="BLOB DEFAULT ''",
)
_CHROMIUM_16 = {
    name: _BLOB if name == "encrypted_value" else kind.partition(" DEFAULT")[0]
    for name, kind in _after(_CHROMIUM_15, "host_key", top_frame_site_key=_TEXT).items()
}
_CHROMIUM_18 = _CHROMIUM_16 | {"last_update_utc": _INTEGER}
_CHROMIUM_21 = _without(_CHROMIUM_18, "is_same_party")
_CHROMIUM_22 = _CHROMIUM_21 | {"source_type": _INTEGER}
_CHROMIUM_23 = _CHROMIUM_22 | {"has_cross_site_ancestor": _INTEGER}
_KEY_10 = "host_key, name, path"
_KEY_16 = "host_key, top_frame_site_key, name, path"
_KEY_20 = "host_key, top_frame_site_key, name, path, source_scheme, source_port"
_KEY_23 = (
    "host_key, top_frame_site_key, has_cross_site_ancestor, name, path, source_scheme, source_port"
)
CHROMIUM: dict[int, Layout] = {
    10: (_CHROMIUM_10, _KEY_10),
    11: (_CHROMIUM_11, _KEY_10),
    12: (_CHROMIUM_12, _KEY_10),
    13: (_CHROMIUM_13, _KEY_10),
    14: (_CHROMIUM_13, _KEY_10),
    15: (_CHROMIUM_15, "top_frame_site_key, host_key, name, path"),
    16: (_CHROMIUM_16, _KEY_16),
    17: (_CHROMIUM_16, _KEY_16),
    18: (_CHROMIUM_18, _KEY_16),
    19: (_CHROMIUM_18, _KEY_16),
    20: (_CHROMIUM_18, _KEY_20),
    21: (_CHROMIUM_21, _KEY_20),
    22: (_CHROMIUM_22, _KEY_20),
    23: (_CHROMIUM_23, _KEY_23),
    24: (_CHROMIUM_23, _KEY_23),
}

_NUMBER = "INTEGER DEFAULT 0"
_FIREFOX_2 = {
    "id": "INTEGER PRIMARY KEY",
    "name": "TEXT",
    "value": "TEXT",
    "host": "TEXT",
    "path": "TEXT",
    "expiry": "INTEGER",
    "lastAccessed": "INTEGER",
    "isSecure": "INTEGER",
    "isHttpOnly": "INTEGER",
}
_FIREFOX_3 = _after(_FIREFOX_2, "id", baseDomain="TEXT")
_FIREFOX_4 = _after(_FIREFOX_3, "lastAccessed", creationTime="INTEGER")
_FIREFOX_5 = _after(_FIREFOX_4, "baseDomain", appId=_NUMBER, inBrowserElement=_NUMBER)
_FIREFOX_6 = _after(_FIREFOX_4, "baseDomain", originAttributes="TEXT NOT NULL DEFAULT ''")
_FIREFOX_7 = _FIREFOX_6 | {"appId": _NUMBER, "inBrowserElement": _NUMBER}
_FIREFOX_8 = _without(_FIREFOX_7, "appId")
_FIREFOX_9 = _FIREFOX_8 | {"sameSite": _NUMBER}
_FIREFOX_10 = _FIREFOX_9 | {"rawSameSite": _NUMBER}
_FIREFOX_11 = _without(_FIREFOX_10, "baseDomain")
_FIREFOX_12 = _FIREFOX_11 | {"schemeMap": _NUMBER}
_FIREFOX_13 = _FIREFOX_12 | {"isPartitionedAttributeSet": _NUMBER}
_FIREFOX_15 = _without(_FIREFOX_13, "rawSameSite")
_FIREFOX_17 = _FIREFOX_15 | {"updateTime": "INTEGER"}
_KEY_4 = "name, host, path"
_KEY_5 = "name, host, path, appId, inBrowserElement"
_KEY_6 = "name, host, path, originAttributes"
FIREFOX: dict[int, Layout] = {
    2: (_FIREFOX_2, ""),
    3: (_FIREFOX_3, ""),
    4: (_FIREFOX_4, _KEY_4),
    5: (_FIREFOX_5, _KEY_5),
    6: (_FIREFOX_6, _KEY_6),
    7: (_FIREFOX_7, _KEY_6),
    8: (_FIREFOX_8, _KEY_6),
    9: (_FIREFOX_9, _KEY_6),
    10: (_FIREFOX_10, _KEY_6),
    11: (_FIREFOX_11, _KEY_6),
    12: (_FIREFOX_12, _KEY_6),
    13: (_FIREFOX_13, _KEY_6),
    14: (_FIREFOX_13, _KEY_6),
    15: (_FIREFOX_15, _KEY_6),
    16: (_FIREFOX_15, _KEY_6),
    17: (_FIREFOX_17, _KEY_6),
}
