"""An old contract with every unit that a sentence can name, and generated operations on it."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from contract_builder.model.amendment import (
    Operation,
    OperationKind,
    OperationPlace,
    OperationSide,
)
from contract_builder.model.blocks import (
    Block,
    Cell,
    Column,
    Field,
    Footnote,
    Gap,
    ListBlock,
    Paragraph,
    Row,
    SubHeading,
    Table,
    Text,
)
from contract_builder.model.contract import Contract, Section, SectionKind
from tests.contract_samples import header, paragraph

COLUMNS = (Column("Ligne", 3), Column("2025", 1, "right"))


def table(key: str, caption: str, *rows: tuple[str, str], notes: tuple[str, ...] = ()) -> Table:
    return Table(
        key,
        caption,
        COLUMNS,
        tuple(Row(f"r{n}", tuple(Cell((Text(t),)) for t in row)) for n, row in enumerate(rows)),
        tuple((Text(note),) for note in notes),
    )


def article(number: str, title: str, *blocks: Block) -> Section:
    name = f"clause-{number}"
    return Section(name, "clause", title, number, number, blocks)


def old_contract() -> Contract:
    """Visas, considérants, parties, two articles, two annexes, one with parts, one with sheets."""
    visas = tuple(
        Paragraph((Text(f"Vu le texte n°\u00a0{rank}\u00a0;"),), "visa") for rank in range(1, 5)
    )
    chapter = Section(
        "article-6",
        "article",
        "Suivi",
        "6",
        "Article 6",
        children=(
            article("6.1", "Dialogue", paragraph("Un."), paragraph("Deux."), paragraph("Trois.")),
            article("6.2", "Rapport", paragraph("A."), table("t-6-2", "", ("K", "1"), ("L", "2"))),
            article("6.2-1 A", "Ajout", paragraph("Texte ajouté.")),
        ),
    )
    money = table("argent", "Échéancier « FIR »", ("K", "1"), ("", "2"), ("K", "3"), notes=("N.",))
    parts = (
        Section("p-1", "clause", "Engagements", blocks=(paragraph("X."), paragraph("Y."))),
        Section("p-2", "clause", "Durée : et fin", blocks=(paragraph("Z."),)),
    )
    sheet = Section(
        "cpom-ct-5",
        "fiche",
        "Nombre d’actions",
        "CPOM_CT_5",
        "CPOM_CT_5",
        (paragraph("Définition."), table("cibles", "Cibles", ("Catégorie", "4"))),
    )
    return Contract(
        header(),
        (
            Section("parties", "parties", "Entre", blocks=(paragraph("L’Agence,"),)),
            Section("visas", "visas", "Visas", blocks=visas),
            Section("considerants", "considerants", "Considérants", blocks=(paragraph("Que."),)),
            chapter,
            Section("signatures", "signatures", "Signatures", blocks=(paragraph("Fait."),)),
            Section("a-1", "annexe", "Stratégie", "A1", "Annexe A1", (paragraph("S."),), (sheet,)),
            Section("a-5", "annexe", "Argent", "A5", "Annexe A5", (paragraph("M."), money)),
            Section("a-8", "annexe", "Longue durée", "A8", "Annexe A8", children=parts),
        ),
    )


ODD_TEXTS = (
    "6.2-1 A",
    "l’article 6.1, les mots : “x” sont supprimés.",
    "au « premier » alinéa ;",
    "1er janvier 2025",
    "12,5\u00a0%",
    "1\u00a0234\u00a0567,89\u00a0€",
    "20",
    ":",
    "»",
    "«",
    "[à compléter : date de l’avenant]",
    "L'apostrophe droite.",
    "une\nautre ligne",
    "1° Il est complété par : ",
    "\u00a0espace\u00a0",
    "⟦0⟧",
)
texts = st.one_of(
    st.sampled_from(ODD_TEXTS),
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30
    ).filter(lambda text: bool(text.strip())),
)
_UNITS = {
    "parties": ("", None),
    "visas": ("", None),
    "considerants": ("", None),
    "clause-6.1": ("6.1", None),
    "clause-6.2-1 A": ("6.2-1 A", None),
    "article-6": ("6", None),
    "signatures": ("", None),
    "a-5": ("A5", None),
    "cpom-ct-5": ("CPOM_CT_5", "CPOM_CT_5"),
}
_TABLES: dict[str, tuple[str | None, int | None]] = {
    "clause-6.2": (None, 1),
    "a-5": ("Échéancier « FIR »", None),
    "cpom-ct-5": ("Cibles", None),
}
_LABELS = {"clause-6.2": "6.2", "a-5": "A5", "cpom-ct-5": "CPOM_CT_5"}
_rows: tuple[tuple[str | None, int | None], ...] = (("K", None), ("K", 2), (None, 3))

places = st.one_of(
    st.sampled_from(sorted(_UNITS)).map(
        lambda unit: OperationPlace(unit, _UNITS[unit][0], _UNITS[unit][1])
    ),
    st.sampled_from(("p-1", "p-2")).map(lambda part: OperationPlace("a-8", "A8", section=part)),
)
ranks = st.integers(1, 23)


@st.composite
def paragraph_places(draw: st.DrawFn, *, ranges: bool = False) -> OperationPlace:
    place = draw(places)
    first = draw(ranks)
    last = draw(st.integers(first + 1, 40)) if ranges and draw(st.booleans()) else None
    return _with(place, paragraph=first, last_paragraph=last)


@st.composite
def table_places(draw: st.DrawFn, *, rows: bool = False) -> OperationPlace:
    unit = draw(st.sampled_from(sorted(_TABLES)))
    title, rank = _TABLES[unit]
    row, row_rank = draw(st.sampled_from(_rows)) if rows else (None, None)
    sheet = "CPOM_CT_5" if unit == "cpom-ct-5" else None
    return OperationPlace(
        unit, _LABELS[unit], sheet, table=title, table_rank=rank, row=row, row_rank=row_rank
    )


def _with(place: OperationPlace, **changes: object) -> OperationPlace:
    return replace(place, **changes)  # type: ignore[arg-type]


def make(kind: OperationKind, where: OperationPlace, **values: object) -> Operation:
    return Operation("op", "", kind, where, **values)  # type: ignore[arg-type]


@st.composite
def word_operations(draw: st.DrawFn) -> Operation:
    kind: OperationKind = draw(st.sampled_from(("replace_words", "insert_words", "delete_words")))
    occurrence = draw(st.sampled_from((None, 1, 2, -1, "each")))
    where = draw(paragraph_places())
    side: OperationSide | None = None
    if kind == "insert_words":
        side = draw(st.sampled_from(("after", "before", "end", "start")))
    quotes = side not in ("end", "start")
    return make(
        kind,
        _with(where, occurrence=occurrence if quotes else None),
        side=side,
        old=draw(texts) if quotes else None,
        new=None if kind == "delete_words" else draw(texts),
    )


@st.composite
def content_blocks(draw: st.DrawFn, *, tables: bool = True) -> tuple[Block, ...]:
    """Paragraphs, lists, sub-headings and tables; the first block is a paragraph."""
    one = texts.map(lambda text: Paragraph((Text(text, bold=True), Field("cle", "42"))))
    item = st.tuples(one)
    noted = texts.map(lambda text: Paragraph((Text("Note"), Footnote("n", (Text(text),)))))
    others: list[st.SearchStrategy[Block]] = [
        one,
        noted,
        st.lists(item, min_size=1, max_size=3).map(lambda items: ListBlock(tuple(items))),
        texts.map(lambda label: Paragraph((Gap("manque", label.replace("]", ")")),))),
    ]
    if tables:
        others.append(texts.map(lambda text: SubHeading((Text(text),))))
        others.append(st.tuples(texts, texts).map(lambda t: table("neuf", t[0], (t[1], "2"))))
    first = draw(one)
    return (first, *draw(st.lists(st.one_of(others), max_size=4)))


@st.composite
def paragraph_operations(draw: st.DrawFn) -> Operation:
    kind: OperationKind = draw(
        st.sampled_from(("replace_paragraph", "insert_paragraphs", "delete_paragraphs"))
    )
    side: OperationSide | None = None
    where = draw(paragraph_places(ranges=kind != "insert_paragraphs"))
    if kind == "delete_paragraphs":
        return make(kind, where)
    if kind == "insert_paragraphs":
        side = draw(st.sampled_from(("after", "before", "start", "end")))
        if side in ("start", "end"):
            where = _with(where, paragraph=None)
    if draw(st.booleans()):
        return make(kind, where, side=side, new=tuple(draw(st.lists(texts, min_size=1))))
    return make(kind, where, side=side, content=draw(content_blocks(tables=False)))


@st.composite
def title_operations(draw: st.DrawFn) -> Operation:
    return make("replace_title", draw(places), old="Avant", new=draw(texts))


@st.composite
def row_operations(draw: st.DrawFn) -> Operation:
    kind: OperationKind = draw(st.sampled_from(("replace_row", "insert_rows", "delete_row")))
    side: OperationSide | None = None
    if kind == "insert_rows":
        side = draw(st.sampled_from(("after", "before", "start", "end")))
    where = draw(table_places(rows=side not in ("start", "end")))
    if kind == "delete_row":
        return make(kind, where)
    cells = draw(st.lists(st.tuples(texts, texts), min_size=1, max_size=3))
    content = tuple(
        Row(f"n{n}", tuple(Cell((Text(t),)) for t in row)) for n, row in enumerate(cells)
    )
    as_content = draw(st.booleans())
    return make(kind, where, side=side, new=tuple(cells), content=content if as_content else None)


@st.composite
def table_operations(draw: st.DrawFn) -> Operation:
    kind: OperationKind = draw(st.sampled_from(("replace_table", "insert_table", "delete_table")))
    if kind == "delete_table":
        return make(kind, draw(table_places()))
    caption = draw(st.one_of(st.just(""), texts))
    new = table("neuf", caption, (draw(texts), draw(texts)), notes=(draw(texts),))
    if kind == "replace_table":
        return make(kind, draw(table_places()), content=(new,))
    side: OperationSide = draw(st.sampled_from(("after", "before", "start", "end")))
    where = draw(paragraph_places())
    if side in ("start", "end"):
        where = _with(where, paragraph=None)
    return make(kind, _with(where, table=caption or None), side=side, content=(new,))


@st.composite
def note_operations(draw: st.DrawFn) -> Operation:
    where = draw(table_places())
    side: OperationSide | None = draw(st.sampled_from((None, "end")))
    if side is None:
        where = _with(where, occurrence=draw(st.one_of(st.none(), ranks)))
    new = draw(st.one_of(texts, st.none())) if side is None else draw(texts)
    return make("replace_note", where, side=side, new=new)


_numbered = ("clause-6.1", "6.1"), ("clause-6.2-1 A", "6.2-1 A"), ("article-6", "6")


@st.composite
def section_operations(draw: st.DrawFn) -> Operation:
    kind: OperationKind = draw(
        st.sampled_from(("replace_section", "insert_section", "delete_section", "move_section"))
    )
    unit, label = draw(st.sampled_from(_numbered))
    where = OperationPlace(unit, label)
    if kind == "delete_section":
        return make(kind, where)
    if kind == "move_section":
        side = draw(st.sampled_from(("after", "before")))
        return make(kind, where, side=side, new=draw(st.sampled_from(("6.2", "6.2-1 A", "6"))))
    number = draw(st.sampled_from(("6.2-1", "6.1 A", "12", "6.2-1 B")))
    section = Section("neuf", "clause", draw(texts), number, number, draw(content_blocks()))
    if kind == "replace_section":
        return make(kind, where, content=(section,))
    return make(kind, where, side=draw(st.sampled_from(("after", "before"))), content=(section,))


@st.composite
def part_operations(draw: st.DrawFn) -> Operation:
    kind: OperationKind = draw(
        st.sampled_from(("replace_section", "insert_section", "delete_section"))
    )
    where = OperationPlace("a-8", "A8", section=draw(st.sampled_from(("p-1", "p-2"))))
    part = Section("neuf", "clause", draw(texts), blocks=draw(content_blocks()))
    if kind == "delete_section":
        return make(kind, where)
    side: OperationSide | None = None
    if kind == "insert_section":
        side = draw(st.sampled_from(("after", "before", "end")))
        where = OperationPlace("a-8", "A8") if side == "end" else where
    return make(kind, where, side=side, content=(part,))


@st.composite
def joined_operations(draw: st.DrawFn) -> Operation:
    kind: OperationKind = draw(
        st.sampled_from(
            (
                "replace_sheet", "insert_sheet", "delete_sheet",
                "replace_annex", "insert_annex", "delete_annex",
            )
        )
    )  # fmt: skip
    is_sheet = kind.endswith("sheet")
    where = (
        OperationPlace("cpom-ct-5", "CPOM_CT_5", "CPOM_CT_5")
        if is_sheet
        else OperationPlace("a-5", "A5")
    )
    if kind.startswith("delete"):
        return make(kind, where)
    replaces = kind.startswith("replace")
    number = where.label if replaces else "CPOM_OS_2" if is_sheet else "A9"
    label = number if is_sheet else f"Annexe {number}"
    section_kind: SectionKind = "fiche" if is_sheet else "annexe"
    new = Section("neuf", section_kind, draw(texts), number, label, draw(content_blocks()))
    side: OperationSide | None = None
    if not replaces:
        side = draw(st.sampled_from(("after", "before")))
        if kind == "insert_sheet" and draw(st.booleans()):
            where, side = OperationPlace("a-1", "A1"), "end"
    return make(kind, where, side=side, content=(new,))


OPERATIONS: dict[str, Callable[[], st.SearchStrategy[Operation]]] = {
    "mots": word_operations,
    "alinéas": paragraph_operations,
    "intitulés": title_operations,
    "lignes": row_operations,
    "tableaux": table_operations,
    "notes": note_operations,
    "articles": section_operations,
    "parties": part_operations,
    "pièces jointes": joined_operations,
}
