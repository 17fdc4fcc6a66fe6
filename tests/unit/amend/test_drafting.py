"""The level of each operation is the one that a lawyer would choose."""

from collections.abc import Sequence
from dataclasses import replace

from contract_builder.amend.applying import apply_operations
from contract_builder.amend.drafting import draft_operations
from contract_builder.amend.numbers import number_as_consolidated
from contract_builder.amend.sameness import contracts_say_the_same
from contract_builder.model.amendment import Operation
from contract_builder.model.blocks import (
    Block,
    Field,
    Footnote,
    ListBlock,
    Paragraph,
    SubHeading,
    Table,
    Text,
)
from contract_builder.model.contract import Contract, Section
from tests.unit.compare.builders import (
    LONG,
    article,
    clause,
    contract,
    link,
    table,
    text,
    with_number,
)


def _amend(old: Contract, new: Contract) -> tuple[Operation, ...]:
    """The operations; applied to the old contract they must give the new one."""
    operations = draft_operations(old, new)
    made = apply_operations(operations, old)
    assert contracts_say_the_same(made, number_as_consolidated(old, new))
    return operations


def _six(*blocks: Block | str) -> Contract:
    return contract(article("six", 6, with_number(clause("suivi", *blocks), "6.2", "6.2")))


def _one(old: Contract, new: Contract) -> Operation:
    (operation,) = _amend(old, new)
    return operation


def _kinds(operations: Sequence[Operation]) -> list[str]:
    return [operation.kind for operation in operations]


def test_equal_contracts_need_no_operation() -> None:
    assert _amend(_six(LONG), _six(LONG)) == ()


def test_typography_and_look_alone_are_not_ordered() -> None:
    bold = Paragraph((Text(LONG.replace("’", "'"), bold=True),))
    assert _amend(_six(LONG), _six(bold)) == ()


def test_a_few_words_of_a_long_alinea_are_words() -> None:
    found = _one(_six("Un.", LONG), _six("Un.", LONG.replace("chaque année", "deux fois par an")))
    assert (found.kind, found.old, found.new) == (
        "replace_words",
        "chaque année",
        "deux fois par an",
    )
    assert (found.where.label, found.where.paragraph) == ("6.2", 2)


def test_words_that_occur_twice_are_quoted_with_their_neighbours_or_located() -> None:
    old = "Le délai est de trois mois à la demande et de trois mois à la décision."
    new = "Le délai est de trois mois à la demande et de deux mois à la décision."
    found = _one(_six(old), _six(new))
    assert (found.old, found.new, found.where.occurrence) == ("et de trois", "et de deux", None)
    found = _one(_six("Un 2, un 2, un 2, un 2, un 2."), _six("Un 2, un 2, un 3, un 2, un 2."))
    assert (found.old, found.new, found.where.occurrence) == ("2", "3", 3)


def test_words_exchanged_everywhere_are_exchanged_at_each_occurrence() -> None:
    old = "L’avis du comité suit l’avis du conseil, puis l’avis du comité est publié."
    found = _one(_six(old), _six(old.replace("comité", "directoire")))
    assert (found.old, found.new, found.where.occurrence) == ("comité", "directoire", "each")


def test_words_are_exchanged_inside_a_value_which_stays_that_value() -> None:
    def six(count: str) -> Contract:
        value = Field(
            "exemplaires", f"{count}\u00a0exemplaires originaux, un pour chaque signataire"
        )
        return _six(Paragraph((Text("Fait en "), value, Text("."))))

    found = _one(six("2"), six("3"))
    assert (found.kind, found.old, found.new) == ("replace_words", "2", "3")
    (made,) = apply_operations((found,), six("2")).sections[0].children
    assert made == six("3").sections[0].children[0]


def test_an_alinea_that_mostly_changes_is_replaced() -> None:
    other = "L’agence réunit les parties à la demande de l’une d’elles et en dresse le relevé."
    found = _one(_six("Un.", LONG, LONG), _six("Un.", other, LONG))
    assert (found.kind, found.where.paragraph) == ("replace_paragraph", 2)


def test_alineas_that_go_together_are_suppressed_together() -> None:
    found = _one(_six("Un.", "Deux.", "Trois.", LONG), _six("Un.", LONG))
    assert (found.kind, found.where.paragraph, found.where.last_paragraph) == (
        "delete_paragraphs", 2, 3,
    )  # fmt: skip


def test_an_item_more_joins_its_list() -> None:
    def six(*items: str) -> Contract:
        return _six("Il s’agit :", ListBlock(tuple((text(item),) for item in items)), LONG)

    found = _one(six("d’un ;", "de trois."), six("d’un ;", "de deux ;", "de trois."))
    assert (found.kind, found.where.paragraph, found.side) == ("insert_paragraphs", 2, "after")


def test_an_article_is_completed_by_its_last_alinea() -> None:
    found = _one(_six(LONG), _six(LONG, "Le relevé est adressé aux parties."))
    assert (found.kind, found.side, found.where.paragraph) == ("insert_paragraphs", "end", None)


