"""What a reader has to know to read a report rightly."""

from collections.abc import Iterable, Iterator

from cookietui.model.policy import Kind, Policy
from cookietui.operations.reporting.blocks import Paragraph, Section, Table


def words(kinds: dict[str, Kind]) -> Section:
    """Say what the four kinds of cookie are."""
    rows = tuple(((each.title,), (each.meaning,), (each.consent_note,)) for each in kinds.values())
    table = Table("The four kinds of cookie", ("Kind", "What it is", "Consent"), rows)
    return Section("words", "What the words mean", (table,))


def notes(policies: Iterable[Policy]) -> Section:
    """Say what the report can tell and what it cannot."""
    paragraphs = tuple(map(Paragraph, _sentences([policy.title for policy in policies])))
    return Section("reading", "How to read this", paragraphs)


def _sentences(titles: list[str]) -> Iterator[str]:
    yield (
        "Values: the value of a cookie is never in this report. None was needed to make it, and"
        " nothing went over a network."
    )
    whose = f"the site's own policy ({', '.join(titles)}), " if titles else ""
    yield (
        f"Consent: whether it is needed is told according to {whose}known providers and the kinds"
        " above. The law differs between countries, and this is no legal advice."
    )
    yield (
        "Purpose: it is what you, the site's policy or a known provider says. Where nobody does,"
        " it is concluded from the cookie's attributes, and where these do not tell, it is unknown."
    )
    yield (
        "Absence: this is what these browser profiles held at that moment. A cookie that is"
        " declared and not there may be set on another page, or for another visitor."
    )
    yield (
        "Reach: these are the site's own cookies, and those of others that the browser keeps apart"
        " under it. Cookies of others that are not kept apart do not tell on which sites they were"
        " set, and are not counted."
    )
