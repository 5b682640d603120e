"""What the bars, borders and empty panes say."""

from textual.content import Content

from cookietui.judging.explain import IN_SESSION_FILE
from cookietui.model.deletion import Receipt, Restoration, Status
from cookietui.model.profile import Activity
from cookietui.model.site import Site
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.inventory import Inventory
from cookietui.operations.selection import Selection
from cookietui.text import plural, visible
from cookietui.tui.theme import Signs

QUIET = "$quiet"
NO_PROFILE = (
    "No browser profile found",
    "Looked for the browsers of the Chromium and Firefox families.",
    "Name one with --profile PATH, or look around on samples.",
)
READ_ONLY = "this is a read-only look: nothing can be deleted"
NOTHING_MARKED = "nothing is marked: space marks a cookie, a all that is not needed"
NOTHING_TO_REMOVE = "nothing here is suggested for removal"
NOTHING_SHOWN = ("Nothing matches the filter", "esc clears it")
NO_COOKIES = ("No cookies here", "press 1 to choose another site, r to read again")


def place(inventory: Inventory | None, scope: Site | None, signs: Signs) -> Content:
    """Where the person is."""
    if inventory is None:
        return Content("reading the browsers...")
    scanned = inventory.scanned
    if len(scanned) == 1:
        profile = scanned[0].profile
        where = f"{profile.brand} {signs.dot} {profile.name}"
    else:
        where = plural(len(scanned), "profile")
    if scope is None:
        return Content.assemble(visible(where), (f" {signs.arrow} ", QUIET), ("all sites", "bold"))
    return Content.assemble(
        visible(where), (f" {signs.arrow} ", QUIET), (visible(scope.host), "bold")
    )


def figures(selection: Selection, signs: Signs) -> Content:
    """What the site holds."""
    return Content.assemble(
        (plural(len(selection.judged), "cookie"), QUIET),
        (f" {signs.dot} ", QUIET),
        (f"{selection.removable} not needed", "bold $cat-statistics"),
    )


def status(selection: Selection, inventory: Inventory | None, news: str, signs: Signs) -> Content:
    """What is marked, whether the browsers are closed, and what happened last."""
    count = len(selection.marked)
    marked: tuple[str, str] = (
        (f" {count} marked ", "bold reverse $primary") if count else ("nothing marked", QUIET)
    )
    pieces: list[str | tuple[str, str] | Content] = [marked]
    if selection.hidden:
        warning = f"  {signs.warning} {selection.hidden} of them hidden by the filter"
        pieces.append((warning, "bold $warning"))
    pieces.append(("   ", ""))
    pieces.append(Content(visible(news)) if news else _activity(inventory, signs))
    return Content.assemble(*pieces)


def why_protected(judged: JudgedCookie) -> str:
    """Why a cookie cannot be marked."""
    name = visible(judged.cookie.name)
    if judged.cookie.in_session_file:
        return f"{name} stays: {IN_SESSION_FILE}"
    why = "you keep it" if judged.verdict.kept else "it is necessary"
    return f"{name} stays: {why}; K releases it"


def deleted(receipt: Receipt, signs: Signs) -> str:
    """What became of a deletion."""
    gone = plural(len(receipt.deleted), "cookie")
    if receipt.status is Status.DONE:
        return f"{signs.done} {gone} deleted and verified; u brings them back"
    why = f"{receipt.refused[0].message}; {receipt.refused[0].hint}"
    if receipt.status is Status.REFUSED:
        return f"{signs.warning} {why}"
    return f"{signs.warning} {gone} deleted, but: {why}"


def restored(restoration: Restoration, signs: Signs) -> str:
    """What became of an undo."""
    back = f"{plural(restoration.restored, 'cookie')} put back and verified"
    if restoration.refused:
        problem = restoration.refused[0]
        return f"{signs.warning} {problem.message}; {problem.hint}"
    if restoration.skipped:
        first = restoration.skipped[0]
        return f"{signs.warning} {back}; not {first.name}: {first.why}"
    return f"{signs.done} {back}"


def _activity(inventory: Inventory | None, signs: Signs) -> Content:
    if inventory is None or not inventory.scanned:
        return Content("")
    changeable = [scanned for scanned in inventory.scanned if not scanned.jar.read_only]
    if not changeable:
        return Content.styled("only read: nothing here can be deleted by this program", QUIET)
    busy = [s for s in changeable if s.usage.activity is not Activity.CLOSED]
    if not busy:
        brands = sorted({scanned.profile.brand for scanned in changeable})
        verb = "is" if len(brands) == 1 else "are"
        return Content.styled(f"{signs.done} {' and '.join(brands)} {verb} closed", "$success")
    brand = busy[0].profile.brand
    running = busy[0].usage.activity is Activity.RUNNING
    state = "is running: close it to delete" if running else "may be running: close it to delete"
    return Content.styled(f"{signs.warning} {brand} {state}", "$warning")


def why_empty(selection: Selection, inventory: Inventory | None) -> tuple[str, ...]:
    """Why there is nothing to list, and what to do; nothing if there is."""
    if inventory is None:
        return ("Reading the browsers...",)
    if not inventory.scanned:
        problems = [f"{each.message}; {each.hint}" for each in inventory.failures]
        return ("No profile can be read", *problems) if problems else NO_PROFILE
    if selection.lines:
        return ()
    return NOTHING_SHOWN if selection.filter else NO_COOKIES
