"""One document of each kind, with every key that is documented and nothing unknown in it."""

from typing import Any

Document = dict[str, Any]

_NOON = "2026-11-23T12:00:00Z"
_PROFILE = {
    "id": "chromium:Default",
    "browser": "Chromium",
    "name": "Person 1",
    "path": "/home/person/.config/chromium/Default",
    "family": "chromium",
    "running": False,
    "cookies": 42,
}
_FAILURE = {
    "profile": "firefox:old",
    "error": "UnknownSchemaError",
    "message": "its layout is not known",
    "hint": "a newer version may know it",
}
_COOKIE = {
    "id": "0123456789abcdef",
    "profile": "chromium:Default",
    "name": "_ga",
    "host": ".shop.example",
    "path": "/",
    "host_only": False,
    "partition": {"site": "https://shop.example", "cross_site": True},
    "container": {"id": 6, "name": "Work"},
    "created": _NOON,
    "expires": _NOON,
    "last_used": _NOON,
    "session": False,
    "secure": True,
    "http_only": False,
    "same_site": "lax",
    "size": 31,
    "encryption": "v10",
    "value": None,
    "party": "first",
    "type": "statistical",
    "purpose": "statistics",
    "suggestion": "remove",
    "basis": "catalogue",
    "provider": "Google Analytics",
    "function": "Audience measurement",
    "description": "Tells visitors apart.",
    "consent": "needed",
    "declared_lifetime": "2 years",
    "matched": "_ga",
    "source": "google-analytics",
    "evidence": ["Google Analytics says so."],
    "disagreements": [{"source": "shop", "purpose": "necessary"}],
    "findings": [{"code": "long-lived", "level": "info", "text": "It stays."}],
    "kept": False,
}
_POLICY = {
    "name": "shop",
    "title": "Shop",
    "source": "https://shop.example/cookies",
    "written": "2026-11-23",
}
_OF_A_COOKIE = {"id": "0123456789abcdef", "name": "_ga", "host": ".shop.example"}
_DECLARED = {"pattern": "_ga*", "provider": "Google Analytics", "purpose": "statistics"}

DOCUMENTS: dict[str, Document] = {
    "profiles": {"schema": 1, "profiles": [_PROFILE]},
    "sites": {
        "schema": 1,
        "sites": [
            {
                "site": "shop.example",
                "cookies": 12,
                "necessary": 5,
                "preferences": 1,
                "statistics": 2,
                "marketing": 1,
                "unknown": 3,
                "removable": 3,
            }
        ],
        "failures": [_FAILURE],
    },
    "list": {
        "schema": 1,
        "site": "shop.example",
        "scanned_at": _NOON,
        "profiles": [_PROFILE],
        "failures": [_FAILURE],
        "cookies": [_COOKIE],
    },
    "clean": {
        "schema": 1,
        "applied": True,
        "status": "partial",
        "journal": "20261123-120000",
        "deleted": [_COOKIE],
        "kept": [{"id": "fedcba9876543210", "why": "necessary"}],
        "refused": [_FAILURE],
    },
    "config": {
        "schema": 1,
        "path": "/home/person/.config/cookietui/config.toml",
        "exists": True,
        "settings": [
            {
                "key": "folders",
                "value": [{"browser": "brave", "path": "~/other"}],
                "default": False,
            },
            {"key": "backups.keep_days", "value": 30, "default": True},
            {"key": "screen.ascii", "value": False, "default": True},
            {"key": "screen.theme", "value": "light", "default": False},
            {"key": "keys.mark", "value": "m", "default": False},
        ],
    },
    "undo": {
        "schema": 1,
        "journal": "20261123-120000",
        "status": "partial",
        "restored": 3,
        "skipped": [{"name": "_ga", "host": ".shop.example", "why": "it has expired"}],
    },
    "history": {
        "schema": 1,
        "entries": [
            {
                "id": "20261123-120000",
                "at": _NOON,
                "site": "shop.example",
                "cookies": 3,
                "status": "undone in part",
                "profiles": ["chromium:Default"],
            }
        ],
        "backups": [
            {
                "at": _NOON,
                "profile": "chromium:Default",
                "store": "/home/person/.config/chromium/Default/Cookies",
                "path": "/home/person/.local/state/cookietui/backups/20261123.sqlite",
                "bytes": 20480,
                "sha256": "0" * 64,
            }
        ],
    },
    "keep list": {
        "schema": 1,
        "kept": [{"name": "_ga", "host": "shop.example", "note": "our own report"}],
    },
    "doctor": {
        "schema": 1,
        "versions": {
            "cookietui": "0.1.0",
            "textual": "8.2.8",
            "browser-cookie3": "0.20.1",
            "publicsuffixlist": "1.0.2",
            "psutil": "7.0.0",
            "Python": "3.11.2",
            "SQLite": "3.40.1",
            "system": "linux 6.1 x86_64",
        },
        "folders": {
            "settings": "~/.config/cookietui/config.toml",
            "kept cookies": "~/.config/cookietui/kept.json (not there)",
            "own policies": "~/.config/cookietui/policies",
            "journal": "~/.local/state/cookietui/journal",
            "scratch": "~/.local/state/cookietui/scratch",
        },
        "profiles": [
            {
                "id": "chromium:Default",
                "browser": "Chromium",
                "family": "chromium",
                "store": "~/.config/chromium/Default/Cookies",
                "bytes": 20480,
                "beside": {"-wal": 0, "-shm": 32768},
                "layout": 24,
                "cookies": 42,
                "session": 3,
                "in_session_file": 0,
                "partitioned": 2,
                "containers": 0,
                "encryption": {"v10": 40, "none": 2},
                "running": "running (its lock names process 42)",
                "deleting": "the profile is in use",
            }
        ],
        "failures": [_FAILURE],
    },
    "audit": {
        "schema": 1,
        "site": "shop.example",
        "policy": _POLICY,
        "declared_and_present": [_DECLARED | {"cookies": ["0123456789abcdef"], "names": ["_ga"]}],
        "declared_but_absent": [_DECLARED],
        "undeclared": [
            _OF_A_COOKIE
            | {
                "purpose": "unknown",
                "basis": "none",
                "provider": "Google Analytics",
                "suggestion": "ask",
            }
        ],
        "outlives_declaration": [
            _OF_A_COOKIE
            | {
                "pattern": "_ga*",
                "declared_lifetime": "1 day",
                "declared_seconds": 86400,
                "actual_seconds": 172800,
            }
        ],
        "wrong_party": [
            _OF_A_COOKIE | {"pattern": "_ga*", "declared_party": "first", "actual_party": "third"}
        ],
        "summary": {
            "cookies": 4,
            "declared_and_present": 1,
            "declared_but_absent": 1,
            "undeclared": 1,
            "outlives_declaration": 1,
            "wrong_party": 1,
            "consent_needed": 3,
        },
    },
    "policy list": {
        "schema": 1,
        "policies": [
            _POLICY | {"site": "shop.example", "declarations": 4, "own": True, "trust": "low"}
        ],
    },
    "policy show": {
        "schema": 1,
        "name": "shop",
        "site": "shop.example",
        "source": "https://shop.example/cookies",
        "declarations": [
            {
                "pattern": "_ga*",
                "match": "glob",
                "provider": "Google Analytics",
                "function": "Audience measurement",
                "purpose": "statistics",
                "description": "Tells visitors apart.",
                "lifetime": "2 years",
                "hosts": ["shop.example"],
                "party": "first",
                "anonymised": False,
            }
        ],
        "problems": [{"line": 7, "text": "an entry has no name"}],
    },
}
"""By command; of commands that print the same there is one."""
