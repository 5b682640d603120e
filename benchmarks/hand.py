"""What a key costs until all it changes is drawn, in the running program."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait

from benchmarks.measuring import Finding, percentile, spread
from benchmarks.plan import Plan
from benchmarks.stores import CHROMIUM, Person
from cookietui.operations.surveying import FirstLook
from cookietui.stores.choosing import EVERYTHING
from cookietui.tui.app import CookieApp
from cookietui.tui.opening import build, collect_for_the_hand

_SIZE = (120, 36)
_POLL = 0.0005
_CALM = 3  # looks in a row: between two, a message may be on its way from one part to another
_DEADLINE = 120.0
_LIMITS = {"filter": 0.150, "cursor": 0.050, "mark": 0.050, "fold": 0.050, "other site": 0.050}


def measure(plan: Plan) -> Iterator[Finding]:
    """Press keys in the largest profile, and in one of which all is one site's."""
    rounds = plan.rounds * 4
    for one_site in (False, True):
        person = plan.stores.person(CHROMIUM, plan.largest, one_site=one_site)
        note = "all of one site" if one_site else "the site with most to remove"
        costs = asyncio.run(_drive(person, rounds))
        for name, seconds in costs.items():
            if one_site and name == "other site":
                continue
            yield Finding(
                f"key: {name}",
                person.family,
                person.cookies,
                ours=spread(seconds),
                goal=_LIMITS[name],
                note=note,
                figure=percentile(seconds, 95),
                absolute=True,
            )


async def _drive(person: Person, rounds: int) -> dict[str, list[float]]:
    # As the program begins: what was read before the screen opens is never looked at for garbage.
    workspace = person.workspace()
    with ThreadPoolExecutor(1) as beside:
        first = FirstLook(beside, workspace, EVERYTHING)
        wait([first.future])
    collect_for_the_hand()
    app = build(workspace, first=first)
    async with app.run_test(size=_SIZE, notifications=True):
        await _at_rest(app)
        found = {
            "cursor": await _press(app, ["down"] * rounds + ["pagedown", "up"]),
            "mark": await _press(app, ["space"] * rounds),
        }
        await _press(app, ["home"])
        found["fold"] = await _press(app, ["enter"] * (rounds // 2 * 2))
        await _press(app, ["slash"])
        word = "_gaxsession"
        keys = [*word[:3], *["backspace"] * 3, *word[4:], *["backspace"] * 7]
        found["filter"] = await _press(app, [_KEYS.get(key, key) for key in keys])
        await _press(app, ["escape", "1"])
        found["other site"] = await _press(app, ["down"] * rounds)
        return found


_KEYS = {"_": "underscore"}


async def _press(app: CookieApp, keys: Sequence[str]) -> list[float]:
    """Press keys, each when all that the one before began is done; what each of them cost."""
    costs = []
    for key in keys:
        start = time.perf_counter()
        app.simulate_key(key)
        costs.append(await _at_rest(app) - start)
    return costs


async def _at_rest(app: CookieApp) -> float:
    """Wait until nothing is under way and all is drawn; since when that has been so."""
    calm, since = 0, 0.0
    deadline = time.monotonic() + _DEADLINE
    while calm < _CALM:
        if time.monotonic() > deadline:
            raise TimeoutError("the screen does not come to rest")
        await asyncio.sleep(_POLL)
        if not _is_calm(app):
            calm = 0
            continue
        since = since if calm else time.perf_counter()
        calm += 1
    return since


def _is_calm(app: CookieApp) -> bool:
    screen = app.screen
    pumps = [app, *screen.walk_children(with_self=True)]
    waiting = any(pump.message_queue_size or pump._next_callbacks for pump in pumps)
    undrawn = screen._callbacks or screen._layout_required or screen._dirty_widgets
    working = not all(worker.is_finished for worker in app.workers)
    return not (waiting or undrawn or working)
