"""What a form sends becomes the tree of the file; what was not touched stays as it was written."""

from collections.abc import Iterator

import pytest
from django.http import QueryDict

from contract_builder.reading.tree import Tree
from contract_builder.web.forms.bound import (
    Binder,
    Bound,
    BoundField,
    BoundPairs,
    BoundTable,
)
from contract_builder.web.forms.editing import place_in_form
from contract_builder.web.forms.fields import shape_of_key
from contract_builder.web.forms.posted import count_blank_lines, parse_posted

LINE: dict[str, Tree] = {
    "cle": "fir-1",
    "enveloppe": "FIR",
    "mode": "CNR",
    "libelle": "Soutien",
    "arrete": {"numero": "2025-1"},
    "montants": {"2025": "19741.00", "2026": "19 741,00"},
    "remarque": "une clé que le formulaire ne montre pas",
}


def iter_fields(bound: Bound) -> Iterator[BoundField]:
    """Every control of a form, in order."""
    if isinstance(bound, BoundField):
        yield bound
        return
    parts = bound.parts if not isinstance(bound, BoundTable) else ()
    if isinstance(bound, BoundTable):
        parts = tuple(part for line in bound.lines for part in line.parts)
    elif isinstance(bound, BoundPairs):
        parts = tuple(part for _, part in bound.parts)
    for part in parts:
        yield from iter_fields(part)


def form_of(key: str, tree: Tree) -> dict[str, list[str]]:
    """What a browser sends of a form that nobody touched."""
    sent: dict[str, list[str]] = {}
    bound = Binder({}, {}, (2025, 2026, 2027)).bind(shape_of_key(key), tree)
    for field in iter_fields(bound):
        sent[field.name] = list(field.chosen) if field.kind == "mots" else [field.value]
    lines = tree if isinstance(tree, list) else []
    sent[f"{key}._lignes"] = [str(rank) for rank, _ in enumerate(lines)]
    for rank, line in enumerate(lines):
        sent[f"{key}.{rank}._rang"] = [str(rank)]
        if isinstance(line, dict) and "montants" in line:
            sent[f"{key}.{rank}.montants._noms"] = ["2025", "2026", "2027"]
    return sent


def post(sent: dict[str, list[str]]) -> QueryDict:
    posted = QueryDict(mutable=True)
    for name, values in sent.items():
        posted.setlist(name, values)
    return posted


def read_back(key: str, tree: Tree, **changes: list[str]) -> Tree | None:
    sent = {**form_of(key, tree), **changes}
    return parse_posted(shape_of_key(key), post(sent), tree)


@pytest.fixture(autouse=True)
def _configured(settings_of_forms):
    """``QueryDict`` asks the settings for the encoding."""


def test_an_untouched_form_changes_nothing():
    assert read_back("financements", [LINE]) == [LINE]


def test_an_amount_is_read_in_french_notation():
    changed = read_back(
        "financements", [LINE], **{"financements.0.montants.2027": ["1 234 567,80 €"]}
    )
    assert changed[0]["montants"] == {**LINE["montants"], "2027": "1234567.80"}


def test_an_amount_that_cannot_be_understood_stays_as_typed():
    changed = read_back("financements", [LINE], **{"financements.0.montants.2027": ["environ 3"]})
    assert changed[0]["montants"]["2027"] == "environ 3"


def test_a_line_that_is_no_longer_sent_is_removed():
    other = {**LINE, "cle": "fir-2"}
    assert read_back("financements", [LINE, other], **{"financements._lignes": ["1"]}) == [other]


def test_lines_come_in_the_order_of_the_form():
    other = {**LINE, "cle": "fir-2"}
    changed = read_back("financements", [LINE, other], **{"financements._lignes": ["1", "0"]})
    assert [line["cle"] for line in changed] == ["fir-2", "fir-1"]


def test_a_date_is_read_as_people_write_it():
    tree = {"code": "990000010AA", "date_effet": "2025-07-01"}
    changed = read_back("contrat", tree, **{"contrat.date_demande": ["15/06/2024"]})
    assert changed == {**tree, "date_demande": "2024-06-15"}


def test_a_blank_field_that_the_file_does_not_have_adds_nothing():
    tree = {"code": "990000010AA", "date_effet": "2025-07-01"}
    assert read_back("contrat", tree) == tree


def test_a_value_that_is_cleared_leaves_its_key():
    tree = {"code": "990000010AA", "date_effet": "2025-07-01", "lieu_signature": "Exempleville"}
    changed = read_back("contrat", tree, **{"contrat.lieu_signature": [""]})
    assert changed == {**tree, "lieu_signature": ""}


