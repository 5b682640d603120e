"""What is printed as JSON; keys never disappear, and unknown is null.

The shapes are documented in the README. ``schema`` changes only when a key changes its meaning.
"""

from datetime import UTC, datetime
from typing import Any

from cookietui.judging.findings import find
from cookietui.model.cookie import MICROSECONDS, Cookie, CookieKey
from cookietui.model.deletion import Failure, Plan, Receipt, Restoration, Status
from cookietui.model.policy import Purpose
from cookietui.model.profile import Profile
from cookietui.model.site import Site
from cookietui.model.verdict import JudgedCookie, Verdict
from cookietui.operations.inventory import Inventory, ScannedProfile, SiteCount
from cookietui.safety.backup import Backup
from cookietui.safety.events import Entry

SCHEMA = 1

Json = dict[str, Any]


def listing(
    site: Site | None,
    inventory: Inventory,
    judged: tuple[JudgedCookie, ...],
    values: dict[CookieKey, str],
) -> Json:
    """The output of ``list`` and ``explain``; values are null unless they were asked for."""
    return {
        "schema": SCHEMA,
        "site": site.host if site else None,
        "scanned_at": moment(inventory.at),
        "profiles": [profile(scanned) for scanned in inventory.scanned],
        "failures": [failure(each) for each in inventory.failures],
        "cookies": [
            cookie(each, inventory.at) | {"value": values.get(each.cookie.key)} for each in judged
        ],
    }


def profiles(inventory: Inventory) -> Json:
    """The output of ``profiles``."""
    return {
        "schema": SCHEMA,
        "profiles": [profile(scanned) for scanned in inventory.scanned],
    }


def sites(counts: tuple[SiteCount, ...], inventory: Inventory) -> Json:
    """The output of ``sites``."""
    return {
        "schema": SCHEMA,
        "sites": [
            {
                "site": count.site,
                "cookies": count.cookies,
                "necessary": count.purposes[Purpose.NECESSARY],
                "preferences": count.purposes[Purpose.PREFERENCES],
                "statistics": count.purposes[Purpose.STATISTICS],
                "marketing": count.purposes[Purpose.MARKETING],
                "unknown": count.purposes[Purpose.UNKNOWN],
                "removable": count.removable,
            }
            for count in counts
        ],
        "failures": [failure(each) for each in inventory.failures],
    }


def planned(plan: Plan, inventory: Inventory) -> Json:
    """The output of ``clean`` without ``--apply``."""
    receipt = Receipt(Status.PLANNED, None, plan.deleting, plan.keeping, plan.refused)
    return cleaned(receipt, inventory, applied=False)


def cleaned(receipt: Receipt, inventory: Inventory, *, applied: bool = True) -> Json:
    """The output of ``clean --apply``."""
    refused = (*inventory.failures, *receipt.refused)
    return {
        "schema": SCHEMA,
        "applied": applied,
        "status": receipt.status.value,
        "journal": receipt.journal,
        "deleted": [cookie(each, inventory.at) for each in receipt.deleted],
        "kept": [{"id": kept.cookie.id, "why": kept.why} for kept in receipt.keeping],
        "refused": [failure(each) for each in refused],
    }


def undone(restoration: Restoration) -> Json:
    """The output of ``undo``."""
    return {
        "schema": SCHEMA,
        "journal": restoration.journal,
        "status": restoration.status.value,
        "restored": restoration.restored,
        "skipped": [
            {"name": each.name, "host": each.host, "why": each.why} for each in restoration.skipped
        ],
    }


def history(entries: tuple[Entry, ...], backups: tuple[Backup, ...]) -> Json:
    """The output of ``history``."""
    return {
        "schema": SCHEMA,
        "entries": [
            {
                "id": entry.id,
                "at": moment(entry.at),
                "site": entry.site or None,
                "cookies": len(entry.rows),
                "status": entry.state,
                "profiles": [part.profile.id for part in entry.parts],
            }
            for entry in entries
        ],
        "backups": [
            {
                "at": moment(backup.at),
                "profile": backup.profile,
                "store": backup.store,
                "path": backup.path,
                "bytes": backup.size,
                "sha256": backup.sha256,
            }
            for backup in backups
        ],
    }


def profile(scanned: ScannedProfile) -> Json:
    """One profile."""
    who: Profile = scanned.profile
    return {
        "id": who.id,
        "browser": who.brand,
        "name": who.name,
        "path": str(who.folder),
        "family": who.family.value,
        "running": scanned.usage.running,
        "cookies": len(scanned.cookies),
    }


def failure(problem: Failure) -> Json:
    """One profile that could not be read or changed."""
    return {
        "profile": problem.profile,
        "error": problem.error,
        "message": problem.message,
        "hint": problem.hint,
    }


def cookie(judged: JudgedCookie, now: int) -> Json:
    """One cookie with its verdict."""
    return _attributes(judged.cookie) | _verdict(judged, now)


def moment(at: int | None) -> str | None:
    """A time in ISO 8601 and UTC; null if it is unknown or not a time that can be written so."""
    if at is None:
        return None
    try:
        time = datetime.fromtimestamp(at // MICROSECONDS, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return time.isoformat().replace("+00:00", "Z")


def _attributes(each: Cookie) -> Json:
    partition, container = each.partition, each.container
    return {
        "id": each.id,
        "profile": each.key.profile,
        "name": each.name,
        "host": each.host,
        "path": each.path,
        "host_only": each.host_only,
        "partition": partition and {"site": partition.site, "cross_site": partition.cross_site},
        "container": container and {"id": container.id, "name": container.name},
        "created": moment(each.created),
        "expires": moment(each.expires),
        "last_used": moment(each.last_used),
        "session": each.session,
        "secure": each.secure,
        "http_only": each.http_only,
        "same_site": each.same_site and each.same_site.value,
        "size": each.size,
        "encryption": each.encryption,
        "value": None,
    }


def _verdict(judged: JudgedCookie, now: int) -> Json:
    verdict: Verdict = judged.verdict
    declared = verdict.declared
    declaration = declared.declaration if declared else None
    return {
        "party": verdict.party.value,
        "type": verdict.kind.value,
        "purpose": verdict.purpose.value,
        "suggestion": verdict.suggestion.value,
        "basis": verdict.basis.value,
        "provider": declared.provider if declared else None,
        "function": (declaration.function or None) if declaration else None,
        "description": declaration.description if declaration else None,
        "consent": verdict.consent.value,
        "declared_lifetime": (declaration.lifetime or None) if declaration else None,
        "matched": declaration.pattern if declaration else None,
        "source": declared.policy.name if declared else None,
        "evidence": list(verdict.reasons),
        "disagreements": [
            {"source": other.policy.name, "purpose": other.declaration.purpose.value}
            for other in verdict.disagreements
        ],
        "findings": [
            {"code": finding.code, "level": finding.level.value, "text": finding.text}
            for finding in find(judged, now)
        ],
        "kept": verdict.kept,
    }
