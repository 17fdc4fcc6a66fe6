"""Whatever stands in a contract, its documents say exactly that, or the user is told why not.

``render_all`` reads every document back and compares it with the contract: a document that it
returns says every character.
"""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contract_builder.errors import UserError
from contract_builder.library.load import load_library
from contract_builder.model.blocks import (
    Cell,
    Column,
    CrossReference,
    Field,
    Gap,
    ListBlock,
    Note,
    Paragraph,
    Row,
    SubHeading,
    Table,
    Text,
    inline_text,
    iter_inlines,
)
from contract_builder.model.contract import Contract, CoverLine, Section, Signatory
from contract_builder.model.library import Library
from contract_builder.render.products import Rendered, render_all
from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from tests.contract_samples import header
from tests.documents import ROOT, TEMPLATES
from tests.mini_project import PROFILE, copy_mini_project

FORMATS = ("docx", "pdf", "html", "json")
LOOK_ALIKES = (
    "R&D <b>gras</b> &amp; </w:t></w:r> <!-- x --> <?xml?> ]]>",
    "{{ contrat.code }} {% for x in y %} {# z #} {_{ }_}",
    "# titre *gras* _italique_ `code` | a | b | [lien](x) - 1. > ![i](j) \\n",
    "#let x = 1; $ sum $ @renvoi <label> #[x] /* c */ // d \\u{41} ~ --- \"a\" 'b'",
    "=1+1 ; @SOMME ; -2 ; +3",
    "Tabulation\tet\nligne\r\nfin",
    "espaces  doubles\u00a0insécables\u202ffines\u2009",
    "trait\u00adconditionnel\u200bzéro\u2060joint\u200d",
    "𝔸𝔹 😀 👩‍⚕️ ﬁn œuvre ÇÀÉ ½ ² Ω ≥ √ →",
    "العربية עברית",
    "e\u0301 accent combiné",
    "\u202einversé\u202c",
    "x\x07y",
    "x\ufffey",
    "mot" * 100,
)
TEXTS = st.sampled_from(LOOK_ALIKES) | st.text(
    st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40
)


def contract_saying(text: str) -> Contract:
    """A contract with this text wherever a contract may hold one."""
    said = (Text(text), Field("a.b", text, bold=True), Gap("c", text), Text(text, italic=True))
    link = CrossReference("annexe", text)
    table = Table("t", text, (Column(text), Column("B", 1, "right")),
                  (Row("g", (Cell((Text(text),), 2),), "group"),
                   Row("r", (Cell(said), Cell((Text(text),)))),
                   Row("s", (Cell((Text(text),)), Cell(())), "total")), notes=(said,))  # fmt: skip
    article = Section("article", "article", text, "1", "Article 1", blocks=(
        Paragraph((*said, link)), SubHeading(said), Note((Paragraph(said),)), table,
        ListBlock(((Paragraph(said), ListBlock(((Paragraph(said),),), ordered=True)),)),
    ))  # fmt: skip
    return Contract(
        header=header(legal_name=text, title=text, subtitle=text, agency=text,
                      cover_lines=(CoverLine(text, text),),
                      signatories=(Signatory(text, text, text),)),
        sections=(
            article,
            Section("signatures", "signatures", text, blocks=(Paragraph(said),)),
            Section("annexe", "annexe", text, "A1", "Annexe A1"),
        ),
    )  # fmt: skip


def rendered_or_told(contract: Contract) -> Rendered | str:
    """All documents, verified; else the sentence that tells what cannot be printed."""
    try:
        return render_all(TEMPLATES, contract, FORMATS)
    except UserError as error:
        return str(error)


def rendered(contract: Contract) -> Rendered:
    made = rendered_or_told(contract)
    assert isinstance(made, Rendered), made
    return made


@settings(max_examples=25)
@given(TEXTS)
@example("العربية")
@example("\u202e")
@example(" ")
def test_any_text_anywhere_comes_out_of_every_document_or_is_told(text: str) -> None:
    made = rendered_or_told(contract_saying(text))
    if isinstance(made, str):
        assert made.endswith(".")
        assert "U+" in made, "a character is named, with its place"


