"""Revealing a thousand values, beside the cipher in a loop."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from Cryptodome.Cipher import AES
from Cryptodome.Util.Padding import unpad

from benchmarks.measuring import Finding, compared, interleaved, timed
from benchmarks.plan import Plan
from benchmarks.scanning import bare
from benchmarks.stores import CHROMIUM, Person
from tests.builders import BASIC_KEY

_HASH = 32
_VALUES = 1_000


def measure(plan: Plan) -> Iterator[Finding]:
    """Reveal values in the smallest and in the largest store."""
    for size in sorted({plan.sizes[0], plan.largest}):
        yield from _measure(plan.stores.person(CHROMIUM, size), plan)


def _measure(person: Person, plan: Plan) -> Iterator[Finding]:
    workspace = person.workspace()
    inventory = workspace.scan()
    cookies = list(inventory.cookies)[:_VALUES]
    with closing(sqlite3.connect(person.store)) as connection:
        query = "SELECT encrypted_value FROM cookies LIMIT ?"
        sealed = [row[0] for row in connection.execute(query, (len(cookies),))]
    values = workspace.values(cookies, inventory)
    if [values[cookie.key] for cookie in cookies] != decrypted(sealed):
        raise RuntimeError("the values that were to be measured are not the same")
    read = bare(person, plan.folder / "copy")
    costs = interleaved(
        {
            "ours": timed(lambda: workspace.values(cookies, inventory)),
            "cipher": timed(lambda: decrypted(sealed)),
            "copied": timed(lambda: (read(), decrypted(sealed))),
        },
        plan.rounds,
    )
    said = Finding(f"reveal {len(cookies)} values", person.family, person.cookies)
    goal = 2.0 if person.cookies == plan.sizes[0] else None
    yield compared(
        Finding(said.work, said.store, said.cookies, goal=goal),
        costs["ours"],
        costs["cipher"],
        "pycryptodomex in a loop",
    )
    yield compared(said, costs["ours"], costs["copied"], "copy, SELECT * and the loop")


def decrypted(sealed: list[bytes]) -> list[str]:
    """Decrypt values one after the other, and take off the hash of their host."""
    opened = []
    for each in sealed:
        cipher = AES.new(BASIC_KEY, AES.MODE_CBC, iv=b" " * 16)
        opened.append(unpad(cipher.decrypt(each[3:]), 16)[_HASH:].decode())
    return opened
