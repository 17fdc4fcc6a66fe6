"""The whole assembly on the mini project: the tree, its numbers, its gaps and its records."""

from pathlib import Path

import pytest

from contract_builder.assembly.assemble import GAPS_SECTION_ID, Assembly
from contract_builder.library.load import load_library
from contract_builder.model.blocks import (
    CrossReference,
    Field,
    Gap,
    Inline,
    Paragraph,
    Table,
    Text,
    inline_text,
    iter_blocks,
    iter_inlines,
)
from contract_builder.model.contract import Section
from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from tests.contract_samples import HOSTILE
from tests.mini_project import PROFILE, change_file
from tests.unit.compare.redline.pairs import demonstration

OBJECT = Path("clause_library/corps/objet.md")
OUTLINE = Path("clause_library/outlines/etablissement.yaml")
TEXT = (
    "Le présent contrat lie l’Agence et {{ etablissement.raison_sociale }}. "
    "Sa durée est fixée à\nl’[](#duree)."
)


def assemble(project: Path) -> Assembly:
    prepared = prepare(Project(project, library=load_library(project)[0]), project / PROFILE)
    assert prepared.assembly is not None, prepared.problems
    return prepared.assembly


def sections(assembly: Assembly) -> dict[str, Section]:
    return {section.id: section for section in assembly.contract.iter_sections()}


def inlines(section: Section) -> list[Inline]:
    return list(iter_inlines(section.blocks))


def text_of(section: Section) -> str:
    return inline_text(tuple(inlines(section))).replace("\u00a0", " ")


def test_the_contract_is_the_outline_filled_from_the_profile(mini_project: Path) -> None:
    assembly = assemble(mini_project)
    assert [(s.id, s.kind, s.heading) for s in assembly.contract.iter_sections()] == [
        ("article-objet", "article", "Article 1 – Objet"),
        ("objet", "clause", ""),
        ("duree", "article", "Article 2 – Durée et prise d’effet"),
        ("signatures", "signatures", "Signatures"),
        ("strategie", "annexe", "Annexe A1 – Annexe stratégique"),
        ("demo-1", "fiche", "DEMO_1 – Nombre de programmes"),
    ]
    assert text_of(sections(assembly)["objet"]) == (
        "Le présent contrat lie l’Agence et Centre hospitalier de Valmont (fictif). "
        "Sa durée est fixée à l’article 2."
    )
    assert assembly.problems == []


def test_a_clause_that_bears_the_name_of_its_part_gives_it_its_text(mini_project: Path) -> None:
    duration = sections(assemble(mini_project))["duree"]
    assert duration.children == ()
    assert text_of(duration) == (
        "Le contrat prend effet le 1er juillet 2025 et prend fin le 30 juin 2030."
    )


def test_every_value_is_marked_by_its_name_and_every_link_by_its_target(
    mini_project: Path,
) -> None:
    found = inlines(sections(assemble(mini_project))["objet"])
    values = [item for item in found if isinstance(item, Field)]
    assert [item.key for item in values] == ["etablissement.raison_sociale"]
    links = [item for item in found if isinstance(item, CrossReference)]
    assert [(item.target, item.text) for item in links] == [("duree", "article\u00a02")]


def test_a_hostile_value_comes_out_literally(mini_project: Path) -> None:
    name = "Centre hospitalier de Valmont (fictif)"
    quoted = '"' + HOSTILE.replace("\\", "\\\\") + '"'
    change_file(mini_project / PROFILE, name, quoted)
    assembly = assemble(mini_project)
    values = [i for i in inlines(sections(assembly)["objet"]) if isinstance(i, Field)]
    assert [item.text for item in values] == [HOSTILE]
    assert assembly.contract.header.legal_name == HOSTILE


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("duree", "article 2"),
        ("article-objet", "article 1"),
        ("strategie", "annexe A1"),
        ("demo-1", "fiche DEMO_1"),
    ],
)
def test_a_cross_reference_names_what_it_leads_to(
    mini_project: Path, target: str, words: str
) -> None:
    change_file(mini_project / OBJECT, "l’[](#duree)", f"l’[](#{target})")
    assert text_of(sections(assemble(mini_project))["objet"]).endswith(f"l’{words}.")


