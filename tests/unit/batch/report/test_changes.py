"""What changed since the last batch, in a few words."""

from typing import Any

import pytest

from contract_builder.batch.ledger_entry import FIRST
from contract_builder.batch.report.changes import NEW, NO_CHANGES, tell_changes
from contract_builder.batch.summary_json import parse_summary


def target(sheet: str, year: int, text: str) -> dict[str, Any]:
    return {"fiche": sheet, "volet": "", "categorie": "", "annee": year, "texte": text,
            "type": "nombre", "valeur": text, "origine": "fiche"}  # fmt: skip


BEFORE: dict[str, Any] = {
    "code": "C", "finess_ej": "990000010", "raison_sociale": "Hôpital", "type": "etablissement",
    "departement": "31", "categorie": "ch", "pages": None, "lacunes": 0, "avertissements": 0,
    "financements": {}, "references": [], "identite": "",
    "revendique": {"profil": "p", "du": "2025-07-01", "au": "2030-06-30",
                   "numeros": [["990000010", "p.yaml", 1, 1]]},
    "version": 1, "statut": "projet", "date_effet": "2025-07-01", "date_fin": "2030-06-30",
    "montants": {"fir-1 2025": "100.00", "fir-1 2026": "100.00"},
    "objectifs": ["F_1", "F_2"],
    "cibles": [target(sheet, year, "3") for sheet in ("F_1", "F_2") for year in (2025, 2026)],
    "autorisations": [{"cle": "A-1", "activite": "Médecine", "site": "990000028", "fin": None}],
    "textes": {"objet": ["Article 1", "aa"], "duree": ["Article 12", "bb"],
               "f-1": ["fiche F_1", "cc"], "f-2": ["fiche F_2", "dd"]},
}  # fmt: skip


def told_of(before: dict[str, Any], after: dict[str, Any]) -> str:
    return tell_changes(parse_summary(before), parse_summary(after))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, NO_CHANGES),
        ({"version": 2, "statut": "signe"}, "version 1 → 2, statut projet → signé"),
        ({"date_fin": "2031-06-30"}, "dates"),
        ({"montants": {"fir-1 2025": "120.00"}}, "2 montants"),
        ({"cibles": [target("F_1", 2025, "4"), *BEFORE["cibles"][1:]]}, "1 cible"),
        ({"objectifs": ["F_1"], "cibles": BEFORE["cibles"][:2],
          "textes": {key: BEFORE["textes"][key] for key in ("objet", "duree", "f-1")}},
         "1 fiche retirée"),
        ({"objectifs": ["F_1", "F_2", "F_3"],
          "cibles": [*BEFORE["cibles"], target("F_3", 2025, "1")],
          "textes": {**BEFORE["textes"], "f-3": ["fiche F_3", "ee"]}}, "1 fiche ajoutée"),
        ({"autorisations": []}, "1 autorisation"),
        ({"textes": {**BEFORE["textes"], "objet": ["Article 1", "zz"], "f-2": ["fiche F_2", "zz"]}},
         "article 1, fiche F_2"),
        ({"textes": {"objet": ["Article 1", "aa"], "duree": ["Article 11", "bb"],
                     "f-1": ["fiche F_1", "cc"], "f-2": ["fiche F_2", "dd"]}}, NO_CHANGES),
        ({"textes": {key: value for key, value in BEFORE["textes"].items() if key != "duree"}},
         "article 12 (retiré)"),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_told(changes: dict[str, Any], told: str) -> None:
    assert told_of(BEFORE, {**BEFORE, **changes}) == told


def test_what_matters_most_comes_first_and_a_long_list_of_parts_is_cut() -> None:
    parts = {f"p{n}": [f"Article {n}", "new"] for n in range(1, 8)}
    after = {**BEFORE, "montants": {"fir-1 2025": "1", "fir-1 2026": "100.00"}, "textes": parts}
    before = {**BEFORE, "textes": {key: [name, "old"] for key, (name, _) in parts.items()}}
    assert told_of(before, after) == (
        "1 montant, article 1, article 2, article 3, article 4, 3 autres parties"
    )


def test_a_first_contract_one_left_alone_and_one_of_another_program_are_told_apart() -> None:
    after = parse_summary(BEFORE)
    assert tell_changes(FIRST, after) == NEW
    assert tell_changes(None, after) == ""
    assert parse_summary({"version": 1}) is None, "what another program remembered is not told"
