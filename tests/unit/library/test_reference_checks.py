from datetime import date

import pytest

from contract_builder.library.reference_checks import check_references_at

REGISTRY = """\
code: CSP
intitule: Code de la santé publique
etat_au: 2023-12-06
references:
  - article: L6114-1
    objet: Contrat
    statut: en_vigueur
    depuis: 2010-01-01
    jusqu_au: 2020-11-19
    verifie_le: 2019-07-01
  - article: L6114-1
    objet: Contrat
    statut: en_vigueur
    depuis: 2020-11-20
    verifie_le: 2023-12-06
  - {article: L6114-2, objet: Objectifs, statut: en_vigueur, depuis: 2010-01-01, verifie_le: 2023-12-06}
  - {article: L6114-3, objet: Qualité, statut: en_vigueur, depuis: 2010-01-01, jusqu_au: 2020-11-19, verifie_le: 2019-07-01}
  - {article: L6114-3, objet: Qualité, statut: abroge, depuis: 2020-11-20, verifie_le: 2023-12-06}
  - {article: L6114-1-1, objet: Armées, statut: abroge, depuis: 2015-01-01, verifie_le: 2023-12-06}
  - {article: R6123-6-1, objet: Antenne, statut: en_vigueur, depuis: 2023-12-31, creation: oui, verifie_le: 2024-02-01}
  - {article: D6114-8, objet: Évaluation, statut: en_vigueur, depuis: 2025-02-26, verifie_le: 2023-12-06}
"""  # noqa: E501 — one entry on one line
CLAUSE = """\
---
id: clause
titre: Clause
en_vigueur_du: {start}
references: [{references}]
{condition}---

{text}
"""


@pytest.fixture
def check(load):
    """The problems of one clause at a date, each as « line severity code »."""

    def check_clause(on, *, references="", text="Texte.", start="2024-01-01", condition=""):
        clause = CLAUSE.format(start=start, references=references, text=text, condition=condition)
        library = load(
            {
                "clause_library/references/csp.yaml": REGISTRY,
                "clause_library/corps/clause.md": clause,
            }
        )
        return [
            f"{problem.place} {problem.severity} {problem.code}"
            for problem in check_references_at(library, date.fromisoformat(on))
        ]

    return check_clause


CLAUSE_LINE = "clause_library/corps/clause.md"


def test_an_article_in_force_and_checked_lately_is_no_problem(check):
    assert check("2025-01-01", references="CSP L6114-1, CSP L6114-2") == []


def test_an_abrogated_article_is_told_at_its_place(check):
    problems = check("2025-01-01", references="CSP L6114-2, CSP L6114-3")
    assert problems == [f"{CLAUSE_LINE}:5:27 avertissement reference-abrogee"]


def test_an_article_is_not_abrogated_before_its_day(check):
    assert check("2020-11-19", references="CSP L6114-3", start="2018-01-01") == []


def test_an_abrogated_article_inside_a_range_is_told_at_the_range(check):
    problems = check(
        "2025-01-01",
        references="CSP L6114-1, CSP L6114-2",
        text="Articles L. 6114-1 à L. 6114-4 du code de la santé publique.",
    )
    assert f"{CLAUSE_LINE}:8:10 avertissement reference-abrogee" in problems
    assert f"{CLAUSE_LINE}:8:10 avertissement reference-inconnue" in problems
    assert len(problems) == 2, "L6114-1-1, inserted and abrogated, is not named by the range"


def test_an_article_not_yet_in_force_is_told(check):
    problems = check("2023-12-30", references="CSP R6123-6-1", start="2023-01-01")
    assert problems == [f"{CLAUSE_LINE}:5:14 avertissement reference-pas-en-vigueur"]


def test_an_earlier_wording_that_the_registry_has_not_seen_is_only_a_note(check):
    problems = check("2017-12-30", references="CSP D6114-8", start="2017-01-01")
    assert problems == [f"{CLAUSE_LINE}:5:14 note redaction-anterieure-inconnue"]


def test_an_unknown_article_is_told(check):
    problems = check("2025-01-01", references="CSP L9999-1")
    assert problems == [f"{CLAUSE_LINE}:5:14 avertissement reference-inconnue"]


def test_an_article_rewritten_since_the_clause_began_is_a_note(check):
    problems = check("2024-01-01", references="CSP L6114-1", start="2018-01-01")
    assert problems == [f"{CLAUSE_LINE}:5:14 note reference-modifiee"]


def test_a_check_of_twenty_four_months_is_recent_and_one_day_more_is_not(check):
    assert check("2025-12-06", references="CSP L6114-2") == []
    problems = check("2025-12-07", references="CSP L6114-2")
    assert problems == ["clause_library/references/csp.yaml:16:94 note reference-a-reverifier"]