def test_a_cross_reference_to_a_divided_article_names_the_division(mini_project: Path) -> None:
    other = mini_project / "clause_library" / "corps" / "suite.md"
    other.write_text(
        "---\nid: suite\ntitre: Suite\nen_vigueur_du: 2018-01-01\n---\n\nVoir l’[](#objet).\n",
        encoding="utf-8",
    )
    change_file(mini_project / OUTLINE, "clauses: [objet]", "clauses: [objet, suite]")
    found = sections(assemble(mini_project))
    assert (found["objet"].heading, found["suite"].heading) == (
        "1.1 – Objet du contrat",
        "1.2 – Suite",
    )
    assert text_of(found["suite"]) == "Voir l’article 1.1."


def test_missing_data_are_marked_gaps_listed_once_on_a_page_of_their_own(
    mini_project: Path,
) -> None:
    change_file(
        mini_project / OBJECT,
        "l’[](#duree)",
        "l’[](#duree), la caisse {{ caisse_pivot.nom }} et encore {{ caisse_pivot.nom }}",
    )
    assembly = assemble(mini_project)
    gaps = [i for i in inlines(sections(assembly)["objet"]) if isinstance(i, Gap)]
    assert [gap.text for gap in gaps] == ["[à compléter : caisse pivot]"] * 2
    page = assembly.contract.sections[-1]
    assert (page.id, page.kind) == (GAPS_SECTION_ID, "lacunes")
    (table,) = [block for block in page.blocks if isinstance(block, Table)]
    assert [row.key for row in table.rows] == ["caisse_pivot.nom"]
    assert "1 donnée à compléter" in text_of(page)
    assert [p.code for p in assembly.problems] == ["donnee-manquante"]


def test_a_whole_contract_has_no_page_of_gaps(mini_project: Path) -> None:
    assert GAPS_SECTION_ID not in sections(assemble(mini_project))


def test_a_table_stands_where_it_is_called_and_none_says_so(mini_project: Path) -> None:
    change_file(
        mini_project / OBJECT,
        "l’[](#duree).",
        "l’[](#duree).\n\n{{ tableau.autorisations }}\n\n{{ tableau.cooperations }}",
    )
    blocks = sections(assemble(mini_project))["objet"].blocks
    assert isinstance(blocks[1], Table)
    assert blocks[1].key == "autorisations"
    assert blocks[2] == Paragraph((Text("Néant."),))


def test_the_paragraphs_of_visas_have_their_own_role(mini_project: Path) -> None:
    change_file(
        mini_project / OUTLINE,
        "{partie: article, id: article-objet",
        "{partie: visas, id: article-objet",
    )
    visas = sections(assemble(mini_project))["objet"]
    assert {block.role for block in visas.blocks if isinstance(block, Paragraph)} == {"visa"}


def test_prose_is_typeset_and_values_are_not(mini_project: Path) -> None:
    name = "Centre hospitalier de Valmont (fictif)"
    change_file(mini_project / PROFILE, name, '"Centre hospitalier de l\'Orme : site"')
    change_file(mini_project / OBJECT, "contrat lie", "contrat n° 3 : il lie l'un")
    found = inlines(sections(assemble(mini_project))["objet"])
    assert isinstance(found[0], Text)
    assert "n°\u00a03\u00a0: il lie l’un" in found[0].text
    assert isinstance(found[1], Field)
    assert found[1].text == "Centre hospitalier de l'Orme : site"