@pytest.mark.parametrize("text", LOOK_ALIKES[:5], ids=range(5))
def test_what_looks_like_markup_is_printed_in_every_document(text: str) -> None:
    assert sorted(rendered(contract_saying(text)).files) == sorted(FORMATS)


@pytest.mark.parametrize("text", ["x\x07y", "x\ufffey", "x\u2028y"])
def test_a_character_that_no_document_can_hold_is_told_with_its_place(text: str) -> None:
    with pytest.raises(UserError, match=r"porte dans la couverture le caractère invisible U\+"):
        render_all(TEMPLATES, contract_saying(text), FORMATS)


def test_an_empty_annex_and_an_empty_contract_are_sound() -> None:
    annex = Section("a", "annexe", "Vide", "A1", "Annexe A1", landscape=True)
    for sections in ((annex,), (annex, replace(annex, id="b", label="Annexe A2")), ()):
        assert rendered(Contract(header=header(), sections=sections)).page_count


# Real profiles, very large


def assembled(library: Library, change: Callable[[dict[str, Any]], None]) -> Contract:
    """The contract of a demonstration profile, changed as a user would change its file."""
    text = (ROOT / "profiles" / "ch-demonstration.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 — every scalar stays a text
    del data["annexes_jointes"]  # files that stay in the folder of the profile
    change(data)
    with tempfile.TemporaryDirectory() as folder:
        profiles = Path(folder) / "profiles"
        profiles.mkdir()
        shutil.copy(ROOT / "profiles" / "_region.yaml", profiles)
        path = profiles / "essai.yaml"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        prepared = prepare(Project(Path(folder), library=library), path)
    assert prepared.assembly is not None, prepared.problems
    return prepared.assembly.contract


def texts(contract: Contract) -> Iterator[str]:
    for section in contract.iter_sections():
        yield from (inline_text((inline,)) for inline in iter_inlines(section.blocks))


def test_forty_sites_and_five_hundred_authorisations_all_come_out(real_library: Library) -> None:
    def enlarge(data: dict[str, Any]) -> None:
        site, authorisation = data["sites"][0], data["autorisations"][0]
        data["sites"] += [
            {**site, "finess_et": f"99{number:07d}", "nom": f"Site {number} & <annexe>"}
            for number in range(38)
        ]
        data["autorisations"] = [
            {
                **authorisation,
                "numero_arhgos": f"99-99-{number:04d}",
                "finess_et": f"99{number % 38:07d}",
            }
            for number in range(500)
        ]

    contract = assembled(real_library, enlarge)
    said = set(texts(contract))
    assert {f"99-99-{number:04d}" for number in range(500)} <= said
    assert any("Site 37 & <annexe>" in text for text in said)
    assert (rendered(contract).page_count or 0) > 40


@pytest.mark.parametrize("name", ["Centre hospitalier " * 16, "X" * 300], ids=["words", "one word"])
def test_a_name_of_three_hundred_characters_comes_out(real_library: Library, name: str) -> None:
    def rename(data: dict[str, Any]) -> None:
        data["etablissement"]["raison_sociale"] = name.strip()

    contract = assembled(real_library, rename)
    assert contract.header.legal_name == name.strip()
    assert rendered(contract).page_count


def test_a_clause_of_a_million_characters_comes_out() -> None:
    sentence = "Les Parties conviennent, à l’article L. 6114-1, de l’objectif R&D < 5 % : qualité. "
    with tempfile.TemporaryDirectory() as folder:
        project = copy_mini_project(Path(folder) / "projet")
        clause = project / "clause_library" / "corps" / "objet.md"
        head = clause.read_text(encoding="utf-8").split("\n---\n")[0]
        body = "\n\n".join([sentence * 10] * (1_000_000 // len(sentence * 10)))
        clause.write_text(f"{head}\n---\n{body}\n", encoding="utf-8")
        prepared = prepare(Project(project, library=load_library(project)[0]), project / PROFILE)
    assert prepared.assembly is not None
    contract = prepared.assembly.contract
    assert sum(map(len, texts(contract))) > 990_000
    assert rendered(contract).page_count
