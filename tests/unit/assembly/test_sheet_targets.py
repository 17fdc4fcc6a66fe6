"""The target tables that a sheet's section shows, and the records behind them."""

from dataclasses import replace
from datetime import date

import pytest

from contract_builder.assembly.context import Context
from contract_builder.assembly.sheet_targets import TargetTables, build_target_tables
from contract_builder.assembly.sheets import sheet_section
from contract_builder.assembly.targets import resolve_targets
from contract_builder.model.blocks import (
    Footnote,
    Gap,
    Paragraph,
    Table,
    Text,
    inline_text,
    iter_inlines,
)
from contract_builder.model.clause import SourceReference
from contract_builder.model.condition import Always
from contract_builder.model.condition import Test as FactTest
from contract_builder.model.fiche import (
    DataItem,
    Fiche,
    FicheHeader,
    Indicator,
    TargetCell,
    TargetPart,
    TargetRow,
)
from contract_builder.model.library import Category, Library
from contract_builder.model.profile import ChosenSheet, NegotiatedTarget
from contract_builder.source import SourceFile
from tests.profile_samples import (
    make_campaign,
    make_context,
    make_library,
    make_outline,
    make_profile,
)

OCCITANIE = "occitanie-2025-2029"
EVERYONE = Category(id="tous", libelle="Tous les établissements", si=Always())
NOBODY = Category(id="nul", libelle="Personne", si=FactTest("statut", "parmi", ("espic",)))


def cell(text: str, type_: str = "texte", value: str = "", **changes: object) -> TargetCell:
    return TargetCell(texte=text, type=type_, valeur=value, **changes)  # type: ignore[arg-type]


def sheet(*rows: TargetRow, data: tuple[DataItem, ...] = ()) -> Fiche:
    header = FicheHeader(
        code="F_1",
        intitule="Une fiche",
        objectifs=("Agir",),
        indicateur=Indicator(type="quantitatif", definition="Nombre d’actions"),
        cibles=rows,
        donnees=data,
        source=SourceReference(document="modele"),
    )
    return Fiche(header, "demo", SourceFile.of_text("F_1.md", ""), "", 1)


def row(category: str = "tous", **changes: object) -> TargetRow:
    values: dict[str, object] = {"valeurs": {"2025": cell("un"), "2026": cell("deux")}}
    return TargetRow(categorie=category, **(values | changes))  # type: ignore[arg-type]


def build(fiche: Fiche, **chosen: object) -> tuple[TargetTables, Context]:
    choice = ChosenSheet(code="F_1", **chosen)  # type: ignore[arg-type]
    campaign = make_campaign(categories=(EVERYONE, NOBODY))
    library = make_library((campaign,), (make_outline(),))
    context = make_context(make_profile(fiches=(choice,)), library)
    choices = resolve_targets(fiche, choice, context)
    return build_target_tables(fiche, choice, choices, context), context


def table_of(tables: TargetTables) -> Table:
    found = [block for block in tables.blocks if isinstance(block, Table)]
    return found[0]


def printed(tables: TargetTables) -> list[str]:
    """The text of the cells, footnotes left out."""
    return [
        inline_text(tuple(item for item in cell.content if not isinstance(item, Footnote)))
        for cell in table_of(tables).rows[0].cells
    ]


def footnotes(tables: TargetTables) -> dict[str, str]:
    return {
        item.key: inline_text(item.content).replace("\u00a0", " ")
        for item in iter_inlines(tables.blocks)
        if isinstance(item, Footnote)
    }


def notes(tables: TargetTables) -> list[str]:
    return [inline_text(note).replace("\u00a0", " ") for note in table_of(tables).notes]


def test_a_row_is_a_table_with_one_column_a_year_and_its_records() -> None:
    tables, context = build(sheet(row()))
    assert [column.title for column in table_of(tables).columns] == ["Catégorie", "2025", "2026"]
    assert printed(tables) == ["Tous les établissements", "un", "deux"]
    assert [(r.year, r.text, r.origin) for r in tables.records] == [
        (2025, "un", "fiche"),
        (2026, "deux", "fiche"),
    ]
    assert context.problems == []


def test_a_merged_cell_covers_its_years_and_counts_for_each_of_them() -> None:
    tables, _ = build(sheet(row(valeurs={"2025-2026": cell("une fois")})))
    cells = table_of(tables).rows[0].cells
    assert [item.colspan for item in cells] == [1, 2]
    assert [record.year for record in tables.records] == [2025, 2026]


