"""The words of policies, in eight languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.catalogue.importing import words
from cookietui.catalogue.importing.words import Role
from cookietui.model.policy import Party, Purpose


@pytest.mark.parametrize(
    ("headings", "role"),
    [
        ("Name,Cookie name,Nom,Nombre,Naam,Nazwa,Nome,Bezeichnung", Role.NAME),
        ("Provider,Anbieter,Fournisseur,Proveedor,Aanbieder,Dostawca,Fornecedor,Fornitore,Set by",
         Role.PROVIDER),
        ("Duration,Speicherdauer,Durée,Duración,Bewaartermijn,Okres ważności,Validade,Scadenza",
         Role.LIFETIME),
        ("Purpose,Zweck,Finalité,Finalidad,Doel,Cel,Finalidade,Scopo", Role.DESCRIPTION),
        ("Category,Kategorie,Catégorie,Categoría,Categorie,Kategoria,Categoria", Role.CATEGORY),
        ("Type,Typ,Art,Soort,Rodzaj,Tipo,First or third party", Role.TYPE),
        ("Domain,Domaine,Dominio,Host", Role.HOST),
        ("Value,Wert,Privacy policy", Role.OTHER),
    ],
)  # fmt: skip
def test_headings_say_what_stands_below_them(headings: str, role: Role) -> None:
    assert {heading: words.role_of(heading) for heading in headings.split(",")} == dict.fromkeys(
        headings.split(","), role
    )


@pytest.mark.parametrize(
    "heading", ["", "_ga", "Our shop", "Name: _ga", "The name of the person who lives next door",
     "x" * 9_999]
)  # fmt: skip
def test_other_words_are_no_headings(heading: str) -> None:
    assert words.role_of(heading) is None


@pytest.mark.parametrize(
    ("texts", "purpose"),
    [
        ("Strictly necessary,Notwendig,Strictement nécessaires,Necesarias,Noodzakelijk,Niezbędne,"
         "Estritamente necessários,Necessari,Technical and analytics", Purpose.NECESSARY),
        ("Analytics,Statistik,Mesure d'audience,Estadísticas,Prestatie,Statystyczne,Analíticos,"
         "Statistici", Purpose.STATISTICS),
        ("Marketing,Werbung,Publicité,Publicidad,Reclame,Reklamowe,Publicidade,Pubblicità",
         Purpose.MARKETING),
        ("Preferences,Funktional,Fonctionnels,Funcionales,Voorkeuren,Funkcjonalne,Funcionais,"
         "Funzionali,Not necessary: functional", Purpose.PREFERENCES),
        ("Unclassified,Nicht klassifiziert,Non classés,Sin clasificar", Purpose.UNKNOWN),
        ("Cookies,Kontakt,Our shop", None),
    ],
)  # fmt: skip
def test_purposes_are_told_in_every_language(texts: str, purpose: Purpose | None) -> None:
    assert {text: words.purpose_of(text) for text in texts.split(",")} == dict.fromkeys(
        texts.split(","), purpose
    )


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Third-party", Party.THIRD),
        ("Drittanbieter", Party.THIRD),
        ("de terceros", Party.THIRD),
        ("First party", Party.FIRST),
        ("propias", Party.FIRST),
        ("eerste partij", Party.FIRST),
        ("first and third party", Party.UNKNOWN),
        ("HTTP", Party.UNKNOWN),
    ],
)
def test_a_party_is_told_only_if_one_is_named(text: str, party: Party) -> None:
    assert words.party_of(text) is party


def test_other_storage_is_no_cookie() -> None:
    told = (
        "Local Storage",
        "HTML5 storage",
        "sessionStorage",
        "IndexedDB",
        "Lokaler Speicher",
        "Pixel",
    )

    assert all(map(words.is_no_cookie, told))
    assert not any(map(words.is_no_cookie, ("HTTP", "Cookie", "Session", "1 year")))


def test_what_is_said_to_be_no_cookie_is_none() -> None:
    assert words.denies_cookie("This is not a cookie but a token")
    assert words.denies_cookie("Kein Cookie, sondern ein Token")
    assert not words.denies_cookie("Tells that no cookie may be set")


def test_only_what_is_said_to_be_anonymous_is() -> None:
    assert words.is_anonymous("IP addresses are anonymised")
    assert words.is_anonymous("Die Daten werden anonymisiert")
    assert not words.is_anonymous("Recognises a visitor")


def test_a_heading_that_can_only_be_that_of_names_is_told() -> None:
    assert words.surely_name("Cookie name")
    assert not words.surely_name("Name")


@given(st.text(), st.sampled_from([" ", "\u00a0", "\n", "\t"]))
def test_case_and_white_space_make_no_difference(text: str, blank: str) -> None:
    assert words.plain(f"{blank}{words.plain(text)}{blank}") == words.plain(words.plain(text))
