"""Targets of a sheet for one establishment: the right row, negotiated cells, computed figures."""

from dataclasses import replace
from decimal import Decimal

import pytest

from contract_builder.assembly.context import Context
from contract_builder.assembly.targets import ResolvedRow, RowChoice, resolve_targets
from contract_builder.model.clause import SourceReference
from contract_builder.model.condition import Always, Condition
from contract_builder.model.condition import Test as FactTest
from contract_builder.model.fiche import (
    Baseline,
    Fiche,
    FicheHeader,
    Indicator,
    TargetCell,
    TargetPart,
    TargetRow,
)
from contract_builder.model.library import Category, Library
from contract_builder.model.profile import BaselineValue, ChosenSheet, NegotiatedTarget
from contract_builder.source import SourceFile
from tests.profile_samples import (
    make_campaign,
    make_capacity,
    make_context,
    make_library,
    make_outline,
    make_profile,
)

OCCITANIE = "occitanie-2025-2029"
EVERYONE = Category(id="tous", libelle="Tous les établissements", si=Always())


def number(value: str, **changes: object) -> TargetCell:
    values: dict[str, object] = {"texte": f"{value} actions", "type": "nombre", "valeur": value}
    return TargetCell(**(values | changes))  # type: ignore[arg-type]


def row(category: str = "tous", volet: str = "", **cells: TargetCell) -> TargetRow:
    """A row whose cells are given as ``an2025=…`` or ``an2025_2027=…``."""
    values = {name[2:].replace("_", "-"): cell for name, cell in cells.items()}
    return TargetRow(categorie=category, volet=volet, valeurs=values)


def sheet(*rows: TargetRow) -> Fiche:
    header = FicheHeader(
        code="F_1",
        intitule="Une fiche",
        objectifs=("Agir",),
        indicateur=Indicator(type="quantitatif", definition="Nombre d’actions"),
        cibles=rows,
        source=SourceReference(document="modele"),
    )
    return Fiche(header, "demo", SourceFile.of_text("F_1.md", ""), "", 1)


def context(*categories: Category, **profile: object) -> Context:
    campaign = make_campaign(categories=categories or (EVERYONE,))
    library = make_library((campaign,), (make_outline(),))
    return make_context(make_profile(**profile), library)  # type: ignore[arg-type]


def negotiated(year: int, text: str = "négocié") -> NegotiatedTarget:
    return NegotiatedTarget(annee=year, texte=text, motif="travaux", auteur="le chargé")


def resolve(fiche: Fiche, made: Context | None = None, **chosen: object) -> RowChoice:
    choice = ChosenSheet(code=fiche.code, **chosen)  # type: ignore[arg-type]
    return resolve_targets(fiche, choice, made or context())


def only_row(choice: RowChoice) -> ResolvedRow:
    (found,) = choice.rows
    return found


def real_context(library: Library, beds: int | None = None, **entity: object) -> Context:
    capacities = () if beds is None else (make_capacity(2024, beds),)
    profile = make_profile(campagne=OCCITANIE, entity=entity, capacites=capacities)
    return make_context(profile, library)


@pytest.mark.parametrize(
    ("beds", "category"),
    [
        (0, "petits"),
        (99, "petits"),
        (100, "intermediaires"),
        (499, "intermediaires"),
        (501, "grands"),
        (2000, "grands"),
    ],
)
def test_the_beds_decide_the_size_category(real_library: Library, beds: int, category: str) -> None:
    fiche = real_library.fiches[OCCITANIE]["CPOM_OS_6"]
    choice = resolve(fiche, real_context(real_library, beds))
    assert only_row(choice).row.categorie == category


def test_exactly_500_beds_are_in_no_category(real_library: Library) -> None:
    fiche = real_library.fiches[OCCITANIE]["CPOM_OS_6"]
    choice = resolve(fiche, real_context(real_library, 500))
    assert choice.rows == ()
    assert [verdict.outcome for _, verdict in choice.verdicts] == [False, False, False]