def test_a_year_without_cell_shows_a_dash_and_an_empty_cell_too() -> None:
    tables, _ = build(sheet(row(valeurs={"2026": cell("", "vide")})))
    assert printed(tables) == ["Tous les établissements", "–", "–"]


def test_a_printed_total_has_its_column_and_its_record() -> None:
    tables, _ = build(sheet(row(total=cell("3 actions", "nombre", "3"))))
    assert printed(tables)[-1] == "3 actions"
    assert tables.records[-1].year == 0
    without, _ = build(sheet(row(total=cell("", "vide"))))
    assert "Total" not in [column.title for column in table_of(without).columns]


@pytest.mark.parametrize(
    ("cells", "total", "note"),
    [
        (("1", "2"), "3", None),
        (("1", "2"), "4", "Total imprimé dans la fiche : 4 ; somme des valeurs annuelles : 3."),
        (("1,5", "1,5"), "3", None),
        (("1 000", "2 000"), "3000", None),
        (("1", ""), "9", None),
        (("1", "deux"), "9", None),
        (("1", "2"), "", None),
    ],
)
def test_a_printed_total_that_is_not_the_sum_is_shown_beside_it(
    cells: tuple[str, str], total: str, note: str | None
) -> None:
    values = {str(2025 + n): cell(value, "nombre", value) for n, value in enumerate(cells)}
    tables, _ = build(sheet(row(valeurs=values, total=cell(total, "nombre", total))))
    assert notes(tables) == []
    assert footnotes(tables) == ({} if note is None else {"doute.cible.F_1.total": note})
    assert printed(tables)[-1] == total.replace(" ", "\u00a0")


def test_a_total_is_not_summed_over_cells_that_are_no_numbers() -> None:
    values = {"2025": cell("équipe", "jalon"), "2026": cell("+ 1", "increment", "1")}
    tables, _ = build(sheet(row(valeurs=values, total=cell("8", "nombre", "8"))))
    assert footnotes(tables) == {}


def real_tables(library: Library, **chosen: object) -> tuple[TargetTables, Context]:
    choice = ChosenSheet(**chosen)  # type: ignore[arg-type]
    context = make_context(make_profile(campagne=OCCITANIE, fiches=(choice,)), library)
    fiche = library.fiches[OCCITANIE][choice.code]
    tables = build_target_tables(fiche, choice, resolve_targets(fiche, choice, context), context)
    return tables, context


def test_doubtful_cells_and_totals_are_asked_for_and_never_printed(real_library: Library) -> None:
    tables, context = real_tables(real_library, code="CPOM_CT_7")
    assert [column.title for column in table_of(tables).columns] == [
        "Catégorie", "2024", "2025", "2026", "2027", "2028", "2029",
    ]  # fmt: skip
    assert printed(tables)[1:3] == ["/", "[à compléter : cible 2025 de la fiche CPOM_CT_7]"]
    assert len(context.gaps.labels) == 5
    assert (
        "la somme des cinq « 5 » imprimés est 25"
        in footnotes(tables)["doute.cible.CPOM_CT_7.total"]
    )
    assert {record.value for record in tables.records} == {""}


@pytest.mark.parametrize("code", ["CPOM_OS_13", "CPOM_OS_8", "CPOM_CT_7"])
def test_no_doubtful_text_reaches_the_table_of_a_contract(real_library: Library, code: str) -> None:
    tables, context = real_tables(real_library, code=code)
    shown = " ".join(printed(tables))
    for row_ in real_library.fiches[OCCITANIE][code].header.cibles:
        for cell_ in row_.valeurs.values():
            if cell_.doute and len(cell_.texte) > 1:
                assert cell_.texte not in shown
    assert context.gaps.labels


def test_a_negotiated_cell_is_explained_in_a_footnote_of_its_own() -> None:
    target = NegotiatedTarget(
        annee=2026, texte="trois", type="nombre", valeur="3", motif="travaux", auteur="le chargé"
    )
    tables, _ = build(sheet(row()), cibles=(target,))
    assert printed(tables)[1:] == ["un", "trois"]
    assert footnotes(tables) == {
        "negociation.cible.F_1.2026": "2026 : cible négociée – travaux (décision : le chargé)."
    }
    assert notes(tables) == []
    assert [(r.year, r.origin, r.value) for r in tables.records] == [
        (2025, "fiche", ""),
        (2026, "negocie", "3"),
    ]