def test_alineas_and_clauses_that_come_at_one_place_come_together() -> None:
    def visas(*clauses: Section) -> Contract:
        return contract(Section("visas", "visas", "Visas", children=clauses))

    first, last = clause("a", "Vu un ;", title=""), clause("z", LONG, title="")
    longer = clause("a", "Vu un ;", "Vu deux ;", title="")
    found = _one(visas(first, last), visas(longer, clause("b", "Vu trois ;", title=""), last))
    assert (found.kind, found.where.paragraph, found.side) == ("insert_paragraphs", 1, "after")
    assert found.new == ("Vu deux ;", "Vu trois ;")


def test_visas_are_named_by_rank_however_many_change() -> None:
    def visas(*lines: str) -> Contract:
        made = [clause(f"v{i}", line, title="") for i, line in enumerate(lines)]
        return contract(Section("visas", "visas", "Visas", children=tuple(made)))

    found = _amend(visas("Vu le code A ;", "Vu B ;"), visas("Vu un décret ;", "Vu une loi ;"))
    assert _kinds(found) == ["replace_paragraph", "replace_paragraph"]


def _amounts(*rows: str, titles: str = "Mesure|2025|2026") -> Contract:
    return _six("Montants :", replace(table("t", titles, *rows), caption="Montants"))


def test_one_amount_changed_replaces_its_row() -> None:
    rows = [f"{key}:{key}|10|20" for key in "ABCDEF"]
    found = _one(_amounts(*rows), _amounts(*rows[:2], "C:C|10|25", *rows[3:]))
    assert (found.kind, found.where.table, found.where.row) == ("replace_row", "Montants", "C")
    assert (found.old, found.new) == ((("C", "10", "20"),), (("C", "10", "25"),))


def test_rows_come_after_the_row_before_them() -> None:
    rows = [f"{key}:{key}|10|20" for key in "ABCDEF"]
    found = _one(_amounts(*rows), _amounts(*rows[:2], "X:X|1|2", "Y:Y|1|2", *rows[2:]))
    assert (found.kind, found.where.row, found.side) == ("insert_rows", "B", "after")
    assert found.new == (("X", "1", "2"), ("Y", "1", "2"))


def test_rows_that_begin_alike_are_named_by_rank() -> None:
    found = _one(_amounts("a:K|1|2", "b:K|3|4", "c:L|5|6"), _amounts("a:K|1|2", "c:L|5|6"))
    assert (found.kind, found.where.row, found.where.row_rank) == ("delete_row", "K", 2)


def test_other_columns_replace_the_table() -> None:
    found = _one(_amounts("A:A|1|2"), _amounts("A:A|1|2", titles="Mesure|2025|2027"))
    assert (found.kind, found.where.table) == ("replace_table", "Montants")


def test_a_note_more_completes_its_table_and_one_less_replaces_it() -> None:
    def noted(*notes: str) -> Contract:
        lines = tuple((Text(note),) for note in notes)
        return _six("Montants :", replace(table("t", "A", "1:x"), caption="T", notes=lines))

    assert _kinds(_amend(noted(), noted("Hors taxes."))) == ["replace_note"]
    assert _one(noted("Hors taxes."), noted("Hors taxe.")).kind == "replace_note"
    assert _one(noted("Hors taxes."), noted()).kind == "replace_table"


def _articles(*ids: str) -> Contract:
    made = [
        with_number(clause(name, f"{LONG} ({name})", title=name), f"6.{rank}", f"6.{rank}")
        for rank, name in enumerate(ids, start=1)
    ]
    return contract(article("six", 6, *made), article("sept", 7))


def test_articles_come_with_a_number_of_their_own_and_in_order() -> None:
    found = _amend(_articles("a", "b"), _articles("a", "x", "y", "b"))
    assert _kinds(found) == ["insert_section", "insert_section"]
    assert [o.where.label for o in found] == ["6.1", "6.1"]
    labels = [s.label for o in found for s in o.content or () if isinstance(s, Section)]
    assert labels == ["6.1-1", "6.1-2"]


def test_an_article_in_the_place_of_one_like_it_replaces_it_and_keeps_its_number() -> None:
    def articles(name: str, words: str) -> Contract:
        made = [
            with_number(clause(section, words, title="Implantations"), f"6.{rank}", f"6.{rank}")
            for rank, section in enumerate(("a", name, "c"), start=1)
        ]
        return contract(article("six", 6, *made))

    old = articles("un-site", "L’établissement contracte pour son seul site, que décrit l’annexe.")
    new = articles("sites", "L’établissement contracte pour tous les sites que décrit l’annexe.")
    replaced = next(o for o in _amend(old, new) if o.where.unit == "un-site")
    (section,) = replaced.content or ()
    assert isinstance(section, Section)
    assert (replaced.kind, section.id, section.label) == ("replace_section", "sites", "6.2")


