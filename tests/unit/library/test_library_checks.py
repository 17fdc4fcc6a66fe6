"""The checks on what the parts of a library mean together, each on the smallest library."""

import pytest

from contract_builder.library.checks import check_library
from tests.unit.library.sound_library import REGISTRY, SHEET, SOUND, changed, clause


def test_a_sound_library_has_no_problem(problems_of):
    assert problems_of({}) == []


# Clauses


CORPS = "clause_library/corps"


def test_two_versions_in_force_on_one_day_are_told_at_the_later_one(problems_of):
    later = {f"{CORPS}/objet@2020-01-01.md": clause(start="2020-01-01")}
    assert problems_of(later) == [f"{CORPS}/objet@2020-01-01.md:4:16 versions-en-conflit"]


def test_versions_that_follow_each_other_by_a_day_are_no_problem(problems_of):
    files = {
        f"{CORPS}/objet.md": clause(end="2019-12-31"),
        f"{CORPS}/objet@2020-01-01.md": clause(start="2020-01-01"),
    }
    assert problems_of(files) == []


def test_versions_that_share_their_last_and_first_day_are_told(problems_of):
    files = {
        f"{CORPS}/objet.md": clause(end="2020-01-01"),
        f"{CORPS}/objet@2020-01-01.md": clause(start="2020-01-01"),
    }
    assert problems_of(files) == [f"{CORPS}/objet@2020-01-01.md:4:16 versions-en-conflit"]


def test_a_long_version_conflicts_with_a_later_one_past_a_short_one(problems_of):
    files = {
        f"{CORPS}/objet@2019-01-01.md": clause(start="2019-01-01", end="2019-02-01"),
        f"{CORPS}/objet@2020-01-01.md": clause(start="2020-01-01"),
    }
    assert problems_of(files) == [
        f"{CORPS}/objet@2019-01-01.md:4:16 versions-en-conflit",
        f"{CORPS}/objet@2020-01-01.md:4:16 versions-en-conflit",
    ]


def test_a_clause_that_ends_before_it_begins_is_told(problems_of):
    files = {f"{CORPS}/objet.md": clause(end="2017-12-31")}
    assert problems_of(files) == [f"{CORPS}/objet.md:5:16 dates-inversees"]


def test_a_clause_in_no_outline_is_told(problems_of):
    files = {f"{CORPS}/seule.md": clause("seule")}
    assert problems_of(files) == [f"{CORPS}/seule.md:2:5 clause-inutilisee"]


def test_a_misshapen_identifier_is_told(problems_of):
    files = {
        f"{CORPS}/Objet_1.md": clause("Objet_1"),
        **changed("clause_library/outlines/etablissement.yaml", "[objet]", "[objet, Objet_1]"),
        **changed("clause_library/campagnes/region.yaml", "id: region", "id: Région"),
    }
    told = [line for line in problems_of(files) if line.endswith("identifiant-mal-forme")]
    assert told == [
        f"{CORPS}/Objet_1.md:2:5 identifiant-mal-forme",
        "clause_library/campagnes/region.yaml:1:5 identifiant-mal-forme",
    ]


# Outlines, campaigns, coverage lists


PLAN = "clause_library/outlines/etablissement.yaml"


def test_an_outline_that_names_an_unknown_clause_is_told_at_that_name(problems_of):
    files = changed(PLAN, "clauses: []", "clauses: [objet, objte]")
    assert problems_of(files) == [
        f"{PLAN}:6:66 clause-inconnue",
    ]


def test_two_parts_with_one_name_are_told(problems_of):
    assert problems_of(changed(PLAN, "id: annexe", "id: objet")) == [
        f"{PLAN}:6:26 identifiant-en-double"
    ]


def test_a_part_may_bear_the_name_of_its_only_clause_but_not_of_one_of_two(problems_of):
    files = {
        f"{CORPS}/duree.md": clause("duree"),
        **changed(PLAN, "[objet]", "[objet, duree]"),
    }
    assert problems_of(files) == [f"{PLAN}:5:27 identifiant-en-double"]


def test_an_outline_or_an_entry_that_ends_before_it_begins_is_told(problems_of):
    entry = "titre: Annexe, en_vigueur_du: 2025-01-01, en_vigueur_au: 2024-12-31,"
    assert problems_of(changed(PLAN, "titre: Annexe,", entry)) == [f"{PLAN}:6:91 dates-inversees"]
    files = changed(PLAN, "2018-01-01\n", "2018-01-01\nen_vigueur_au: 2017-01-01\n")
    assert problems_of(files) == [f"{PLAN}:4:16 dates-inversees"]


CAMPAGNE = "clause_library/campagnes/region.yaml"


def test_a_campaign_of_an_unknown_type_or_with_unknown_sheets_is_told(problems_of):
    assert problems_of(changed(CAMPAGNE, "type: etablissement", "type: titulaire")) == [
        f"{CAMPAGNE}:3:7 plan-inconnu"
    ]
    assert problems_of(changed(CAMPAGNE, "fiches: region", "fiches: regions")) == [
        f"{CAMPAGNE}:6:9 catalogue-inconnu"
    ]


def test_two_categories_with_one_name_are_told(problems_of):
    twice = "{id: grands, libelle: Grands, si: toujours}"
    files = changed(CAMPAGNE, twice, f"{twice}\n  - {twice}")
    assert problems_of(files) == [f"{CAMPAGNE}:9:10 identifiant-en-double"]


COVERAGE = """\
source: {{document: {0}}}
type: {1}
elements:
  - {{id: un, intitule: Un, porte_par: [{2}]}}
"""
COUVERTURE = "clause_library/couvertures/liste.yaml"


