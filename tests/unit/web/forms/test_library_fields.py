"""The fields of a text of the library: shown, read back, never more than what was touched."""

import pytest

from contract_builder.reading.tree import Tree
from contract_builder.web.forms.library_fields import parse_text_fields, show_text_field
from contract_builder.web.forms.library_shapes import FieldLists, list_fields

CLAUSE: dict[str, Tree] = {
    "id": "duree",
    "titre": "Durée",
    "references": ["CSP L6114-1"],
    "source": {"document": "csp"},
}
SHEET: dict[str, Tree] = {
    "code": "DEMO_1",
    "intitule": "Un intitulé\nsur deux lignes",
    "cibles": [
        {
            "categorie": "tous",
            "valeurs": {"2025": {"texte": "≥ 2", "type": "seuil", "valeur": "2"}},
        }
    ],
}
LISTS = FieldLists({"csp": "Code de la santé publique"}, (("tous", "Tous"),), (2025, 2026))


def _sent(kind: str, tree: dict[str, Tree], **changed: str) -> dict[str, Tree]:
    """What comes of the form as it is shown, with some fields changed."""
    groups = list_fields(kind, tree, LISTS)
    sent = {
        f"champ.{field.path}": show_text_field(field, tree).replace("\n", "\r\n")
        for group in groups
        for field in group.iter_fields()
    }
    sent.update({f"champ.{path}": text for path, text in changed.items()})
    return parse_text_fields(groups, tree, sent)


@pytest.mark.parametrize(("kind", "tree"), [("clause", CLAUSE), ("fiche", SHEET)])
def test_a_form_that_nobody_touched_changes_nothing(kind: str, tree: dict[str, Tree]) -> None:
    assert _sent(kind, tree) == tree


def test_a_list_is_one_text_a_line_and_a_target_is_changed_in_its_cell() -> None:
    wanted = _sent("clause", CLAUSE, references="CSP L6114-1\r\n\r\n CSP L6114-2 ")
    assert wanted["references"] == ["CSP L6114-1", "CSP L6114-2"]
    path = "cibles.0.valeurs.2025"
    wanted = _sent("fiche", SHEET, **{f"{path}.texte": "≥ 3", f"{path}.valeur": "3"})
    (row,) = wanted["cibles"]
    assert isinstance(row, dict)
    assert row["valeurs"] == {"2025": {"texte": "≥ 3", "type": "seuil", "valeur": "3"}}
    assert SHEET["cibles"] != wanted["cibles"]


def test_a_source_without_document_is_taken_away_and_a_blank_is_not_added() -> None:
    assert "source" not in _sent("clause", CLAUSE, **{"source.document": ""})
    assert "a_verifier" not in _sent("clause", CLAUSE, a_verifier="  ")
    assert _sent("clause", CLAUSE, titre="")["titre"] == ""


def test_characters_that_files_refuse_become_spaces() -> None:
    assert _sent("clause", CLAUSE, titre="Du\x00rée")["titre"] == "Du rée"