def test_without_beds_no_category_can_be_decided(real_library: Library) -> None:
    fiche = real_library.fiches[OCCITANIE]["CPOM_OS_6"]
    choice = resolve(fiche, real_context(real_library))
    assert choice.rows == ()
    assert [verdict.outcome for _, verdict in choice.verdicts] == [None, None, None]


@pytest.mark.parametrize("code", ["CPOM_CT_2", "CPOM_OS_3", "CPOM_OS_9", "CPOM_OS_19"])
@pytest.mark.parametrize("beds", [45, 250, 800])
def test_every_sheet_by_size_has_exactly_one_row_for_a_size(
    real_library: Library, code: str, beds: int
) -> None:
    fiche = real_library.fiches[OCCITANIE][code]
    assert len(resolve(fiche, real_context(real_library, beds)).rows) == 1


def test_the_worked_example_of_cpom_os_12_is_found_again(real_library: Library) -> None:
    fiche = real_library.fiches[OCCITANIE]["CPOM_OS_12"]
    example = fiche.header.exemple
    assert example is not None
    assert example.base == 740
    baseline = BaselineValue(annee=2024, valeur=example.base)
    scans = BaselineValue(annee=2024, valeur=Decimal(395))
    choice = resolve(
        fiche,
        real_context(real_library),
        valeurs_initiales={"mammographies": baseline, "echographies": scans},
    )
    found = only_row(choice).computed
    computed = [item for item in found if item.indicator == "mammographies"]
    assert {item.year: item.value for item in computed} == dict(example.valeurs)
    assert [int(item.value) for item in computed] == [762, 800, 840, 882, 926]
    assert computed[0].formula == "740 × 1,03 = 762,2, arrondi à 762"
    assert computed[1].formula == "762 × 1,05 = 800,1, arrondi à 800"
    assert computed[2].formula == "800 × 1,05 = 840"
    assert only_row(choice).missing_baselines == ()


def test_a_comparison_with_the_year_before_uses_the_starting_value(real_library: Library) -> None:
    fiche = real_library.fiches[OCCITANIE]["CPOM_OS_12"]
    scans = BaselineValue(annee=2024, valeur=Decimal(395))
    choice = resolve(fiche, real_context(real_library), valeurs_initiales={"echographies": scans})
    found = only_row(choice).computed
    assert [(item.label, int(item.value)) for item in found] == [
        ("Échographies mammaires", 395)
    ] * 5
    assert found[0].formula == "au moins la valeur de 2024, soit 395"
    strict = replace(fiche.header.cibles[0].valeurs["2025"].composantes[1], operateur=">")
    row_ = row(an2025=TargetCell(type="composite", composantes=(strict,)))
    (item,) = only_row(resolve(sheet(row_), valeurs_initiales={"echographies": scans})).computed
    assert int(item.value) == 396


def test_computed_values_go_on_from_a_negotiated_year(real_library: Library) -> None:
    fiche = real_library.fiches[OCCITANIE]["CPOM_OS_12"]
    agreed = NegotiatedTarget(
        annee=2025, texte="780", type="nombre", valeur="780", motif="travaux", auteur="la direction"
    )
    choice = resolve(
        fiche,
        real_context(real_library),
        valeurs_initiales={"mammographies": BaselineValue(annee=2024, valeur=Decimal(740))},
        cibles=(agreed,),
    )
    found = {item.year: int(item.value) for item in only_row(choice).computed}
    assert found == {2026: 819, 2027: 860, 2028: 903, 2029: 948}


def test_a_chu_and_a_clinic_have_their_own_rows_of_cpom_os_12(real_library: Library) -> None:
    fiche = real_library.fiches[OCCITANIE]["CPOM_OS_12"]
    university = resolve(fiche, real_context(real_library, categorie="chu"))
    assert only_row(university).row.categorie == "chu"
    clinic = real_context(real_library, categorie="clinique", statut="prive_lucratif")
    assert only_row(resolve(fiche, clinic)).row.categorie == "cliniques"


