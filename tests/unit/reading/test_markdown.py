"""Markdown → blocks: each block and inline, exact places, values that never become markup."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.diagnostics import Problems
from contract_builder.model.blocks import (
    Block,
    Cell,
    Column,
    CrossReference,
    Field,
    Gap,
    Inline,
    LineBreak,
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
from contract_builder.reading.markdown import Emphasis, MarkdownText, parse_markdown
from contract_builder.source import Place, SourceFile
from tests.contract_samples import HOSTILE

DATA_TABLE = Table("donnees", "", (Column("C"),), (Row("1", (Cell((Text("x"),)),)),))


@dataclass
class ValuesFiller:
    """Fills from a mapping and notes the place of everything that it was asked for."""

    values: Mapping[str, str] = field(default_factory=dict)
    asked: list[tuple[str, Place]] = field(default_factory=list)

    def fill_field(self, expression: str, place: Place, style: Emphasis) -> Inline | None:
        self.asked.append((expression, place))
        if expression == "inconnu":
            return None
        if expression == "manquant":
            return Gap("manquant", "la donnée")
        text = self.values.get(expression, f"valeur de {expression}")
        return Field(expression, text, style.bold, style.italic)

    def fill_reference(
        self, target: str, text: str, place: Place, style: Emphasis
    ) -> Inline | None:
        self.asked.append((f"#{target}", place))
        return CrossReference(target, text or f"article {target}", style.bold, style.italic)

    def fill_table(self, name: str, place: Place) -> tuple[Block, ...]:
        self.asked.append((f"tableau.{name}", place))
        return (DATA_TABLE,)


def parse(text: str, filler: ValuesFiller | None = None) -> tuple[tuple[Block, ...], Problems]:
    problems: Problems = []
    lines = f"---\nid: x\n---\n{text}"
    source = MarkdownText(SourceFile.of_text("f.md", lines), text, 4, "clause")
    return parse_markdown(source, filler or ValuesFiller(), problems), problems


def blocks_of(text: str) -> tuple[Block, ...]:
    blocks, problems = parse(text)
    assert problems == []
    return blocks


def inlines_of(text: str) -> tuple[Inline, ...]:
    (block,) = blocks_of(text)
    assert isinstance(block, Paragraph)
    return block.content


def text_of(text: str) -> str:
    return inline_text(inlines_of(text))


@pytest.mark.parametrize(
    ("text", "inlines"),
    [
        ("Un texte.", (Text("Un texte."),)),
        ("sur\ndeux lignes", (Text("sur deux lignes"),)),
        ("a  \nb\\\nc", (Text("a"), LineBreak(), Text("b"), LineBreak(), Text("c"))),
        ("**gras** *i*", (Text("gras", bold=True), Text(" "), Text("i", italic=True))),
        ("***tout***", (Text("tout", bold=True, italic=True),)),
        ("__a _b___", (Text("a ", bold=True), Text("b", bold=True, italic=True))),
        ("{{ a }}", (Field("a", "valeur de a"),)),
        ("x {{a.b|date}} y", (Text("x "), Field("a.b|date", "valeur de a.b|date"), Text(" y"))),
        ("**{{ a }} b**", (Field("a", "valeur de a", bold=True), Text(" b", bold=True))),
        ("{{ manquant }}", (Gap("manquant", "la donnée"),)),
        ("l’[](#duree)", (Text("l’"), CrossReference("duree", "article duree"))),
        ("[cet article](#duree)", (CrossReference("duree", "cet article"),)),
        ("*[](#a)*", (CrossReference("a", "article a", italic=True),)),
        ("[le **gras** de {{ a }}](#b)", (CrossReference("b", "le gras de valeur de a"),)),
        ("\\{{ a }}\\", (Text("\\"), Field("a", "valeur de a"), Text("\\"))),
        ("a \\* b \\_ c \\< d", (Text("a * b _ c < d"),)),
        ("&eacute;&nbsp;&lt;b&gt; &#233;", (Text("é\u00a0<b> é"),)),
        ("5 < 6 & 7 > 3", (Text("5 < 6 & 7 > 3"),)),
        ("[1]: ceci n’est pas un renvoi", (Text("[1]: ceci n’est pas un renvoi"),)),
        ("voir [note] et https://exemple.fr", (Text("voir [note] et https://exemple.fr"),)),
    ],
)  # fmt: skip
def test_each_inline_is_read(text: str, inlines: tuple[Inline, ...]) -> None:
    assert inlines_of(text) == inlines


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", ()),
        ("a\n\nb", (paragraph("a"), paragraph("b"))),
        ("- a\n- b", (ListBlock(((paragraph("a"),), (paragraph("b"),))),)),
        (
            "- a\n\n  suite\n- b",
            (ListBlock(((paragraph("a"), paragraph("suite")), (paragraph("b"),))),),
        ),
        ("3. a\n4. b", (ListBlock(((paragraph("a"),), (paragraph("b"),)), ordered=True, start=3),)),
        (
            "- a\n  1. b",
            (ListBlock(((paragraph("a"), ListBlock(((paragraph("b"),),), ordered=True)),)),),
        ),
        ("> a\n>\n> - b", (Note((paragraph("a"), ListBlock(((paragraph("b"),),)))),)),
        ("### Un *titre*", (SubHeading((Text("Un "), Text("titre", italic=True))),)),
        ("{{ tableau.donnees }}", (DATA_TABLE,)),
        ("a\n\n  {{tableau.donnees}}\n\nb", (paragraph("a"), DATA_TABLE, paragraph("b"))),
        ("- {{ tableau.donnees }}", (ListBlock(((DATA_TABLE,),)),)),
    ],
)
def test_each_block_is_read(text: str, blocks: tuple[Block, ...]) -> None:
    assert blocks_of(text) == blocks


def test_a_table_keeps_its_alignment_and_names_itself_after_its_clause() -> None:
    (table,) = blocks_of("| A | B | C |\n|:--|--:|:-:|\n| 1 | **2** | {{ x }} |\n| 4 | | 6 |")
    assert isinstance(table, Table)
    assert table.key == "clause-tableau-1"
    assert [(column.title, column.align) for column in table.columns] == [
        ("A", "left"),
        ("B", "right"),
        ("C", "center"),
    ]
    assert [row.key for row in table.rows] == ["1", "4"]
    assert table.row_identity == "content"
    assert [cell.content for cell in table.rows[0].cells] == [
        (Text("1"),),
        (Text("2", bold=True),),
        (Field("x", "valeur de x"),),
    ]
    assert [inline_text(cell.content) for cell in table.rows[1].cells] == ["4", "", "6"]


def test_two_tables_of_a_clause_have_two_keys() -> None:
    tables = blocks_of("| A |\n|---|\n| 1 |\n\n| B |\n|---|\n| 2 |")
    assert [table.key for table in tables if isinstance(table, Table)] == [
        "clause-tableau-1",
        "clause-tableau-2",
    ]


def test_a_pipe_inside_a_field_does_not_cut_a_cell() -> None:
    (table,) = blocks_of("| A | B |\n|---|---|\n| {{ a | date }} | x\\|y |")
    assert isinstance(table, Table)
    assert [inline_text(cell.content) for cell in table.rows[0].cells] == [
        "valeur de a | date",
        "x|y",
    ]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("{{ x }}", 4, 1),
        ("Été : {{ x }}", 4, 7),
        ("a\n\nb\nc {{ x }}", 7, 3),
        ("- a\n- b\n  - {{ x }}", 6, 5),
        ("| A | B |\n|---|---|\n| {{ y | date }} | {{ x }} |", 6, 20),
        ("> note\n> {{ x }}", 5, 3),
        ("### T {{ x }}", 4, 7),
        ("**{{ y }}** *{{ x }}*", 4, 14),
        ("{{ y\n}} {{ x }}", 5, 4),
        ("[{{ x }}](#y)", 4, 2),
    ],
)
def test_a_field_is_placed_where_it_stands(text: str, line: int, column: int) -> None:
    filler = ValuesFiller()
    parse(text, filler)
    place = next(place for name, place in filler.asked if name == "x")
    assert (place.line, place.column, place.length) == (line, column, len("{{ x }}"))
    assert place.excerpt[column - 1 :].startswith("{{ x }}")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("a [](#x)", 4, 4), ("a\n- b\n- c [](#x)", 6, 6), ("| A |\n|---|\n| [mot](#x) |", 6, 7)],
)
def test_a_cross_reference_is_placed_where_it_stands(text: str, line: int, column: int) -> None:
    filler = ValuesFiller()
    parse(text, filler)
    assert [(name, p.line, p.column) for name, p in filler.asked] == [("#x", line, column)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<b>gras</b>", "html-refuse"),
        ("<div>\n</div>", "html-refuse"),
        ("a <!-- b --> c", "html-refuse"),
        ("![logo](a.png)", "markdown-refuse"),
        ("[site](https://exemple.fr)", "markdown-refuse"),
        ("<https://exemple.fr>", "markdown-refuse"),
        ("du `code`", "markdown-refuse"),
        ("```\ncode\n```", "markdown-refuse"),
        ("    en retrait", "markdown-refuse"),
        ("a\n\n---\n\nb", "markdown-refuse"),
        ("# Titre", "markdown-refuse"),
        ("Titre\n=====", "markdown-refuse"),
        ("Titre\n-----", "markdown-refuse"),
        ("#### Titre", "markdown-refuse"),
        ("- a\n-", "markdown-refuse"),
        (">", "markdown-refuse"),
        ("| A |\n|---|", "markdown-refuse"),
        ("| A |\n|---|\n| 1 | perdu |", "markdown-refuse"),
        ("{% if x %}", "champ-mal-forme"),
        ("{# note #}", "champ-mal-forme"),
        ("{{ ouvert", "champ-mal-forme"),
        ("fermé }}", "champ-mal-forme"),
        ("a {{ tableau.donnees }}", "tableau-mal-place"),
        ("| A |\n|---|\n| {{ tableau.donnees }} |", "tableau-mal-place"),
        ("a&#xE000;0&#xE001;b", "caractere-interdit"),
    ],
)
def test_what_documents_do_not_have_is_refused_at_its_place(text: str, code: str) -> None:
    blocks, problems = parse(f"Avant.\n\n{text}\n\nAprès.")
    assert {p.code for p in problems} == {code}
    assert all(p.place.line >= 6 for p in problems)
    assert blocks[0] == paragraph("Avant.")
    assert blocks[-1] == paragraph("Après.")


@pytest.mark.parametrize("depth", [8, 12, 60])
@pytest.mark.parametrize("container", ["list", "note"])
def test_nothing_nested_too_deep_is_lost_in_silence(container: str, depth: int) -> None:
    if container == "list":
        text = "\n".join(f"{'  ' * level}- niveau {level}" for level in range(depth))
    else:
        text = "\n".join(f"{'> ' * level}\n{'> ' * level}niveau" for level in range(1, depth * 2))
    _, problems = parse(text)
    assert {p.code for p in problems} == {"markdown-refuse"}


def test_six_levels_of_lists_are_read() -> None:
    text = "\n".join(f"{'  ' * level}- niveau {level}" for level in range(6))
    assert [item.text for item in iter_inlines(blocks_of(text)) if isinstance(item, Text)] == [
        f"niveau {level}" for level in range(6)
    ]


def test_a_wrong_field_is_left_out_of_the_text() -> None:
    blocks, problems = parse("a {{ inconnu }} b")
    assert inline_text(tuple(iter_inlines(blocks))) == "a  b"
    assert problems == []


@pytest.mark.parametrize(
    "context", ["{}", "**{}**", "- {}", "> {}", "### {}", "| A |\n|---|\n| {} |", "[{}](#x)"]
)
def test_a_value_with_markup_characters_comes_out_literally(context: str) -> None:
    blocks, problems = parse(context.format("{{ v }}"), ValuesFiller({"v": HOSTILE}))
    assert problems == []
    assert HOSTILE in inline_text(tuple(iter_inlines(blocks)))


@given(st.text(min_size=1))
def test_any_value_comes_out_as_it_is(value: str) -> None:
    blocks, problems = parse("Avant {{ v }} après.", ValuesFiller({"v": value}))
    assert inline_text(tuple(iter_inlines(blocks))) == f"Avant {value} après."
    assert problems == []


@given(st.text("a {}%#\n|-*_[]()<>&;\\`!~1.x\u00e9", max_size=60))
def test_no_text_breaks_the_reader_and_every_problem_lies_inside_the_file(text: str) -> None:
    _, problems = parse(text)
    for problem in problems:
        place = problem.place
        assert 1 <= place.line <= len(place.source.lines)
        assert 1 <= place.column <= len(place.excerpt) + 1


@given(st.lists(st.sampled_from(["mot", "{{ a }}", "**b**", "[](#c)", "d.", "*e*"]), min_size=1))
def test_no_mark_of_a_field_is_ever_left(words: list[str]) -> None:
    blocks, _ = parse(" ".join(words))
    text = inline_text(tuple(iter_inlines(blocks)))
    assert not any("\ue000" <= character <= "\ue002" for character in text)
    assert text.count("valeur de a") == words.count("{{ a }}")