@pytest.mark.parametrize("text", ["<script>", "a: b", "« » é 𝔸", "=1+1", "{{ x }}"])
def test_any_text_comes_back_as_it_was_typed(text):
    tree = {"code": "990000010AA", "date_effet": "2025-07-01"}
    changed = read_back("contrat", tree, **{"contrat.lieu_signature": [text]})
    assert changed["lieu_signature"] == text


def test_texts_of_a_list_stand_one_a_line():
    mission = {"nature": "MIG", "intitule": "SAMU", "references": ["CSP L6112-1"]}
    changed = read_back(
        "missions", [mission], **{"missions.0.references": ["CSP L6112-1\r\n CSP L6112-2 \r\n"]}
    )
    assert changed[0]["references"] == ["CSP L6112-1", "CSP L6112-2"]


def test_a_text_of_several_paragraphs_keeps_them() -> None:
    (text,) = (part for part in shape_of_key("variantes").parts if part.key == "texte")
    typed = post({"texte": ["Un.\r\n\r\nDeux."]})
    assert text.control == "alineas"
    assert parse_posted(text, typed, "Un.\n") == "Un.\n\nDeux.\n"
    assert parse_posted(text, typed, "Un.\n\nDeux.\n") == "Un.\n\nDeux.\n"


BLANK: dict[str, Tree] = {
    "raison_sociale": "CH de Valmont",
    "representant": "",
    "deliberations": "",
    "activites_biologie": "",
    "telephone": "",
}


def test_a_key_that_says_nothing_keeps_its_way_of_saying_it():
    assert read_back("etablissement", BLANK) == BLANK
    empty: dict[str, Tree] = {**BLANK, "deliberations": [], "representant": {}}
    assert read_back("etablissement", empty) == empty


def test_words_that_are_all_unchecked_go_and_those_that_are_not_shown_stay():
    chosen: dict[str, Tree] = {**BLANK, "activites_biologie": ["amp"]}
    name = "etablissement.activites_biologie"
    unchecked = read_back("etablissement", chosen, **{name: [""]})
    assert unchecked["activites_biologie"] == []
    assert read_back("etablissement", chosen, **{name: []}) == chosen


@pytest.mark.parametrize("character", ["\0", "\x0b", "\u2028", "\ufeff", "\uffff"])
def test_a_character_that_no_file_may_hold_becomes_a_space(character):
    tree = {"code": "990000010AA", "date_effet": "2025-07-01"}
    typed = {"contrat.lieu_signature": [f"Ville{character}haute"]}
    assert read_back("contrat", tree, **typed)["lieu_signature"] == "Ville haute"


def test_a_form_of_one_field_leaves_the_lists_that_it_does_not_show():
    shape = shape_of_key("etablissement")
    before: dict[str, Tree] = {
        "nom_court": "Un",
        "deliberations": [{"instance": "directoire"}],
        "adresse": {"voie": "1 rue des Essais"},
    }
    sent = {"etablissement.nom_court": ["Deux"]}
    assert parse_posted(shape, post(sent), before) == {**before, "nom_court": "Deux"}


def test_a_list_whose_last_line_was_taken_away_is_emptied():
    sent = {"etablissement.deliberations._lignes": [""]}
    before: dict[str, Tree] = {"deliberations": [{"instance": "directoire"}]}
    assert parse_posted(shape_of_key("etablissement"), post(sent), before) == {"deliberations": []}


def test_lines_bear_their_rank_in_the_form_when_asked_and_blank_ones_none():
    sent = {
        "sites._lignes": ["", "0", "3", "1"],
        "sites.3.nom": ["Trois"],
        "sites.1.nom": ["Un"],
    }
    read = parse_posted(shape_of_key("sites"), post(sent), None, with_ranks=True)
    assert read == [{"nom": "Trois", "_rang": "3"}, {"nom": "Un", "_rang": "1"}]
    assert place_in_form({"sites": read}, "sites.1.nom") == "sites.1.nom"
    assert place_in_form({"sites": read}, "sites.0.nom") == "sites.3.nom"
    assert place_in_form({"sites": read}, "sites") == "sites"


@pytest.mark.parametrize(
    ("sent", "count"),
    [
        ("sites._lignes=&sites._lignes=0&sites.0._rang=0&sites.0.nom=Nord", 0),
        ("sites._lignes=0&sites._lignes=1&sites.0.nom=+&sites.1.adresse.voie=Rue&sites.1.nom=", 1),
        ("fiches._lignes=0&fiches.0.cibles._lignes=0&fiches.0.cibles.0.annee=2025", 0),
        ("fiches._lignes=0&fiches.0.code=A&fiches.0.cibles._lignes=0&fiches.0.cibles.0.annee=", 1),
        ("financements._lignes=0&financements.0.montants._noms=2025", 1),
        ("sites._lignes=x&nom=", 0),
    ],
)
def test_the_lines_that_say_nothing_are_counted(sent, count):
    assert count_blank_lines(QueryDict(sent).lists()) == count