def relative(percentage: str, reference: int | None, **changes: object) -> TargetCell:
    return TargetCell(
        texte=f"+ {percentage} %",
        type="increment_pourcentage",
        valeur=percentage,
        reference=reference,
        base=Baseline(indicateur="actes", annee=2024),
        **changes,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("baselines", "computed", "missing"),
    [
        ({"actes": BaselineValue(annee=2024, valeur=Decimal(100))}, [110], 0),
        ({"actes": BaselineValue(annee=2023, valeur=Decimal(100))}, [], 1),
        ({"autres": BaselineValue(annee=2024, valeur=Decimal(100))}, [], 1),
        (None, [], 1),
    ],
)
def test_a_baseline_counts_for_its_own_indicator_and_year(
    baselines: dict[str, BaselineValue] | None, computed: list[int], missing: int
) -> None:
    fiche = sheet(row(an2025=relative("10", 2024)))
    found = only_row(resolve(fiche, valeurs_initiales=baselines))
    assert [int(item.value) for item in found.computed] == computed
    assert len(found.missing_baselines) == missing


@pytest.mark.parametrize(
    ("start", "percentage", "value", "formula"),
    [
        ("50", "5", "53", "50 × 1,05 = 52,5, arrondi à 53"),
        ("100", "2,5", "103", "100 × 1,025 = 102,5, arrondi à 103"),
        ("103", "15", "119", "103 × 1,15 = 118,45, arrondi, pour l’atteindre, à 119"),
        ("1", "15", "2", "1 × 1,15 = 1,15, arrondi, pour l’atteindre, à 2"),
        ("100", "-15", "85", "100 × 0,85 = 85"),
        ("9", "-10", "8", "9 × 0,9 = 8,1, arrondi à 8"),
        ("12.4", "100", "25", "12,4 × 2 = 24,8, arrondi à 25"),
        ("1000000", "15", "1150000", "1~000~000 × 1,15 = 1~150~000"),
    ],
)
def test_a_computed_target_shows_its_formula_and_reaches_what_is_asked(
    start: str, percentage: str, value: str, formula: str
) -> None:
    fiche = sheet(row(an2025=relative(percentage, 2024)))
    baseline = BaselineValue(annee=2024, valeur=Decimal(start))
    (item,) = only_row(resolve(fiche, valeurs_initiales={"actes": baseline})).computed
    assert item.value == Decimal(value)
    assert item.formula.replace("\u00a0", "~") == formula


def test_each_year_is_computed_from_the_year_that_its_cell_names() -> None:
    fiche = sheet(
        row(an2025=relative("20", 2024), an2026=relative("40", 2024), an2027=relative("10", 2026))
    )
    baseline = BaselineValue(annee=2024, valeur=Decimal(100))
    computed = only_row(resolve(fiche, valeurs_initiales={"actes": baseline})).computed
    assert [(item.year, int(item.value)) for item in computed] == [
        (2025, 120),
        (2026, 140),
        (2027, 154),
    ]


def test_a_target_without_reference_year_or_number_is_never_computed() -> None:
    fiche = sheet(row(an2025=relative("20", None), an2026=relative("beaucoup", 2024)))
    baseline = BaselineValue(annee=2024, valeur=Decimal(100))
    assert only_row(resolve(fiche, valeurs_initiales={"actes": baseline})).computed == ()


def test_the_parts_of_a_composite_target_are_computed_each_from_its_own_baseline() -> None:
    parts = tuple(
        TargetPart(
            indicateur=name,
            type="increment_pourcentage",
            valeur="10",
            reference=2024,
            base=Baseline(indicateur=name, annee=2024),
        )
        for name in ("actes", "patients")
    )
    fiche = sheet(row(an2025=TargetCell(type="composite", composantes=parts)))
    baselines = {"patients": BaselineValue(annee=2024, valeur=Decimal(30))}
    found = only_row(resolve(fiche, valeurs_initiales=baselines))
    assert [(item.indicator, int(item.value)) for item in found.computed] == [("patients", 33)]
    assert [item.indicateur for item in found.missing_baselines] == ["actes"]


