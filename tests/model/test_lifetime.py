"""How long cookies live, as policies write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.model.lifetime import (
    leading_lifetime,
    says_lifetime,
    seconds_of,
    trailing_lifetime,
)

MINUTE, HOUR, DAY, WEEK = 60, 3_600, 86_400, 604_800
MONTH, YEAR = 2_629_800, 31_557_600


@pytest.mark.parametrize(
    ("texts", "seconds"),
    [
        ("2 years|2 Jahre|2 ans|2 años|2 jaar|2 lata|2 anos|2 anni|zwei Jahre|deux ans", 2 * YEAR),
        ("1 year|ein Jahr|un an|un año|een jaar|1 rok|um ano|un anno|1 y", YEAR),
        ("3 months|3 Monate|3 mois|3 meses|3 maanden|3 miesiące|três meses|3 mesi",
         3 * MONTH),
        ("30 days|30 Tage|30 jours|30 días|30 dagen|30 dni|30 dias|30 giorni|thirty days",
         30 * DAY),
        ("2 weeks|2 Wochen|2 semaines|2 semanas|2 weken|2 tygodnie|2 settimane", 2 * WEEK),
        ("24 hours|24 Stunden|24 heures|24 horas|24 uur|24 godziny|24 ore|24 hrs", 24 * HOUR),
        ("30 minutes|30 Minuten|30 minutos|30 minuten|30 minut|30 minuti|30min", 30 * MINUTE),
        ("90 seconds|90 Sekunden|90 secondes|90 segundos|90 seconden|90 sekund|90 secondi", 90),
        ("Session|Sitzung|sessie|sesja|sesión|sessão|sessione|until you close the browser", 0),
    ],
)  # fmt: skip
def test_a_lifetime_is_understood_in_every_language(texts: str, seconds: int) -> None:
    read = {text: seconds_of(text) for text in texts.split("|")}

    assert read == dict.fromkeys(texts.split("|"), seconds)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1 year 1 month 4 days", YEAR + MONTH + 4 * DAY),
        ("1 year and 1 month", YEAR + MONTH),
        ("30 minutes, up to 12 months", 12 * MONTH),
        ("1.5 years", round(1.5 * YEAR)),
        ("1,5 Jahre", round(1.5 * YEAR)),
        ("half a year", round(0.5 * YEAR)),
        ("session or 1 day", DAY),
    ],
)
def test_parts_add_up_and_the_longest_counts(text: str, seconds: int) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "Persistent", "never", "Google", "version 1.2.3", "9" * 300 + " days",
     "1 day " * 99]
)  # fmt: skip
def test_what_says_no_lifetime_has_none(text: str) -> None:
    assert seconds_of(text) is None


def test_a_cell_that_holds_hardly_anything_else_says_a_lifetime() -> None:
    assert says_lifetime("2 years")
    assert says_lifetime("expires after 2 years")
    assert says_lifetime("Persistent")
    assert not says_lifetime("Google")
    assert not says_lifetime("Keeps what you chose on your last visit for at least 2 years")


def test_a_lifetime_is_cut_from_either_end_of_a_text() -> None:
    assert leading_lifetime("2 years Counts visitors") == "2 years"
    assert leading_lifetime("up to 1 year 1 month Counts") == "up to 1 year 1 month"
    assert leading_lifetime("Session Keeps the basket") == "Session"
    assert leading_lifetime("Counts visitors for 2 years") == ""
    assert trailing_lifetime("Counts visitors 2 years") == "2 years"
    assert trailing_lifetime("Counts visitors") == ""


@given(st.text() | st.text(alphabet="0123456789 .,-daysmonth"))
def test_any_text_is_read_and_what_is_cut_stands_in_it(text: str) -> None:
    seconds = seconds_of(text)

    assert seconds is None or seconds >= 0
    assert text.lstrip().startswith(leading_lifetime(text))
    assert trailing_lifetime(text) in " ".join(text.split())