def test_every_section_says_where_it_comes_from_and_why(mini_project: Path) -> None:
    found = sections(assemble(mini_project))
    clause = found["objet"].provenance
    assert clause is not None
    assert (clause.file, clause.reason) == ("clause_library/corps/objet.md", "toujours")
    assert str(clause.in_force_from) == "2018-01-01"
    part = found["duree"].provenance
    assert part is not None
    assert (part.file, part.line) == ("clause_library/outlines/etablissement.yaml", 6)
    sheet = found["demo-1"].provenance
    assert sheet is not None
    assert sheet.reason == "fiche choisie dans le profil"


def test_the_records_behind_the_tables_are_complete(mini_project: Path) -> None:
    tables = assemble(mini_project).contract.tables
    assert [item.code for item in tables.objectives] == ["DEMO_1"]
    assert [(item.sheet, item.year, item.value) for item in tables.targets] == [
        ("DEMO_1", 2025, "1"),
        ("DEMO_1", 2026, "2"),
    ]
    assert [item.key for item in tables.authorisations] == ["99-99-0001"]
    assert [(item.key, item.year, str(item.amount)) for item in tables.fundings] == [
        ("fir-1", 2025, "19741.00")
    ]
    assert [(item.article, item.cited_in) for item in tables.references] == [
        ("L6114-1", ("objet", "duree"))
    ]
    assert tables.problems == ()


def test_the_header_says_what_the_cover_shows(mini_project: Path) -> None:
    contract = assemble(mini_project).contract
    header = contract.header
    assert (header.code, header.version, header.status) == ("990000010AA", 1, "projet")
    assert (str(header.effective_date), str(header.end_date)) == ("2025-07-01", "2030-06-30")
    assert {line.label: line.value for line in header.cover_lines}["Date de fin"] == (
        "30\u00a0juin\u00a02030"
    )
    assert [signatory.organisation for signatory in header.signatories] == [
        "Agence régionale de démonstration",
        "Centre hospitalier de Valmont (fictif)",
    ]
    assert contract.library_version == load_library(mini_project)[0].version


def test_a_contract_holds_the_clauses_of_its_own_date(mini_project: Path) -> None:
    older = mini_project / "clause_library" / "corps" / "duree@2018-01-01.md"
    older.write_text(
        "---\nid: duree\nen_vigueur_du: 2018-01-01\nen_vigueur_au: 2020-11-19\n---\n\n"
        "Cinq ans au plus.\n",
        encoding="utf-8",
    )
    assert "au plus" not in text_of(sections(assemble(mini_project))["duree"])
    change_file(mini_project / PROFILE, "date_effet: 2025-07-01", "date_effet: 2020-11-19")
    assert text_of(sections(assemble(mini_project))["duree"]) == "Cinq ans au plus."


def test_section_and_table_identifiers_are_unique_in_the_demonstration_contracts(
    mini_project: Path,
) -> None:
    root = Path(__file__).parents[3]
    library = load_library(root)[0]
    for path in sorted((root / "profiles").glob("[!_]*.yaml")):
        prepared = prepare(Project(root, library=library), path)
        assert prepared.assembly is not None
        contract = prepared.assembly.contract
        ids = [section.id for section in contract.iter_sections()]
        assert len(set(ids)) == len(ids), path
        tables = [
            block.key
            for section in contract.iter_sections()
            for block in iter_blocks(section.blocks)
            if isinstance(block, Table)
        ]
        assert len(set(tables)) == len(tables), path


def test_a_clause_without_title_stands_in_the_numbered_one_that_it_continues() -> None:
    contract = demonstration("hopital-de-proximite-demonstration")
    (article,) = [s for s in contract.sections if s.id == "engagements-agence"]
    (scope,) = [s for s in article.children if s.id == "financements-portee"]
    assert [child.number for child in article.children] == [f"5.{n}" for n in range(1, 7)]
    assert [child.heading for child in scope.children] == ["", "", ""]
    assert scope.children[0].id == "financements-principes"
