"""The fields of clauses: values, formats, gaps, problems, and nothing that could run."""

from datetime import date
from decimal import Decimal

import pytest

from contract_builder.assembly.context import Context
from contract_builder.assembly.expressions import FormatError, evaluate_expression, parse_field
from contract_builder.assembly.fields import FIELDS, one_line
from contract_builder.diagnostics import Problems
from contract_builder.model.establishment import (
    Address,
    Agency,
    HospitalGroup,
    NamedBody,
    RegionalPlan,
    Representative,
    University,
)
from contract_builder.model.profile import ChosenSheet
from contract_builder.source import Place, SourceFile
from tests.contract_samples import HOSTILE
from tests.profile_samples import (
    make_authorisation,
    make_campaign,
    make_capacity,
    make_context,
    make_funding,
    make_library,
    make_outline,
    make_profile,
)


def place_of(text: str) -> Place:
    line = f"Avant {{{{ {text} }}}} après."
    return Place(SourceFile.of_text("c.md", line), 1, 7, len(line) - 13)


def problems_of(text: str) -> Problems:
    problems: Problems = []
    assert parse_field(text, place_of(text), problems) is None
    return problems


def value_of(text: str, context: Context) -> str | tuple[str, str]:
    problems: Problems = []
    expression = parse_field(text, place_of(text), problems)
    assert problems == []
    assert expression is not None
    return evaluate_expression(expression, context)


def plain(text: str, context: Context) -> str:
    value = value_of(text, context)
    assert isinstance(value, str)
    return value.replace("\u00a0", " ")


FULL = make_context(
    make_profile(
        terms={"version": 2, "lieu_signature": "Exempleville", "date_demande": date(2024, 6, 15)},
        entity={
            "nom_court": "CH de Valmont",
            "produits_assurance_maladie": Decimal("1234567.89"),
            "adresse": Address(voie="1 rue A", code_postal="99100", commune="Valmont"),
            "representant": Representative(fonction="La directrice", qualite="représentante"),
            "universite": University(nom="Université", convention_date=date(2024, 1, 1)),
        },
        ars=Agency(
            nom="ARS",
            representant=Representative(
                fonction="Le directeur général", civilite_fonction="Monsieur le directeur général"
            ),
        ),
        prs=RegionalPlan(intitule="PRS", arrete_date=date(2023, 10, 30)),
        caisse_pivot=NamedBody(nom="CPAM"),
        tribunal=NamedBody(nom="tribunal administratif"),
        ght=HospitalGroup(nom="GHT", role="membre"),
        capacites=(make_capacity(2024, 1234),),
        autorisations=(make_authorisation(), make_authorisation("QA014")),
        fiches=(ChosenSheet(code="A", volet="x"), ChosenSheet(code="A", volet="y")),
        financements=(make_funding("a", {2025: "100.10", 2026: "-0.10"}),),
    ),
    make_library((make_campaign(objectifs_maximum=10),), (make_outline(),)),
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("contrat.code", "C1"),
        ("contrat.date_effet", "1er juillet 2025"),
        ("contrat.date_effet | date", "1er juillet 2025"),
        ("contrat.date_fin|date", "30 juin 2030"),
        ("contrat.date_effet | annee", "2025"),
        ("contrat.version", "2"),
        ("contrat.exemplaires", "2"),
        ("contrat.exemplaires_originaux", "2 exemplaires originaux, un pour chaque signataire"),
        ("contrat.mention_date_signature", "le " + "…" * 10),
        ("etablissement.departement_representant", "le président du conseil départemental"),
        ("etablissement.produits_assurance_maladie | montant", "1 234 567,89 €"),
        ("etablissement.produits_assurance_maladie | nombre", "1 234 567,89"),
        ("etablissement.produits_assurance_maladie", "1 234 567,89"),
        ("etablissement.lits", "1 234"),
        ("etablissement.lits | nombre", "1 234"),
        ("etablissement.adresse", "1 rue A, 99100 Valmont"),
        ("etablissement.representant", "la directrice"),
        ("etablissement.representant_fonction", "La directrice"),
        ("ars.representant", "Monsieur le directeur général"),
        ("ars.representant_fonction", "Le directeur général"),
        ("prs.arrete_date | date", "30 octobre 2023"),
        ("campagne.objectifs_maximum", "10"),
        ("nombre.autorisations", "2"),
        ("total.financements | montant", "100,00 €"),
        ("contrat.code ~ ' – ' ~ etablissement.nom_court", "C1 – CH de Valmont"),
        ("contrat.version + 1", "3"),
        ("'un' if contrat.version == 1 else 'plusieurs'", "plusieurs"),
    ],
)
def test_a_field_is_shown_as_french_readers_write_it(text: str, shown: str) -> None:
    assert plain(text, FULL) == shown


def test_five_years_and_their_middle_follow_from_the_dates() -> None:
    assert plain("contrat.duree_annees", FULL) == "5"
    assert plain("contrat.annee_debut", FULL) == "2025"
    assert plain("contrat.annee_fin", FULL) == "2030"
    assert plain("contrat.duree", FULL) == "5 ans"
    assert plain("contrat.date_evaluation_mi_parcours | date", FULL) == "31 décembre 2027"
    assert plain("contrat.date_limite_renouvellement | date", FULL).endswith("2029")


