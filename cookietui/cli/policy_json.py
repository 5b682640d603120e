"""What is printed as JSON about policies and audits; keys never disappear, and unknown is null."""

from collections.abc import Iterable, Sequence

from cookietui.catalogue.importing.draft import Problem
from cookietui.cli.encoding import SCHEMA, Json
from cookietui.model.policy import Declaration, Policy
from cookietui.model.verdict import Declared, JudgedCookie
from cookietui.operations.auditing import Audit, Outliving, Present, WrongParty


def policies(listed: Iterable[tuple[Policy, bool]]) -> Json:
    """The output of ``policy list``; whether each is the person's own stands beside it."""
    return {
        "schema": SCHEMA,
        "policies": [
            {
                "name": each.name,
                "title": each.title,
                "source": each.source,
                "written": each.written.isoformat(),
                "site": _site(each),
                "declarations": len(each.declarations),
                "own": own,
                "trust": each.trust.value,
            }
            for each, own in listed
        ],
    }


def policy(each: Policy, problems: Sequence[Problem]) -> Json:
    """The output of ``policy show`` and ``policy import``."""
    return {
        "schema": SCHEMA,
        "name": each.name,
        "site": _site(each),
        "source": each.source,
        "declarations": [_declaration(declaration) for declaration in each.declarations],
        "problems": [{"line": problem.line, "text": problem.text} for problem in problems],
    }


def audit(found: Audit) -> Json:
    """The output of ``audit``."""
    best = found.policies[0] if found.policies else None
    return {
        "schema": SCHEMA,
        "site": found.site.host,
        "policy": best
        and {
            "name": best.name,
            "title": best.title,
            "source": best.source,
            "written": best.written.isoformat(),
        },
        "declared_and_present": [_present(each) for each in found.present],
        "declared_but_absent": [_declared(each) for each in found.absent],
        "undeclared": [_undeclared(each) for each in found.undeclared],
        "outlives_declaration": [_outliving(each) for each in found.outliving],
        "wrong_party": [_wrong_party(each) for each in found.wrong_party],
        "summary": {
            "cookies": len(found.cookies),
            "declared_and_present": len(found.present),
            "declared_but_absent": len(found.absent),
            "undeclared": len(found.undeclared),
            "outlives_declaration": len(found.outliving),
            "wrong_party": len(found.wrong_party),
            "consent_needed": len(found.needing_consent),
        },
    }


def _site(each: Policy) -> str | None:
    return each.hosts[0] if each.hosts else None


def _declaration(declaration: Declaration) -> Json:
    return {
        "pattern": declaration.pattern,
        "match": declaration.match.value,
        "provider": declaration.provider or None,
        "function": declaration.function or None,
        "purpose": declaration.purpose.value,
        "description": declaration.description or None,
        "lifetime": declaration.lifetime or None,
        "hosts": list(declaration.hosts),
        "party": declaration.party.value,
        "anonymised": declaration.anonymised,
    }


def _declared(each: Declared) -> Json:
    return {
        "pattern": each.declaration.pattern,
        "provider": each.provider,
        "purpose": each.declaration.purpose.value,
    }


def _present(each: Present) -> Json:
    return _declared(each.declared) | {
        "cookies": [judged.cookie.id for judged in each.cookies],
        "names": sorted({judged.cookie.name for judged in each.cookies}),
    }


def _which(each: JudgedCookie) -> Json:
    return {"id": each.cookie.id, "name": each.cookie.name, "host": each.cookie.host}


def _undeclared(each: JudgedCookie) -> Json:
    verdict = each.verdict
    return _which(each) | {
        "purpose": verdict.purpose.value,
        "basis": verdict.basis.value,
        "provider": verdict.declared.provider if verdict.declared else None,
        "suggestion": verdict.suggestion.value,
    }


def _outliving(each: Outliving) -> Json:
    return _which(each.judged) | {
        "pattern": each.declared.declaration.pattern,
        "declared_lifetime": each.declared.declaration.lifetime,
        "declared_seconds": each.declared_seconds,
        "actual_seconds": each.actual_seconds,
    }


def _wrong_party(each: WrongParty) -> Json:
    return _which(each.judged) | {
        "pattern": each.declared.declaration.pattern,
        "declared_party": each.declared.declaration.party.value,
        "actual_party": each.actual.value,
    }
