"""What people read about policies and audits: tables and sentences."""

from collections import Counter
from collections.abc import Iterable

from cookietui.cli.output import Cell, Output
from cookietui.judging.explain import basis, duration, provider, remaining
from cookietui.model.cookie import MICROSECONDS
from cookietui.model.policy import Match, Party, Policy
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.auditing import Audit
from cookietui.text import plural


def policies(output: Output, listed: Iterable[tuple[Policy, bool]]) -> None:
    """Print a line for each policy."""
    rows = [
        (
            each.name,
            each.title,
            each.hosts[0] if each.hosts else "",
            str(len(each.declarations)),
            Cell("yours" if own else "built in", quiet=not own),
            each.written.isoformat(),
        )
        for each, own in listed
    ]
    output.table(("Name", "Title", "Site", "Declares", "From", "Written"), rows, ("Written",))


def policy(output: Output, each: Policy) -> None:
    """Print what a policy declares."""
    output.table(
        ("Pattern", "Match", "Purpose", "Provider", "Lifetime", "Party", "Hosts", "Description"),
        [
            (
                one.pattern,
                "" if one.match is Match.EXACT else one.match.value,
                Cell(one.purpose.value, one.purpose),
                one.provider,
                one.lifetime,
                "" if one.party is Party.UNKNOWN else one.party.value,
                ", ".join(one.hosts),
                one.description,
            )
            for one in each.declarations
        ],
        ("Hosts", "Party", "Match", "Provider"),
    )


def audit(output: Output, found: Audit, now: int) -> None:
    """Print a policy held against the cookies that are there."""
    for each in found.policies:
        output.line(
            f"Policy: {each.title} ({each.source}, written down {each.written.isoformat()})"
        )
    output.line(f"{found.site.host}: {plural(len(found.cookies), 'cookie')}")
    for title, rows in _sections(found, now):
        if rows:
            output.line()
            output.line(Cell(f"{title} ({len(rows)})", strong=True))
            # The same cookie in several profiles is told once.
            for row, count in Counter(rows).items():
                times = f"  in {count} places" if count > 1 else ""
                output.line("  " + "  ".join(cell for cell in row if cell) + times)
    good = not (found.undeclared or found.outliving or found.wrong_party)
    if found.policies and found.cookies and good:
        output.line()
        output.line("Every cookie that is there is declared, and none is otherwise than declared.")


def _sections(found: Audit, now: int) -> Iterable[tuple[str, list[tuple[str, ...]]]]:
    yield "Not declared by the site", [_known(each) for each in found.undeclared]
    yield (
        "Living longer than declared",
        [
            (
                *_which(each.judged),
                f"declared: {each.declared.declaration.lifetime},",
                f"left: {duration(each.actual_seconds * MICROSECONDS)}",
            )
            for each in found.outliving
        ],
    )
    yield (
        "Of another party than declared",
        [
            (
                *_which(each.judged),
                f"declared: {each.declared.declaration.party.value},",
                f"is: {each.actual.value}",
            )
            for each in found.wrong_party
        ],
    )
    yield (
        "There although consent is needed",
        [
            (*_which(each), each.verdict.purpose.value, remaining(each.cookie, now))
            for each in found.needing_consent
        ],
    )
    yield (
        "Declared and there",
        [
            (each.declared.declaration.pattern, each.declared.declaration.purpose.value)
            for each in found.present
        ],
    )
    yield (
        "Declared but not there",
        [(each.declaration.pattern, each.declaration.purpose.value) for each in found.absent],
    )


def _which(each: JudgedCookie) -> tuple[str, str]:
    return each.cookie.name, each.cookie.host


def _known(each: JudgedCookie) -> tuple[str, ...]:
    verdict = each.verdict
    who = f"{provider(verdict)}, " if verdict.declared else ""
    return (*_which(each), verdict.purpose.value, f"({who}{basis(verdict)})")
