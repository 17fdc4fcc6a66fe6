"""A sheet of several parts prints the part that was chosen, and nothing of the other."""

from dataclasses import replace

import pytest

from contract_builder.assembly.sheets import sheet_section
from contract_builder.assembly.volets import keep_volet, keep_volet_blocks
from contract_builder.model.blocks import Block, Paragraph, Text
from contract_builder.model.library import Library
from contract_builder.render.text import section_text

CATALOGUE = "occitanie-2025-2029"


def printed(library: Library, volet: str) -> str:
    fiche = library.fiches[CATALOGUE]["CPOM_CT_3"]
    names = ("Pharmacie", "Biologie")
    context = tuple(
        block for name in names for block in (paragraph(name, bold=True), paragraph(f"de {name}"))
    )
    section = sheet_section(fiche, volet, library, context, ())
    return "\n".join(section_text(replace(section, title="")))


def paragraph(text: str, *, bold: bool = False) -> Block:
    return Paragraph((Text(text, bold=bold),))


@pytest.mark.parametrize(("chosen", "other"), [("Pharmacie", "biologie"), ("Biologie", "pharmac")])
def test_a_chosen_part_is_printed_without_the_other(
    real_library: Library, chosen: str, other: str
) -> None:
    text = printed(real_library, chosen)
    assert chosen in text
    assert other not in text.lower()


def test_without_a_choice_both_parts_are_printed(real_library: Library) -> None:
    text = printed(real_library, "")
    assert "Nombre de missions ou activités pharmaceutiques" in text
    assert "Nombre de fonctions de biologie médicale" in text


def test_what_names_no_part_belongs_to_all(real_library: Library) -> None:
    fiche = real_library.fiches[CATALOGUE]["CPOM_CT_3"]
    blocks = (paragraph("À tous"), paragraph("Biologie", bold=True), paragraph("à elle"))
    assert keep_volet_blocks(blocks, fiche, "Pharmacie") == blocks[:1]
    assert keep_volet(fiche, "Pharmacie").header.suivi == fiche.header.suivi


def test_a_sheet_without_parts_is_left_alone(real_library: Library) -> None:
    fiche = real_library.fiches[CATALOGUE]["CPOM_OS_6"]
    assert keep_volet(fiche, "Pharmacie") is fiche