def test_articles_go_and_move() -> None:
    assert _one(_articles("a", "b", "c"), _articles("a", "c")).kind == "delete_section"
    moved = _one(_articles("a", "b", "c"), _articles("b", "c", "a"))
    assert (moved.kind, moved.where.label, moved.side, moved.new) == (
        "move_section", "6.1", "after", "6.3",
    )  # fmt: skip


def test_an_article_before_the_first_of_its_group_takes_a_letter() -> None:
    found = _one(_articles("a", "b"), _articles("x", "a", "b"))
    (section,) = found.content or ()
    assert isinstance(section, Section)
    assert (found.side, found.where.label, section.label) == ("before", "6.1", "6.1 A")


def test_a_clause_that_continues_an_article_may_stand_in_it_or_beside_it() -> None:
    first = with_number(clause("a", LONG), "6.1", "6.1")
    follower = clause("suite", "Un texte qui continue.", title="")
    beside = contract(article("six", 6, first, follower))
    inside = contract(article("six", 6, replace(first, children=(follower,))))
    assert _amend(beside, inside) == _amend(inside, beside) == ()
    changed = replace(first, children=(clause("suite", "Un mot qui continue.", title=""),))
    found = _one(beside, contract(article("six", 6, changed)))
    assert (found.where.label, found.where.paragraph, found.old) == ("6.1", 2, "texte")


def test_a_title_is_replaced_alone() -> None:
    old = _articles("a", "b")
    six = old.sections[0]
    new = replace(old, sections=(replace(six, title="Suivi"), old.sections[1]))
    found = _one(old, new)
    assert (found.kind, found.old, found.new) == ("replace_title", "Titre", "Suivi")


def test_a_sub_heading_or_a_remark_that_changes_replaces_the_unit() -> None:
    def six(heading: str, remark: str) -> Contract:
        note = Footnote("doute", (Text(remark),))
        return _six(LONG, SubHeading((Text(heading),)), Paragraph((Text("Un"), note, Text("."))))

    assert _one(six("Titre", "vu"), six("Autre", "vu")).kind == "replace_section"
    assert _one(six("Titre", "vu"), six("Titre", "lu")).kind == "replace_section"


def _annex(*sheets: Section, words: str = LONG) -> Contract:
    text_of = clause("presentation", words, title="")
    return contract(
        Section("strategie", "annexe", "Stratégie", "A1", "Annexe A1", children=(text_of, *sheets)),
        Section("finances", "annexe", "Finances", "A2", "Annexe A2", (text("Montants."),)),
    )


def _sheet(code: str, *blocks: Block | str) -> Section:
    made = clause(code.lower(), *blocks)
    return replace(made, kind="fiche", number=code, label=code)


def test_sheets_come_go_and_are_amended_inside() -> None:
    one, two = _sheet("S_1", LONG, LONG), _sheet("S_2", "Un texte assez court.")
    come = _one(_annex(one), _annex(one, two))
    assert (come.kind, come.where.sheet, come.side) == ("insert_sheet", "S_1", "after")
    assert _one(_annex(one, two), _annex(one)).kind == "delete_sheet"
    inside = _one(_annex(one), _annex(_sheet("S_1", LONG, LONG.replace("chaque", "toute"))))
    assert (inside.kind, inside.where.label, inside.where.sheet) == ("replace_words", "S_1", "S_1")


def test_what_mostly_changes_is_replaced_and_attached() -> None:
    one = _sheet("S_1", LONG, "Un texte assez court.")
    assert (
        _one(_annex(one), _annex(_sheet("S_1", "Rien n’est plus pareil.", "Ni ici."))).kind
        == "replace_sheet"
    )
    other = _annex(_sheet("S_9", "Tout est neuf."), words="Présentation refaite.")
    assert _one(_annex(one), other).kind == "replace_annex"


def test_links_in_what_is_inserted_bear_the_numbers_of_the_consolidated_text() -> None:
    old = _articles("a", "b")
    cited = with_number(
        clause("x", text("Voir l’", link("b", "article 6.3"), "."), title="x"), "6.2", "6.2"
    )
    six = _articles("a", "b").sections[0]
    after = with_number(six.children[1], "6.3", "6.3")
    new = replace(
        old, sections=(replace(six, children=(six.children[0], cited, after)), old.sections[1])
    )
    (operation,) = _amend(old, new)
    (section,) = operation.content or ()
    assert isinstance(section, Section)
    (block,) = section.blocks
    assert isinstance(block, Paragraph)
    assert block.content[1] == link("b", "article 6.2")


def test_a_table_that_comes_stands_after_the_alinea_before_it() -> None:
    new_table: Table = replace(table("t", "A", "1:x"), caption="Cibles")
    found = _one(_six("Un.", LONG), _six("Un.", new_table, LONG))
    assert (found.kind, found.where.table, found.where.paragraph) == ("insert_table", "Cibles", 1)