def test_no_row_is_a_question_with_a_marked_gap_and_a_record_for_each_year() -> None:
    tables, context = build(sheet(row("nul"), row("nul", libelle="Les cliniques")))
    (block,) = tables.blocks
    assert isinstance(block, Paragraph)
    assert inline_text(block.content).replace("\u00a0", " ") == (
        "[à compléter : cible de la fiche F_1, aucune ligne ne convient] "
        "La fiche distingue : Personne ou Les cliniques."
    )
    assert [p.code for p in context.problems] == ["cible-sans-ligne", "donnee-manquante"]
    assert "statut de l’établissement : public (attendu : espic)" in context.problems[0].message
    assert [(record.year, record.origin) for record in tables.records] == [
        (2025, "lacune"),
        (2026, "lacune"),
    ]
    assert list(context.gaps.labels) == ["cible.F_1"]


def test_two_rows_that_fit_are_a_question_not_a_choice() -> None:
    tables, context = build(sheet(row(), row()))
    assert not any(isinstance(block, Table) for block in tables.blocks)
    assert "plusieurs lignes conviennent" in context.gaps.labels["cible.F_1"]


def test_the_parts_of_a_sheet_are_a_choice_to_make_and_are_never_printed_together() -> None:
    fiche = sheet(row(volet="Pharmacie"), row(volet="Biologie"))
    tables, context = build(fiche)
    (block,) = tables.blocks
    assert isinstance(block, Paragraph)
    assert inline_text(block.content).replace("\u00a0", " ") == (
        "[à compléter : volet de la fiche F_1 : Pharmacie ou Biologie] "
        "La fiche laisse le choix : Pharmacie ou Biologie."
    )
    assert list(context.gaps.labels) == ["fiches.F_1.volet"]
    assert {record.origin for record in tables.records} == {"lacune"}
    chosen, context = build(fiche, volet="Biologie")
    assert [b.caption for b in chosen.blocks if isinstance(b, Table)] == ["Cibles – Biologie"]
    assert context.problems == []


def test_no_label_of_a_sheet_is_an_identifier(real_library: Library) -> None:
    for sheets in real_library.fiches.values():
        for fiche in sheets.values():
            for baseline in fiche.iter_baselines():
                assert fiche.label_of_indicator(baseline.indicateur) == baseline.libelle != ""
            for item in fiche.header.donnees:
                assert fiche.label_of_indicator(item.id) == item.intitule
            assert fiche.label_of_indicator("inconnu") == fiche.header.intitule


def test_a_target_left_to_the_establishment_is_a_marked_gap_until_it_is_negotiated() -> None:
    fiche = sheet(row(valeurs={"2025": cell("à fixer, ≥ 5 %", "a_fixer"), "2026": cell("deux")}))
    tables, context = build(fiche)
    assert "[à compléter : cible 2025 de la fiche F_1]" in printed(tables)[1]
    assert list(context.gaps.labels) == ["cible.F_1.2025"]
    target = NegotiatedTarget(annee=2025, texte="7 %", motif="accord", auteur="le chargé")
    assert build(fiche, cibles=(target,))[1].problems == []


def test_a_doubt_is_a_footnote_of_its_cell_and_kept_in_the_record() -> None:
    doubtful = cell("42", "nombre", "42", doute="sans doute + 2", repare="")
    tables, _ = build(sheet(row(valeurs={"2025": doubtful, "2026": cell("deux")})))
    assert [type(item) for item in table_of(tables).rows[0].cells[1].content] == [Gap, Footnote]
    assert footnotes(tables) == {
        "doute.cible.F_1.2025": "Lecture incertaine de la source : lu « 42 » ; sans doute + 2."
    }
    assert [(record.text, record.value, record.origin) for record in tables.records] == [
        ("", "", "lacune"),
        ("deux", "", "fiche"),
    ]
    assert [record.doubt for record in tables.records] == ["sans doute + 2", ""]


def test_a_repaired_cell_says_in_a_footnote_what_was_printed() -> None:
    repaired = replace(cell("≥ 1", "seuil", "1"), repare="imprimé « < 1 »")
    tables, _ = build(sheet(row(valeurs={"2025": repaired, "2026": cell("deux")})))
    assert footnotes(tables) == {"lecture.cible.F_1.2025": "Lecture rétablie : imprimé « < 1 »."}
    assert [record.repaired for record in tables.records] == [True, False]


def test_a_remark_that_several_cells_share_is_told_once_with_their_years() -> None:
    repaired = cell("≥ 1", "seuil", "1", repare="imprimé « < 1 »")
    row_ = row(volet="Biologie", valeurs={"2025-2026": repaired, "2027": repaired}, total=repaired)
    assert footnotes(build(sheet(row_))[0]) == {
        "lecture.cible.F_1.Biologie.2025": (
            "2025-2026, 2027 et total, lecture rétablie : imprimé « < 1 »."
        )
    }


