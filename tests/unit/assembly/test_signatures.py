"""Who signs what, when, and in how many originals."""

from datetime import date

import pytest

from contract_builder.assembly.context import Context
from contract_builder.assembly.cover import build_header
from contract_builder.assembly.fields import FIELDS
from contract_builder.assembly.tables.signatures import department_signature_table
from contract_builder.model.blocks import inline_text
from contract_builder.model.establishment import CalledParty, Representative
from contract_builder.model.french import is_feminine, with_article
from contract_builder.model.library import OutlineEntry
from tests.profile_samples import make_context, make_profile

ANNEX = OutlineEntry(
    partie="annexe", id="a8", titre="Soins de longue durée", numero="A8", signe_par="departement"
)
UNIVERSITY = CalledParty(
    nom="Université", representant="La présidente", clauses=("Recherche", "Enseignement")
)


def value(name: str, context: Context) -> str:
    return str(FIELDS[name].get(context)).replace("\u00a0", " ")


def context_of(**terms: object) -> Context:
    profile = make_profile(
        terms=terms,
        entity={"departement_cosignataire": "Département 99", "soins_longue_duree": True},
        appeles_au_contrat=(UNIVERSITY,),
    )
    context = make_context(profile)
    object.__setattr__(context, "annexes", (ANNEX,))
    return context


def test_whoever_signs_an_annex_alone_does_not_sign_the_contract() -> None:
    context = context_of()
    names = [item.organisation for item in build_header(context).signatories]
    assert names[2:] == ["Université"]
    assert "Département 99" not in names
    table = department_signature_table(context)
    assert table is not None
    assert inline_text(table.rows[0].cells[0].content).split("\n")[0] == "Département 99"
    assert [column.title for column in table.columns] == [
        "Signataire", "Nom et prénom", "Date", "Signature"
    ]  # fmt: skip


def test_a_body_called_for_some_clauses_signs_for_these() -> None:
    university = build_header(context_of()).signatories[2]
    assert university.scope.replace("\u00a0", " ") == "pour : Recherche ; Enseignement"


def test_there_are_as_many_originals_as_signatories_unless_said_otherwise() -> None:
    assert value("contrat.exemplaires_originaux", context_of()) == (
        "4 exemplaires originaux, un pour chaque signataire"
    )
    assert value("contrat.exemplaires_originaux", context_of(exemplaires=2)) == (
        "2 exemplaires originaux"
    )
    assert value("contrat.exemplaires_originaux", context_of(exemplaires=1)) == (
        "1 exemplaire original"
    )


def test_the_date_of_signature_stands_in_the_text_and_under_each_name() -> None:
    signed = context_of(date_signature=date(2025, 6, 24))
    assert value("contrat.mention_date_signature", signed) == "le 24 juin 2025"
    blanks = [item.blanks[1].replace("\u00a0", " ") for item in build_header(signed).signatories]
    assert blanks == ["Date : 24 juin 2025"] * 3


def test_name_date_and_signature_are_left_to_fill() -> None:
    (first, *_) = build_header(context_of()).signatories
    assert [line.replace("\u00a0", " ") for line in first.blanks] == [
        "Nom et prénom :", "Date :", "Signature :"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("function", "shown"),
    [
        ("La directrice générale", "la directrice générale"),
        ("Directrice générale", "la directrice générale"),
        ("Directeur général", "le directeur général"),
        ("Le président", "le président"),
        ("Secrétaire générale", "la secrétaire générale"),
        ("Secrétaire général", "le secrétaire général"),
        ("Administratrice provisoire", "l’administratrice provisoire"),
        ("Administrateur provisoire", "l’administrateur provisoire"),
        ("Gérante", "la gérante"),
        ("Cheffe d’établissement", "la cheffe d’établissement"),
        ("Madame la directrice", "madame la directrice"),
        ("DG", "le DG"),
    ],
)
def test_a_function_takes_the_article_of_its_gender(function: str, shown: str) -> None:
    assert with_article(function) == shown


def test_the_article_decides_before_the_word() -> None:
    assert not is_feminine("Le responsable légale")
    assert is_feminine("La cheffe")


def test_the_department_is_represented_as_the_profile_says() -> None:
    profile = make_profile(
        entity={
            "departement_cosignataire": "Département 99",
            "departement_representant": Representative(fonction="La présidente"),
        }
    )
    table = department_signature_table(make_context(profile))
    assert table is not None
    assert inline_text(table.rows[0].cells[0].content) == "Département 99\nLa présidente"
    assert value("etablissement.departement_representant", make_context(profile)) == "la présidente"
