"""The tables of both browsers, version by version, as their sources create them."""

META = "CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR)"
_INTEGER, _TEXT, _BLOB = "INTEGER NOT NULL", "TEXT NOT NULL", "BLOB NOT NULL"
_SINCE_10 = {
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
}
_SINCE_15 = {
    "samesite": "INTEGER NOT NULL DEFAULT -1",
    "source_scheme": "INTEGER NOT NULL DEFAULT 0",
    "source_port": "INTEGER NOT NULL DEFAULT -1",
    "is_same_party": "INTEGER NOT NULL DEFAULT 0",
    "top_frame_site_key": "TEXT NOT NULL DEFAULT ''",
}
_SINCE_20 = {
    "creation_utc": _INTEGER,
    "host_key": _TEXT,
    "top_frame_site_key": _TEXT,
    "name": _TEXT,
    "value": _TEXT,
    "encrypted_value": _BLOB,
    "path": _TEXT,
    "expires_utc": _INTEGER,
    "is_secure": _INTEGER,
    "is_httponly": _INTEGER,
    "last_access_utc": _INTEGER,
    "has_expires": _INTEGER,
    "is_persistent": _INTEGER,
    "priority": _INTEGER,
    "samesite": _INTEGER,
    "source_scheme": _INTEGER,
    "source_port": _INTEGER,
}
_SINCE_23 = _SINCE_20 | {
    "last_update_utc": _INTEGER,
    "source_type": _INTEGER,
    "has_cross_site_ancestor": _INTEGER,
}
_UNIQUE_23 = "host_key, top_frame_site_key, has_cross_site_ancestor, name, path, "
CHROMIUM: dict[int, tuple[dict[str, str], str]] = {
    10: (_SINCE_10 | {"firstpartyonly": "INTEGER NOT NULL DEFAULT 0"}, "host_key, name, path"),
    15: (_SINCE_10 | _SINCE_15, "host_key, top_frame_site_key, name, path"),
    20: (
        _SINCE_20 | {"is_same_party": _INTEGER, "last_update_utc": _INTEGER},
        "host_key, top_frame_site_key, name, path, source_scheme, source_port",
    ),
    23: (_SINCE_23, _UNIQUE_23 + "source_scheme, source_port"),
    24: (_SINCE_23, _UNIQUE_23 + "source_scheme, source_port"),
}
_FIREFOX_9 = {
    "id": "INTEGER PRIMARY KEY",
    "baseDomain": "TEXT",
    "originAttributes": "TEXT NOT NULL DEFAULT ''",
    "name": "TEXT",
    "value": "TEXT",
    "host": "TEXT",
    "path": "TEXT",
    "expiry": "INTEGER",
    "lastAccessed": "INTEGER",
    "creationTime": "INTEGER",
    "isSecure": "INTEGER",
    "isHttpOnly": "INTEGER",
    "inBrowserElement": "INTEGER DEFAULT 0",
    "sameSite": "INTEGER DEFAULT 0",
}
_FIREFOX_12 = {name: kind for name, kind in _FIREFOX_9.items() if name != "baseDomain"} | {
    "rawSameSite": "INTEGER DEFAULT 0",
    "schemeMap": "INTEGER DEFAULT 0",
}
_FIREFOX_15 = {name: kind for name, kind in _FIREFOX_12.items() if name != "rawSameSite"} | {
    "isPartitionedAttributeSet": "INTEGER DEFAULT 0"
}
FIREFOX: dict[int, dict[str, str]] = {
    9: _FIREFOX_9,
    12: _FIREFOX_12,
    15: _FIREFOX_15,
    16: _FIREFOX_15,
    17: _FIREFOX_15 | {"updateTime": "INTEGER"},
}