def test_a_negotiated_year_is_not_computed_nor_what_depends_on_it() -> None:
    fiche = sheet(
        row(an2025=relative("10", 2024), an2026=relative("10", 2025), an2027=relative("10", 2024))
    )
    baseline = BaselineValue(annee=2024, valeur=Decimal(100))
    found = only_row(
        resolve(fiche, valeurs_initiales={"actes": baseline}, cibles=(negotiated(2025),))
    )
    assert [item.year for item in found.computed] == [2027]


def texts(found: ResolvedRow) -> list[tuple[tuple[int, ...], str, str]]:
    return [(item.years, item.cell.texte, item.origin) for item in found.cells]


def test_a_negotiated_target_replaces_the_sheet_s_for_its_year_alone() -> None:
    fiche = sheet(row(an2025=number("1"), an2026=number("2")))
    found = only_row(resolve(fiche, cibles=(negotiated(2026, "3 actions"),)))
    assert texts(found) == [
        ((2025,), "1 actions", "fiche"),
        ((2026,), "3 actions", "negocie"),
    ]


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2025, [((2025,), "négocié", "negocie"), ((2026,), "1 actions", "fiche"),
                ((2027,), "1 actions", "fiche")]),
        (2026, [((2025,), "1 actions", "fiche"), ((2026,), "négocié", "negocie"),
                ((2027,), "1 actions", "fiche")]),
        (2028, [((2025, 2026, 2027), "1 actions", "fiche"), ((2028,), "négocié", "negocie")]),
    ],
)  # fmt: skip
def test_a_merged_cell_is_split_where_a_year_of_it_was_negotiated(
    year: int, expected: list[tuple[tuple[int, ...], str, str]]
) -> None:
    fiche = sheet(row(an2025_2027=number("1")))
    assert texts(only_row(resolve(fiche, cibles=(negotiated(year),)))) == expected


def test_a_chosen_part_of_a_sheet_leaves_the_others_out() -> None:
    fiche = sheet(
        row(volet="Pharmacie", an2025=number("1")), row(volet="Biologie", an2025=number("2"))
    )
    chosen = resolve(fiche, volet="Biologie")
    assert only_row(chosen).row.volet == "Biologie"
    assert len(chosen.verdicts) == 1
    assert [item.row.volet for item in resolve(fiche).rows] == ["Pharmacie", "Biologie"]


def test_the_condition_of_a_row_replaces_that_of_its_category() -> None:
    never: Condition = FactTest("statut", "parmi", ("espic",))
    fiche = sheet(row(an2025=number("1")))
    closed = replace(fiche.header.cibles[0], si=never)
    assert resolve(sheet(closed)).rows == ()
    strict = Category(id="tous", libelle="Espic", si=never)
    opened = replace(fiche.header.cibles[0], si=Always())
    assert len(resolve(sheet(opened), context(strict)).rows) == 1
    assert resolve(fiche, context(strict)).rows == ()


def test_this_sheet_in_a_category_is_the_sheet_that_is_resolved() -> None:
    engaged = Category(
        id="tous", libelle="Déjà engagés", si=FactTest("deja_engage", "contient", ("cette_fiche",))
    )
    fiche = sheet(row(an2025=number("1")))
    already = context(engaged, fiches=(ChosenSheet(code="F_1", deja_engage=True),))
    elsewhere = context(engaged, fiches=(ChosenSheet(code="F_2", deja_engage=True),))
    assert len(resolve(fiche, already).rows) == 1
    assert resolve(fiche, elsewhere).rows == ()


def test_a_row_of_an_unknown_category_decides_nothing() -> None:
    choice = resolve(sheet(row("inconnue", an2025=number("1"))))
    assert choice.rows == ()
    assert choice.verdicts[0][1].outcome is None


def test_a_row_is_called_by_its_printed_label_else_by_its_category() -> None:
    printed = replace(row(an2025=number("1")), libelle="Pour tous")
    assert only_row(resolve(sheet(printed))).category_label == "Pour tous"
    unnamed = sheet(row(an2025=number("1")))
    assert only_row(resolve(unnamed)).category_label == "Tous les établissements"