def test_a_wording_never_checked_since_it_began_is_a_note(check):
    problems = check("2025-03-01", references="CSP D6114-8", start="2025-03-01")
    assert [problem.split()[1:] for problem in problems] == [["note", "reference-a-reverifier"]]


def test_an_article_cited_in_the_text_alone_is_checked_too(check):
    problems = check("2025-01-01", text="Voir l’article L. 6114-3 du CSP.")
    assert problems == [f"{CLAUSE_LINE}:8:16 avertissement reference-abrogee"]


def test_a_clause_out_of_force_is_not_checked(check):
    assert check("2023-12-31", references="CSP L6114-3", start="2024-01-01") == []


@pytest.mark.parametrize(
    ("condition", "checked"),
    [
        ("{date_effet: {au_moins: 2025-01-01}}", True),
        ("{date_effet: {plus_de: 2025-01-01}}", False),
        ("{date_effet: {au_plus: 2025-01-01}}", True),
        ("{date_effet: {moins_de: 2025-01-01}}", False),
        ("{date_effet: 2025-01-01}", True),
        ("{date_effet: 2025-01-02}", False),
        ("{tous: [{urgences: oui}, {date_effet: {au_moins: 2026-01-01}}]}", False),
        ("{urgences: oui}", True),
    ],
)
def test_a_clause_is_checked_unless_its_condition_refuses_the_date(check, condition, checked):
    line = f"applicable_si: {condition}\n"
    problems = check("2025-01-01", references="CSP L6114-3", condition=line)
    assert bool(problems) is checked


FICHE = """\
---
code: F_1
intitule: Fiche
objectifs: [Un objectif]
indicateur: {type: quantitatif, definition: Nombre}
references: [CSP L6114-3]
source: {document: fiches}
---
"""
CAMPAIGN = """\
id: region
intitule: CPOM
type: etablissement
date_effet_du: 2025-01-01
date_effet_au: 2026-12-31
annees: [2025]
fiches: region
"""


def test_the_sheets_of_a_campaign_are_checked_within_its_dates_only(load):
    library = load(
        {
            "clause_library/references/csp.yaml": REGISTRY,
            "clause_library/campagnes/region.yaml": CAMPAIGN,
            "fiches/region/F_1.md": FICHE,
        }
    )
    inside = check_references_at(library, date(2025, 6, 1))
    assert [(item.place.file, item.code) for item in inside] == [
        ("fiches/region/F_1.md", "reference-abrogee")
    ]
    assert check_references_at(library, date(2027, 1, 1)) == []


OUTLINE = """\
type: titulaire
titre: Contrat
en_vigueur_du: 2018-01-01
en_vigueur_au: 2020-11-19
contenu:
  - {partie: article, id: objet, titre: Objet, clauses: [clause]}
"""


def test_a_clause_that_only_a_closed_outline_holds_is_not_checked(load):
    clause = CLAUSE.format(
        start="2018-01-01", references="CSP L6114-3", text="Texte.", condition=""
    )
    library = load(
        {
            "clause_library/references/csp.yaml": REGISTRY,
            "clause_library/outlines/titulaire.yaml": OUTLINE,
            "clause_library/corps/clause.md": clause,
        }
    )
    assert check_references_at(library, date(2025, 1, 1)) == []


def test_an_order_cited_by_its_day_is_the_one_that_the_front_matter_declares(load):
    registry = (
        "code: ARRETE\nintitule: Arrêtés\netat_au: 2023-12-06\nreferences:\n"
        "  - {article: 2021-07-27-soutien, objet: Modèle, statut: en_vigueur, depuis: 2021-08-12, "
        "creation: oui, verifie_le: 2023-12-06}\n"
    )
    clause = CLAUSE.format(
        start="2022-01-01",
        references="ARRETE 2021-07-27-soutien",
        text="Selon l’arrêté du 27 juillet 2021.",
        condition="",
    )
    files = {
        "clause_library/references/arretes.yaml": registry,
        "clause_library/corps/clause.md": clause,
    }
    assert check_references_at(load(files), date(2024, 1, 1)) == []
    bare = {
        **files,
        "clause_library/corps/clause.md": clause.replace("[ARRETE 2021-07-27-soutien]", "[]"),
    }
    codes = [problem.code for problem in check_references_at(load(bare), date(2024, 1, 1))]
    assert codes == []
    other = {**files, "clause_library/corps/clause.md": clause.replace("27 juillet", "28 juillet")}
    codes = [problem.code for problem in check_references_at(load(other), date(2024, 1, 1))]
    assert codes == ["reference-inconnue"]