def test_a_doubt_on_the_total_and_those_on_parts_of_a_target_stand_at_their_cell() -> None:
    part = TargetPart(indicateur="premier recueil", type="jalon", doute="année non lisible")
    mixed = cell("suite", "composite", doute="ordre sûr", composantes=(part,))
    total = cell("3", "nombre", "3", doute="imprimé « 8 »")
    tables, _ = build(sheet(row(valeurs={"2025": cell("un"), "2026": mixed}, total=total)))
    assert footnotes(tables) == {
        "doute.cible.F_1.2026": "Lecture incertaine de la source : lu « suite » ; ordre sûr.",
        "doute.cible.F_1.2026.2": (
            "Lecture incertaine de la source, premier recueil : année non lisible."
        ),
        "doute.cible.F_1.total": "Lecture incertaine de la source : imprimé « 8 ».",
    }
    label = table_of(tables).rows[0].cells[0].content  # a total in doubt has no column
    assert [type(item) for item in label] == [Text, Footnote]
    assert len(table_of(tables).rows[0].cells) == 3


def test_a_target_of_several_lines_keeps_them_in_its_cell() -> None:
    tables, _ = build(sheet(row(valeurs={"2025-2026": cell("un\ndeux")})))
    assert printed(tables)[1] == "un\ndeux"


def test_a_sheet_that_only_collects_data_has_no_target() -> None:
    tables, context = build(sheet(data=(DataItem(id="file", intitule="File active"),)))
    assert "recueil des données" in inline_text(tuple(iter_inlines(tables.blocks)))
    assert (tables.records, context.problems) == ((), [])


def test_a_missing_baseline_is_told_once_with_its_year(real_library: Library) -> None:
    profile = make_profile(campagne="occitanie-2025-2029", fiches=(ChosenSheet(code="CPOM_OS_12"),))
    context = make_context(profile, real_library)
    fiche = real_library.fiches["occitanie-2025-2029"]["CPOM_OS_12"]
    chosen = profile.fiches[0]
    build_target_tables(fiche, chosen, resolve_targets(fiche, chosen, context), context)
    assert context.gaps.labels == {
        "valeur_initiale.CPOM_OS_12.mammographies": (
            "valeur de départ 2024 « Mammographies » de la fiche CPOM_OS_12"
        ),
        "valeur_initiale.CPOM_OS_12.echographies": (
            "valeur de départ 2024 « Échographies mammaires » de la fiche CPOM_OS_12"
        ),
    }


def test_a_sheet_names_its_source_in_a_footnote_of_its_definition(real_library: Library) -> None:
    fiche = real_library.fiches["occitanie-2025-2029"]["CPOM_OS_18"]
    section = sheet_section(fiche, "", real_library, (), ())
    (definition,) = [
        block
        for block in section.blocks
        if isinstance(block, Paragraph) and inline_text(block.content).startswith("Définition")
    ]
    *_, words, note, repairs = definition.content
    assert isinstance(words, Text)
    assert isinstance(repairs, Footnote)
    assert "« GRADeS », imprimé « GRADES » (lignes 3583-3585)" in inline_text(
        repairs.content
    ).replace("\u00a0", " ")
    assert isinstance(note, Footnote)
    assert note.key == "source.CPOM_OS_18"
    told = inline_text(note.content)
    assert told.startswith("Source\u00a0: Fiche méthodologique – Annexe stratégique")
    assert told.endswith(", lignes 3509-3592.")


def test_the_source_of_a_definition_is_called_before_its_full_stop(real_library: Library) -> None:
    fiche = real_library.fiches["occitanie-2025-2029"]["CPOM_OS_8"]
    blocks = sheet_section(fiche, "", real_library, (), ()).blocks
    (content,) = [
        block.content
        for block in blocks
        if isinstance(block, Paragraph) and any(isinstance(i, Footnote) for i in block.content)
    ]
    assert content[-1] == Text(".")
    assert inline_text(content[1:2]).endswith("Établissement")


def test_a_year_before_the_contract_without_a_target_has_no_column() -> None:
    fiche = sheet(row(valeurs={"2026": cell("deux")}))
    _, context = build(fiche)
    chosen = ChosenSheet(code="F_1")
    later = replace(context, on=date(2026, 1, 1), end=date(2030, 12, 31))
    tables = build_target_tables(fiche, chosen, resolve_targets(fiche, chosen, later), later)
    assert [column.title for column in table_of(tables).columns] == ["Catégorie", "2026"]
