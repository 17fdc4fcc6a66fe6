"""The imported layer under an officer's file: line by line, and lines set aside."""

from pathlib import Path

from contract_builder.diagnostics import Problems
from contract_builder.profiles.layers import find_finess, imported_layer_path, merge_imported
from contract_builder.reading.tree import Tree, tree_of_node
from contract_builder.reading.yaml_nodes import MappingNode, Node, parse_yaml
from contract_builder.source import SourceFile

IMPORTED = """\
etablissement: {finess_ej: "990000119", siren: "990000001", raison_sociale: HOPITAL}
sites:
  - {finess_et: "990000127", nom: UN}
  - {finess_et: "990000135", nom: DEUX}
financements:
  - {cle: fir, libelle: Ancien, montants: {2025: 1, 2026: 2}}
fiches:
  - {code: CPOM_OS_6, cibles: [{annee: 2025, texte: un}, {annee: 2026, texte: deux}]}
  - {code: CPOM_CT_3, volet: Pharmacie}
origines:
  sites: {fichier: a.xml, lignes: 3}
"""


def node(text: str, name: str = "profil.yaml") -> Node:
    problems: Problems = []
    found = parse_yaml(SourceFile.of_text(name, text), problems)
    assert problems == []
    assert found is not None
    return found


def merge(own: str) -> tuple[dict[str, Tree], Problems]:
    problems: Problems = []
    tree = tree_of_node(merge_imported(node(IMPORTED, "couche.yaml"), node(own), problems))
    assert isinstance(tree, dict)
    return tree, problems


def test_origins_are_no_part_of_the_profile() -> None:
    tree, problems = merge("contrat: {code: A}\n")
    assert problems == []
    assert list(tree) == ["etablissement", "sites", "financements", "fiches", "contrat"]


def test_groups_are_completed_and_a_blank_key_replaces_nothing() -> None:
    tree, _ = merge("etablissement: {raison_sociale: Hôpital, siren: }\n")
    assert tree["etablissement"] == {
        "finess_ej": "990000119",
        "siren": "990000001",
        "raison_sociale": "Hôpital",
    }


def test_a_line_with_the_same_key_is_completed_and_others_are_added() -> None:
    tree, _ = merge('sites:\n  - {finess_et: "990000143", nom: Trois}\n'
                    '  - {finess_et: "990000135", nom: Deux, categorie: "355"}\n')  # fmt: skip
    assert tree["sites"] == [
        {"finess_et": "990000127", "nom": "UN"},
        {"finess_et": "990000135", "nom": "Deux", "categorie": "355"},
        {"finess_et": "990000143", "nom": "Trois"},
    ]


def test_amounts_and_targets_are_merged_year_by_year() -> None:
    tree, _ = merge(
        "financements: [{cle: fir, libelle: Nouveau, montants: {2026: 9}}]\n"
        "fiches: [{code: CPOM_OS_6, deja_engage: oui, cibles: [{annee: 2026, texte: négocié}]}]\n"
    )
    assert tree["financements"] == [
        {"cle": "fir", "libelle": "Nouveau", "montants": {"2025": "1", "2026": "9"}}
    ]
    fiches = tree["fiches"]
    assert isinstance(fiches, list)
    assert fiches[0] == {
        "code": "CPOM_OS_6",
        "cibles": [{"annee": "2025", "texte": "un"}, {"annee": "2026", "texte": "négocié"}],
        "deja_engage": "oui",
    }


def test_an_authorisation_without_number_is_known_by_its_codes_and_site() -> None:
    codes = {"activite": "QA001", "modalite": "MO000", "mention": "ME000", "pts": "PTS00"}
    full = {"numero_arhgos": "99-1", **codes, "declaration": "DE015", "finess_et": "990000127"}
    line = ", ".join(f'{key}: "{value}"' for key, value in full.items())
    own = ", ".join(f'{key}: "{value}"' for key, value in full.items() if key != "numero_arhgos")
    merged = merge_imported(
        node(f"autorisations: [{{{line}, statut: '01'}}]\n"),
        node(f"autorisations: [{{{own}, statut: '02'}}]\n"),
        [],
    )
    assert tree_of_node(merged) == {"autorisations": [{**full, "statut": "02"}]}


def test_one_line_may_be_written_without_the_list() -> None:
    tree, _ = merge('sites: {finess_et: "990000127", nom: Un}\n')
    sites = tree["sites"]
    assert isinstance(sites, list)
    assert sites[0] == {"finess_et": "990000127", "nom": "Un"}
    assert len(sites) == 2


def test_a_sheet_with_another_part_is_another_line() -> None:
    tree, _ = merge("fiches: [{code: CPOM_CT_3, volet: Biologie}]\n")
    fiches = tree["fiches"]
    assert isinstance(fiches, list)
    assert len(fiches) == 3


def test_lines_are_set_aside_by_key() -> None:
    tree, problems = merge('ecarter: {sites: ["990000127"], fiches: CPOM_CT_3/Pharmacie}\n')
    assert problems == []
    assert tree["sites"] == [{"finess_et": "990000135", "nom": "DEUX"}]
    fiches = tree["fiches"]
    assert isinstance(fiches, list)
    assert len(fiches) == 1
    assert "ecarter" not in tree


def test_a_whole_imported_list_is_set_aside_for_ones_own() -> None:
    tree, problems = merge('ecarter: {sites: tous}\nsites: [{finess_et: "990000143", nom: Mien}]\n')
    assert problems == []
    assert tree["sites"] == [{"finess_et": "990000143", "nom": "Mien"}]


def test_what_is_set_aside_must_exist() -> None:
    _, problems = merge('ecarter:\n  sites: ["990000128"]\n  fichas: tous\n')
    assert [(problem.code, problem.place.line) for problem in problems] == [
        ("ecart-sans-objet", 2),
        ("cle-inconnue", 3),
    ]
    assert "990000127" in problems[0].hint
    _, problems = merge("ecarter: sites\n")
    assert [problem.code for problem in problems] == ["valeur-inattendue"]


def test_each_value_keeps_the_place_of_its_layer() -> None:
    merged = merge_imported(
        node(IMPORTED, "couche.yaml"), node("etablissement: {raison_sociale: Hôpital}\n"), []
    )
    assert isinstance(merged, MappingNode)
    entity = merged.entries["etablissement"].value
    assert isinstance(entity, MappingNode)
    assert entity.entries["siren"].value.place.file == "couche.yaml"
    assert entity.entries["raison_sociale"].value.place.file == "profil.yaml"


def test_only_a_finess_number_leads_to_a_layer(tmp_path: Path) -> None:
    assert imported_layer_path(tmp_path, "../../secret") is None
    assert imported_layer_path(tmp_path, "") is None
    path = imported_layer_path(tmp_path, "990000119")
    assert path == tmp_path / "_imports" / "990000119.yaml"


def test_the_number_is_found_in_the_establishment() -> None:
    assert find_finess(node(IMPORTED)) == "990000119"
    assert find_finess(node("- liste\n")) == ""
    assert find_finess(node("etablissement: {finess_ej: [1]}\n")) == ""
