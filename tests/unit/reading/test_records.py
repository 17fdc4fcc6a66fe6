"""Nodes → records: every supported type, unknown and missing keys, places of values."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

import pytest

from contract_builder.diagnostics import Problems
from contract_builder.frozen import dataclass
from contract_builder.model.condition import Condition
from contract_builder.model.condition import Test as FactTest
from contract_builder.model.record import Record
from contract_builder.model.scalar_types import Euros, FinessNumber
from contract_builder.reading.records import read_record, read_record_to_check
from contract_builder.reading.yaml_nodes import parse_yaml
from contract_builder.source import SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner(Record):
    nom: str
    rang: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything(Record):
    texte: str
    entier: int = 0
    nombre: Decimal | None = None
    jour: datetime.date | None = None
    oui: bool = False
    mot: Literal["un", "deux"] | None = None
    groupe: Inner | None = None
    textes: tuple[str, ...] = ()
    groupes: tuple[Inner, ...] = ()
    tableau: tuple[tuple[str, ...], ...] = ()
    par_annee: Mapping[int, Decimal] | None = None
    par_nom: Mapping[str, Inner] | None = None
    si: Condition | None = None


def read(text: str) -> tuple[Everything | None, Problems]:
    problems: Problems = []
    node = parse_yaml(SourceFile.of_text("f.yaml", text), problems)
    assert node is not None
    return read_record(Everything, node, problems), problems


def read_one(line: str) -> tuple[Everything, Problems]:
    record, problems = read(f"texte: x\n{line}\n")
    assert record is not None
    return record, problems


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("entier: 1 200", "entier", 1200),
        ("nombre: 12,5", "nombre", Decimal("12.5")),
        ("jour: 2025-07-01", "jour", datetime.date(2025, 7, 1)),
        ("oui: oui", "oui", True),
        ("mot: deux", "mot", "deux"),
        ("groupe: {nom: a, rang: 2}", "groupe", Inner(nom="a", rang=2)),
        ("textes: [010, NO]", "textes", ("010", "NO")),
        ("textes: seul", "textes", ("seul",)),
        ("textes: [a, '', b]", "textes", ("a", "b")),
        ("textes: []", "textes", ()),
        ("groupes: [{nom: a}, {nom: b}]", "groupes", (Inner(nom="a"), Inner(nom="b"))),
        ("tableau: [[a, b], [c]]", "tableau", (("a", "b"), ("c",))),
        ("par_annee: {2025: 1, 2026: }", "par_annee", {2025: Decimal(1)}),
        ("par_nom: {k: {nom: a}}", "par_nom", {"k": Inner(nom="a")}),
        ("si: {lits: {au_moins: 3}}", "si", FactTest("lits", "au_moins", Decimal(3))),
    ],
)
def test_each_type_of_value_is_read(line: str, key: str, value: object) -> None:
    record, problems = read_one(line)
    assert getattr(record, key) == value
    assert problems == []


@pytest.mark.parametrize(
    ("line", "key", "code"),
    [
        ("entier: 1,5", "entier", "valeur-inattendue"),
        ("entier: [1]", "entier", "valeur-inattendue"),
        ("nombre: beaucoup", "nombre", "valeur-inattendue"),
        ("jour: 31/06/2025", "jour", "valeur-inattendue"),
        ("jour: 11/03/25", "jour", "valeur-ambigue"),
        ("nombre: 12.500", "nombre", "valeur-ambigue"),
        ("oui: true", "oui", "valeur-inattendue"),
        ("mot: trois", "mot", "valeur-hors-liste"),
        ("mot: [un]", "mot", "valeur-inattendue"),
        ("groupe: a", "groupe", "valeur-inattendue"),
        ("groupe: {rang: 1}", "groupe", "cle-manquante"),
        ("par_nom: [a]", "par_nom", "valeur-inattendue"),
        ("si: parfois", "si", "valeur-inattendue"),
    ],
)
def test_a_value_of_another_kind_is_told_at_its_place_and_left_out(
    line: str, key: str, code: str
) -> None:
    record, problems = read_one(line)
    assert getattr(record, key) == getattr(Everything(texte="x"), key)
    assert [(p.code, p.place.line) for p in problems] == [(code, 2)]
    assert problems[0].place.column > len(key)


def test_a_wrong_item_leaves_its_list_without_it() -> None:
    record, problems = read_one("groupes: [{nom: a}, {rang: 1}, b, {nom: c}]")
    assert record.groupes == (Inner(nom="a"), Inner(nom="c"))
    assert [p.code for p in problems] == ["cle-manquante", "valeur-inattendue"]


@pytest.mark.parametrize("key", ["25", "20255", "an 2025", "2025-2026"])
def test_a_year_has_four_digits(key: str) -> None:
    record, problems = read_one(f"par_annee: {{{key}: 1, 2026: 2}}")
    assert record.par_annee == {2026: Decimal(2)}
    assert [p.code for p in problems] == ["valeur-inattendue"]


def test_an_unknown_key_is_told_with_near_names_and_does_not_stop_the_reading() -> None:
    record, problems = read_one("textess: a\nentier: 3")
    assert record.entier == 3
    assert [p.code for p in problems] == ["cle-inconnue"]
    assert problems[0].hint.startswith("vouliez-vous dire « textes »")


def test_the_places_of_a_record_are_not_keys() -> None:
    assert [p.code for p in read_one("place: ici\nvalue_places: là")[1]] == ["cle-inconnue"] * 2


@pytest.mark.parametrize("text", ["entier: 1", "texte:", "texte: ''", "texte: ~", "texte: [a]"])
def test_without_a_required_value_there_is_no_record(text: str) -> None:
    record, problems = read(text)
    assert record is None
    assert {p.code for p in problems} <= {"cle-manquante", "valeur-inattendue"}
    assert len(problems) == 1


def test_all_problems_of_a_record_are_told_at_once() -> None:
    record, problems = read("entier: x\nmot: y\ninconnu: z\ngroupe: {}")
    assert record is None
    assert sorted(p.code for p in problems) == [
        "cle-inconnue",
        "cle-manquante",
        "cle-manquante",
        "valeur-hors-liste",
        "valeur-inattendue",
    ]


def test_a_list_is_not_a_record() -> None:
    assert [p.code for p in read("- a")[1]] == ["valeur-inattendue"]


def test_a_record_knows_where_each_value_stands() -> None:
    record, _ = read_one("groupe: {nom: a}")
    assert str(record.place_of("groupe")) == "f.yaml:2:9"
    assert record.groupe is not None
    assert str(record.groupe.place_of("nom")) == "f.yaml:2:15"
    assert record.place_of("entier") == record.place


def test_places_do_not_make_two_records_differ() -> None:
    assert (
        read_one("entier: 3")[0]
        == read_one("\n\nentier:    3")[0]
        == Everything(texte="x", entier=3)
    )


def read_tolerantly(text: str) -> tuple[Everything | None, Problems]:
    problems: Problems = []
    node = parse_yaml(SourceFile.of_text("f.yaml", text), problems)
    assert node is not None
    return read_record_to_check(Everything, node, problems), problems


@pytest.mark.parametrize(
    ("text", "place"), [("entier: 3", "1:1"), ("entier: 3\ntexte:", "2:1"), ("texte: [a]", "1:8")]
)
def test_to_check_further_a_required_value_has_a_stand_in_at_the_place_of_its_problem(
    text: str, place: str
) -> None:
    record, problems = read_tolerantly(text)
    assert record is not None
    assert record.texte == ""
    assert str(record.place_of("texte")) == str(problems[0].place) == f"f.yaml:{place}"
    assert len(problems) == 1


def test_a_stand_in_reaches_the_lines_of_a_table_and_ends_with_the_reading() -> None:
    record, problems = read_tolerantly("texte: x\ngroupes: [{rang: 2}, {nom: b}]")
    assert record is not None
    assert [(item.nom, item.rang) for item in record.groupes] == [("", 2), ("b", 0)]
    assert [p.code for p in problems] == ["cle-manquante"]
    strict, _ = read("texte: x\ngroupes: [{rang: 2}, {nom: b}]")
    assert strict is not None
    assert [item.nom for item in strict.groupes] == ["b"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Money(Record):
    finess: FinessNumber
    montants: Mapping[int, Euros] | None = None


def read_money(text: str) -> tuple[Money | None, Problems]:
    problems: Problems = []
    node = parse_yaml(SourceFile.of_text("f.yaml", text), problems)
    assert node is not None
    return read_record(Money, node, problems), problems


def test_what_people_paste_is_read_in_a_profile_as_in_a_spreadsheet() -> None:
    record, problems = read_money("finess: 990 000 119\nmontants:\n  2026: 1 234 567,89 €\n")
    assert problems == []
    assert record is not None
    assert record.finess == "990000119"
    assert record.montants == {2026: Decimal("1234567.89")}


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("12.500", "valeur-ambigue"),
        ("1,250", "valeur-ambigue"),
        ("1234.567", "montant-trop-precis"),
    ],
)
def test_an_amount_with_three_decimals_is_a_question(amount: str, code: str) -> None:
    _, problems = read_money(f"finess: 990000119\nmontants:\n  2026: {amount}\n")
    assert [(p.code, p.severity) for p in problems] == [(code, "erreur")]
    assert (problems[0].place.line, problems[0].place.column) == (3, 9)


def test_a_comma_between_braces_does_not_change_an_amount_in_silence() -> None:
    _, problems = read_money("finess: 990000119\nmontants: {2026: 12500,50}")
    assert [p.code for p in problems] == ["virgule-entre-accolades"]
    assert "« 2026: 12500.50 »" in problems[0].hint


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("groupes:\n  - OS_6", "écrivez « - nom: OS_6 »."),
        ("groupes: [OS_6]", "écrivez « nom: OS_6 »."),
        ('groupes:\n  - "990000119"', 'écrivez « - nom: "990000119" ».'),
        ("groupe: a", "écrivez « nom: a »."),
    ],
)
def test_a_word_where_a_group_is_expected_is_shown_under_its_key(line: str, hint: str) -> None:
    _, problems = read_one(line)
    assert [(p.code, p.hint) for p in problems] == [("valeur-inattendue", hint)]