def test_a_coverage_carried_by_clauses_and_parts_of_its_outline_is_no_problem(problems_of):
    files = {COUVERTURE: COVERAGE.format("fiches", "etablissement", "objet, annexe")}
    assert problems_of(files) == []


@pytest.mark.parametrize(
    ("document", "kind", "carriers", "problem"),
    [
        ("fiches", "etablissement", "objet, anexe", "4:47 porteur-inconnu"),
        ("fiches", "titulaire", "objet", "2:7 plan-inconnu"),
        ("note", "etablissement", "objet", "1:20 document-inconnu"),
    ],
)
def test_a_coverage_that_counts_on_nothing_is_told(problems_of, document, kind, carriers, problem):
    files = {COUVERTURE: COVERAGE.format(document, kind, carriers)}
    assert problems_of(files) == [f"{COUVERTURE}:{problem}"]


# References


def test_a_source_document_that_is_not_described_is_told(problems_of):
    files = changed(SHEET, "document: fiches", "document: fiche")
    assert problems_of(files) == [f"{SHEET}:11:20 document-inconnu"]


def test_declared_references_are_told_when_misspelt_or_unknown(problems_of):
    header = "references:\n  - CSP L6114-1\n  - CSP L. 6114-2\n  - CSP L6114-11\n"
    files = {f"{CORPS}/objet.md": clause(header=header)}
    assert problems_of(files) == [
        f"{CORPS}/objet.md:8:5 reference-mal-formee",
        f"{CORPS}/objet.md:9:5 reference-inconnue",
    ]


def test_an_unknown_reference_is_likened_to_another_letter_or_code(load):
    files = {f"{CORPS}/objet.md": clause(header="references: [CSP R6114-1, CSS L6114-2]\n")}
    problems = check_library(load({**SOUND, **files}))
    assert [problem.hint for problem in problems] == [
        "vouliez-vous dire « CSP L6114-1 » ?",
        "vouliez-vous dire « CSP L6114-2 » ?",
    ]


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("{article: L6114-1, depuis: 2020-11-20, ", "7:32 references-en-conflit"),
        ("{article: L7, depuis: 2020-11-20, jusqu_au: 2020-11-19, ", "7:49 dates-inversees"),
        ("{article: L. 7, depuis: 2020-11-20, ", "7:15 reference-mal-formee"),
    ],
)
def test_a_registry_that_contradicts_itself_is_told(problems_of, entry, problem):
    rest = "objet: Autre, statut: en_vigueur, verifie_le: 2023-12-06}\n"
    files = {"clause_library/references/csp.yaml": f"{REGISTRY}  - {entry}{rest}"}
    expected = f"clause_library/references/csp.yaml:{problem}"
    assert problems_of(files) == [expected]


def test_a_citation_absent_from_the_front_matter_is_told_once(problems_of):
    text = "Voir l’article L. 6114-1 du CSP,\npuis l’article L. 6114-2, puis l’article L. 6114-2."
    files = {f"{CORPS}/objet.md": clause(header="references: [CSP L6114-1]\n", text=text)}
    assert problems_of(files) == [f"{CORPS}/objet.md:10:16 citation-non-declaree"]


def test_the_only_declared_code_is_that_of_articles_cited_without_code(problems_of):
    text = "Voir l’article L. 6114-1."
    files = {f"{CORPS}/objet.md": clause(header="references: [CSP L6114-1]\n", text=text)}
    assert problems_of(files) == []


def test_a_citation_whose_code_cannot_be_told_is_told(problems_of):
    files = {f"{CORPS}/objet.md": clause(text="Voir l’article L. 6114-1.")}
    assert problems_of(files) == [f"{CORPS}/objet.md:8:16 citation-sans-code"]


def test_a_range_is_declared_by_its_two_ends(problems_of):
    text = "Voir les articles L. 6114-1 à L. 6114-2 du CSP."

    def files(references):
        return {f"{CORPS}/objet.md": clause(header=f"references: [{references}]\n", text=text)}

    assert problems_of(files("CSP L6114-1, CSP L6114-2")) == []
    assert problems_of(files("CSP L6114-1")) == [f"{CORPS}/objet.md:9:19 citation-non-declaree"]


def test_the_printed_texts_of_a_sheet_are_read_but_not_its_policy_references(problems_of):
    practice = (
        "bonnes_pratiques:\n  - Tenir la convention\n  - Suivre le décret n° 2023-1374\n"
        "politiques:\n  - Loi n° 2021-502 du 21 avril 2021\nsource:"
    )
    files = changed(SHEET, "source:", practice)
    assert problems_of(files) == [f"{SHEET}:13:15 citation-non-declaree"]


# Notes


def test_points_to_verify_and_remarks_are_notes(load):
    files = {
        f"{CORPS}/objet.md": clause(header="a_verifier: Le seuil.\n"),
        **changed(SHEET, "source:", "remarques:\n  - {texte: Le total est absurde.}\nsource:"),
        "clause_library/references/css.yaml": (
            "code: CSS\nintitule: Code\netat_au: 2026-03-14\nreferences:\n"
            "  - {article: L1, objet: O, statut: en_vigueur, depuis: 2010-01-01, "
            "verifie_le: 2026-03-14, a_verifier: Relire.}\n"
        ),
    }
    problems = check_library(load({**SOUND, **files}))
    assert [(problem.severity, problem.code, problem.message) for problem in problems] == [
        ("note", "a-verifier", "À vérifier : Le seuil."),
        ("note", "a-verifier", "À vérifier : CSS L1, Relire."),
        ("note", "remarque-source", "F_1 : Le total est absurde."),
    ]
