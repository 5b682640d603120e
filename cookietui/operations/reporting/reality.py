"""The policy held against what is there."""

from cookietui.judging.explain import PURPOSE_MEANINGS, duration, provider
from cookietui.model.cookie import MICROSECONDS
from cookietui.model.policy import Kind
from cookietui.model.verdict import Declared, JudgedCookie
from cookietui.operations.auditing import Audit, Outliving, Present, WrongParty
from cookietui.operations.reporting.blocks import Cell, Name, Paragraph, Section, Sign, Table
from cookietui.operations.reporting.naming import names, ordered, who

_MANY = 12  # rows that only say that all is well
_ABOUT = "What the site declares, held against what the browser profiles hold."
_NO_POLICY = (
    "No policy of this site is known. What it declares, and whether it keeps to it, cannot be told;"
    " what providers and attributes tell is below."
)
_NOT_SAID = "not said"


def reality(audit: Audit, kinds: dict[str, Kind]) -> Section:
    """Hold the policy against what is there.

    Args:
        audit: What came of it.
        kinds: The four kinds of cookie, by name.
    """
    parts: tuple[Section, ...] = ()
    if audit.policies:
        parts = (
            _undeclared(audit.undeclared),
            _outliving(audit.outliving),
            _wrong_party(audit.wrong_party),
            _present(audit.present),
            _absent(audit.absent),
        )
    about = Paragraph(_ABOUT if audit.policies else _NO_POLICY, quiet=True)
    consent = _consent(audit.needing_consent, kinds)
    return Section("reality", "Policy against reality", (about,), (*parts, consent))


def _part(id_: str, title: str, none: str, table: Table) -> Section:
    block = table if table.rows else Paragraph(none)
    return Section(id_, title, (block,), count=len(table.rows))


def _undeclared(found: tuple[JudgedCookie, ...]) -> Section:
    table = Table(
        "Cookies of which the site's policy says nothing",
        ("Cookie", "Purpose", "Provider", "Known from elsewhere"),
        tuple(
            (who(each), (Sign(each.verdict.purpose),), (provider(each.verdict),), _elsewhere(each))
            for each in ordered(found)
        ),
    )
    return _part("undeclared", "There and not declared", "Every cookie is declared.", table)


def _elsewhere(each: JudgedCookie) -> Cell:
    verdict = each.verdict
    if verdict.declared is None:
        return verdict.reasons or ("Nothing.",)
    said = verdict.declared.declaration.description
    return (said or PURPOSE_MEANINGS[verdict.purpose], *verdict.reasons)


def _outliving(found: tuple[Outliving, ...]) -> Section:
    table = Table(
        "Cookies that will stay longer than the site declares",
        ("Cookie", "Declared", "Time left"),
        tuple(
            (who(each.judged), _declared_lifetime(each), (_seconds(each.actual_seconds),))
            for each in found
        ),
    )
    return _part("outliving", "Lives longer than declared", "No cookie does.", table)


def _declared_lifetime(each: Outliving) -> Cell:
    meant = _seconds(each.declared_seconds) if each.declared_seconds else "the session"
    return (each.declared.declaration.lifetime, f"taken for {meant}")


def _seconds(seconds: int) -> str:
    return duration(seconds * MICROSECONDS)


def _wrong_party(found: tuple[WrongParty, ...]) -> Section:
    table = Table(
        "Cookies of another party than the site declares",
        ("Cookie", "Declared", "Really"),
        tuple(
            (
                who(each.judged),
                (f"{each.declared.declaration.party.value} party",),
                (f"{each.actual.value} party",),
            )
            for each in found
        ),
    )
    return _part("party", "Of another party than declared", "No cookie is.", table)


def _present(found: tuple[Present, ...]) -> Section:
    table = Table(
        "Declarations of which at least one cookie is there",
        ("Declared", "Purpose", "What it does", "Lifetime", "Cookies there"),
        tuple((*_declaration(each.declared), (names(each.cookies),)) for each in found),
        folded=len(found) > _MANY,
    )
    return _part("present", "Declared and there", "No declared cookie is there.", table)


def _absent(found: tuple[Declared, ...]) -> Section:
    table = Table(
        "Declarations of which no cookie is there",
        ("Declared", "Purpose", "What it does", "Lifetime"),
        tuple(_declaration(each) for each in found),
        folded=len(found) > _MANY,
    )
    return _part("absent", "Declared and not there", "Every declared cookie is there.", table)


def _declaration(declared: Declared) -> tuple[Cell, ...]:
    declaration = declared.declaration
    return (
        (Name(declaration.pattern), declared.provider),
        (Sign(declaration.purpose),),
        (declaration.description or _NOT_SAID,),
        (declaration.lifetime or _NOT_SAID,),
    )


def _consent(found: tuple[JudgedCookie, ...], kinds: dict[str, Kind]) -> Section:
    table = Table(
        "Cookies that are there although consent is needed for them",
        ("Cookie", "Purpose", "Provider", "Kind and consent"),
        tuple(
            (
                who(each),
                (Sign(each.verdict.purpose),),
                (provider(each.verdict),),
                _kind(each, kinds),
            )
            for each in ordered(found)
        ),
    )
    return _part("consent", "Needs consent and is there", "No cookie does.", table)


def _kind(each: JudgedCookie, kinds: dict[str, Kind]) -> Cell:
    kind = kinds[each.verdict.kind.value]
    return (kind.title, kind.consent_note)