@pytest.mark.parametrize(
    ("start", "end", "duration", "years"),
    [
        (date(2019, 7, 1), date(2023, 12, 31), "4 ans et 6 mois", "4"),
        (date(2019, 7, 1), date(2024, 6, 29), "4 ans, 11 mois et 29 jours", "4"),
        (date(2019, 7, 1), date(2020, 6, 30), "1 an", "1"),
        (date(2020, 2, 29), date(2020, 2, 29), "1 jour", "0"),
    ],
)
def test_a_shorter_contract_says_its_exact_length(
    start: date, end: date, duration: str, years: str
) -> None:
    made = make_context(make_profile(terms={"date_effet": start, "date_fin": end}))
    assert plain("contrat.duree", made) == duration
    assert plain("contrat.duree_annees", made) == years


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_can_be_read_from_a_profile_without_anything(name: str) -> None:
    value = value_of(name, make_context(make_profile()))
    missing = (name, FIELDS[name].label)
    assert value == missing or (isinstance(value, str) and value)


@pytest.mark.parametrize(
    "name",
    [
        "caisse_pivot.nom",
        "prs.arrete_date",
        "ght.nom",
        "etablissement.lits",
        "etablissement.universite_convention_date",
        "contrat.lieu_signature",
        "campagne.objectifs_maximum",
    ],
)
def test_a_field_without_value_says_which_and_how_it_is_called(name: str) -> None:
    key, label = value_of(name, make_context(make_profile()))
    assert (key, label) == (name, FIELDS[name].label)


def test_a_missing_field_makes_the_whole_expression_missing() -> None:
    context = make_context(make_profile())
    assert value_of("contrat.code ~ ght.nom", context) == ("ght.nom", FIELDS["ght.nom"].label)


@pytest.mark.parametrize("form", ["", " | date", "|montant", "| nombre ", " | annee"])
@pytest.mark.parametrize("name", sorted(FIELDS))
def test_a_field_alone_is_what_it_is_in_a_longer_expression(name: str, form: str) -> None:
    alone, longer = (outcome(f"{text}{form}") for text in (name, f"({name})"))
    assert alone == longer


def outcome(text: str) -> object:
    """The value of an expression, or what is said against it."""
    try:
        return value_of(text, FULL)
    except FormatError as error:
        return str(error)


def test_a_filter_is_not_asked_about_a_missing_value() -> None:
    context = make_context(make_profile())
    assert isinstance(value_of("prs.arrete_date | date", context), tuple)


@pytest.mark.parametrize(
    ("text", "column", "near"),
    [
        ("contrat.date_fn | date", 10, "contrat.date_fin"),
        ("contrat.code ~ ght.nomm", 25, "ght.nom"),
        ("contrat", 10, "contrat.code"),
        ("Contrat.code", 10, "contrat.code"),
    ],
)
def test_an_unknown_field_is_told_at_its_column_with_near_names(
    text: str, column: int, near: str
) -> None:
    (problem,) = problems_of(text)
    assert (problem.code, problem.place.column) == ("champ-inconnu", column)
    assert near in problem.hint


def test_every_unknown_field_of_an_expression_is_told() -> None:
    assert [p.code for p in problems_of("a.b ~ c.d ~ a.b")] == ["champ-inconnu"] * 2


@pytest.mark.parametrize(
    "text",
    ["", "12", "'texte'", "contrat.code |", "contrat.code | inconnu", "contrat.", "ght.nom }", "%"],
)
def test_what_is_no_expression_is_told_in_french(text: str) -> None:
    (problem,) = problems_of(text)
    assert problem.code == "champ-mal-forme"
    assert not any(word in problem.message for word in ("expected", "unexpected", "token"))


@pytest.mark.parametrize(
    "text",
    [
        "9 ** 9 ** 9 ** 9",
        "contrat.version * 10",
        "'a' * 1000000000",
        "contrat.code.upper()",
        "contrat['code']",
        "''.__class__.__mro__[1].__subclasses__()",
        "range(9)",
        "lipsum()",
        "[contrat.code]",
        "{'a': contrat.code}",
        "'%s' % contrat.code",
        "contrat.code is defined",
        "contrat.version // 2",
    ],
)
def test_an_expression_can_neither_call_nor_grow(text: str) -> None:
    assert [p.code for p in problems_of(text)] == ["champ-mal-forme"]


@pytest.mark.parametrize(
    "text", ["contrat.__class__", "contrat.code.__class__", "cycler.__init__", "self.x"]
)
def test_an_expression_reaches_nothing_but_the_fields(text: str) -> None:
    assert [p.code for p in problems_of(text)] == ["champ-inconnu"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("contrat.code | date", "date"),
        ("contrat.code | annee", "annee"),
        ("contrat.code | montant", "montant"),
        ("contrat.date_effet | nombre", "nombre"),
        ("contrat.code + 1", "opération"),
    ],
)
def test_a_format_that_does_not_suit_the_value_is_told_in_french(text: str, word: str) -> None:
    with pytest.raises(FormatError, match=word):
        value_of(text, FULL)


def test_a_value_is_never_read_as_an_expression() -> None:
    context = make_context(make_profile(entity={"raison_sociale": HOSTILE}))
    assert value_of("etablissement.raison_sociale", context) == HOSTILE
    trap = make_context(make_profile(entity={"raison_sociale": "{{ contrat.code }}"}))
    assert value_of("etablissement.raison_sociale", trap) == "{{ contrat.code }}"


@pytest.mark.parametrize(
    ("address", "line"),
    [
        (None, None),
        (Address(), None),
        (Address(commune="Valmont"), "Valmont"),
        (Address(voie="1 rue A", complement="BP 3", code_postal="99100", commune="Valmont"),
         "1 rue A, BP 3, 99100 Valmont"),
    ],
)  # fmt: skip
def test_an_address_stands_on_one_line(address: Address | None, line: str | None) -> None:
    assert one_line(address) == line
