"""The French summary: what matters first, one sentence each."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from contract_builder.compare.comparison import compare_contracts
from contract_builder.compare.plain_text import render_summary_text
from contract_builder.compare.views.summary import summarise
from contract_builder.model.blocks import Cell, Column, Row, Table, Text
from contract_builder.model.contract import (
    CitedReference,
    Contract,
    ContractTables,
    Objective,
    Provenance,
    TargetRecord,
)
from tests.unit.compare.builders import LONG, article, clause, contract
from tests.unit.compare.test_record_changes import AUTHORISATION, FUNDING, TARGET

N = "\u00a0"


def _sentences(old: Contract, new: Contract) -> list[str]:
    return [item.text for item in summarise(compare_contracts(old, new))]


def _tables(**tables: object) -> Contract:
    return contract(tables=ContractTables(**tables))  # type: ignore[arg-type]


def test_an_amount_is_a_sentence_with_its_percentage() -> None:
    new = replace(FUNDING, amount=Decimal(21000))
    assert _sentences(_tables(fundings=(FUNDING,)), _tables(fundings=(new,))) == [
        f"FIR-1, 2027{N}: 19{N}741,00{N}€ → 21{N}000,00{N}€ (+{N}6,4{N}%)."
    ]


def test_an_amount_that_barely_moves_tells_its_distance_in_euros() -> None:
    old = replace(FUNDING, amount=Decimal(1_000_000))
    new = replace(FUNDING, amount=Decimal("1000000.50"))
    (sentence,) = _sentences(_tables(fundings=(old,)), _tables(fundings=(new,)))
    assert sentence.endswith(f"(+{N}0,50{N}€).")


def test_a_percentage_that_tells_nothing_gives_way_to_the_distance() -> None:
    old, new = (replace(FUNDING, amount=Decimal(amount)) for amount in (120, 16_736))
    (sentence,) = _sentences(_tables(fundings=(old,)), _tables(fundings=(new,)))
    assert sentence.endswith(f"120,00{N}€ → 16{N}736,00{N}€ (+{N}16{N}616,00{N}€).")


def test_state_and_version_stand_on_top_and_count_apart() -> None:
    """Whatever else changes; a text that goes from 1 to 2 too is not taken for the version."""
    old, new = (_everything(late=late) for late in (False, True))
    new = replace(new, header=replace(new.header, version=2, status="signe"))
    comparison = compare_contracts(old, new)
    items = summarise(comparison)
    assert [(item.heading, item.text) for item in items[:2]] == [
        ("État et version", f"État{N}: projet → signé."),
        ("État et version", f"Version{N}: 1 → 2."),
    ]
    assert items[2].heading == "Financements"
    text = render_summary_text(comparison)
    assert f"9{N}changements : 2 d’état ou de version, 6 de fond, 1 de typographie." in text
    assert "mise en forme" not in text


def test_the_balance_comes_before_every_sentence() -> None:
    """Totals, net of each year, then what comes and goes; unchanged money is said to be so."""
    years = [replace(FUNDING, year=year, amount=Decimal(1000)) for year in (2026, 2027)]
    more = [years[0], replace(years[1], amount=Decimal(1500))]
    objective = Objective("CPOM_OS_2", "Nombre d’actions", (), "quantitatif", "")
    old = _tables(fundings=tuple(years), authorisations=(AUTHORISATION,))
    new = _tables(fundings=tuple(more), objectives=(objective,))
    lines = render_summary_text(compare_contracts(old, new)).splitlines()
    at = lines.index("En bref")
    assert lines[at + 1 : at + 5] == [
        f"– Financements{N}: 2{N}000,00{N}€ → 2{N}500,00{N}€ (+{N}500,00{N}€, +{N}25{N}%){N}; "
        f"net par an, 2027{N}: +{N}500,00{N}€.",
        f"– Objectifs{N}: 0 → 1 (1{N}ajout).",
        f"– Autorisations{N}: 1 → 0 (1{N}suppression).",
        "",
    ]
    same = render_summary_text(compare_contracts(old, _tables(fundings=tuple(years))))
    assert f"– Financements{N}: 2{N}000,00{N}€ au total, inchangé." in same


def test_money_is_ranked_by_what_moves() -> None:
    old = tuple(
        replace(FUNDING, key=key, amount=Decimal(100)) for key in ("petite", "gone", "grande")
    )
    new = (
        replace(old[0], amount=Decimal(101)),
        replace(old[2], amount=Decimal(5000)),
        replace(FUNDING, key="neuve", amount=Decimal(900)),
    )
    sentences = _sentences(_tables(fundings=old), _tables(fundings=new))
    assert [text.partition(",")[0] for text in sentences] == ["grande", "neuve", "gone", "petite"]


def test_no_change_of_a_clause_hides_behind_the_first_ones() -> None:
    words = ("plafond", "refus", "délai", "sanction", "motif")
    old, new = (
        contract(
            clause("c", *(f"Le {word} est de {n} unités par an." for word in words), title="C")
        )
        for n in ("trois", "cinq")
    )
    (sentence,) = _sentences(old, new)
    assert sentence.count(f"«{N}cinq{N}»") == len(words)


def test_what_the_law_changed_is_told_apart_from_what_was_negotiated() -> None:
    """A version that cites other texts follows the law; one that cites the same may not."""
    started = date(2026, 1, 1)

    def make(word: str, since: date, article_cited: str) -> Contract:
        dates = {"loi": since, "refonte": since, "nous": started}
        sections = tuple(
            replace(
                clause(name, f"Un délai de {word} mois.", title=name),
                provenance=Provenance(f"{name}.md", 1, day),
            )
            for name, day in dates.items()
        )
        cited = (CitedReference("CSP", article_cited, "en_vigueur", ("loi",)),)
        return contract(*sections, tables=ContractTables(references=cited))

    old, new = make("trois", started, "L1"), make("cinq", date(2027, 1, 1), "L2")
    told = [
        (item.heading.partition(" (")[0], item.text.partition(N)[0])
        for item in summarise(compare_contracts(old, new))
        if item.topic == "texte"
    ]
    assert told == [
        ("Texte négocié ou rempli autrement", "nous"),
        ("Texte que la loi a changé", "loi"),
        ("Texte d’une autre version de la clause", "refonte"),
    ]


def test_a_long_change_of_wording_is_told_whole() -> None:
    words = " ".join(f"mot{number}" for number in range(45))
    old, new = contract(clause("c", "Avant.", title="C")), contract(clause("c", words, title="C"))
    (sentence,) = (text for text in _sentences(old, new) if "mot0" in text)
    assert words in sentence


def test_many_changes_of_a_clause_are_a_sentence_each() -> None:
    """One sentence of 1,500 characters is read by nobody; none of the changes is dropped."""
    numbers = range(12)
    old, new = (
        contract(
            clause(
                "c",
                *(f"Au titre du point {n}, le délai est de {word} pour tous." for n in numbers),
                title="C",
            )
        )
        for word in ("trente jours francs à compter de la demande", "deux mois au plus")
    )
    sentences = _sentences(old, new)
    assert len(sentences) == len(numbers)
    assert max(map(len, sentences)) < 600


def test_an_added_article_shows_how_it_begins() -> None:
    (sentence,) = _sentences(contract(), contract(clause("c", LONG, title="Rapport")))
    assert sentence == f"Ajout de «{N}Rapport{N}»{N}: {LONG}"


def test_years_that_change_alike_share_a_sentence() -> None:
    years = tuple(replace(FUNDING, year=year) for year in (2025, 2026, 2027, 2029))
    sentences = _sentences(_tables(fundings=years), _tables())
    assert [text.partition(f"{N}:")[0] for text in sentences] == [
        "FIR-1, 2025 à 2027",
        "FIR-1, 2029",
    ]


def test_a_target_tells_its_sheet_and_year() -> None:
    new = replace(TARGET, text="25", value="25")
    assert _sentences(_tables(targets=(TARGET,)), _tables(targets=(new,))) == [
        f"Cible CPOM_OS_2 2027{N}: 20 → 25 (+{N}25{N}%)."
    ]


def test_a_new_sheet_is_one_sentence_with_its_targets() -> None:
    objective = Objective("CPOM_OS_2", "Nombre d’actions", (), "quantitatif", "")
    targets = tuple(replace(TARGET, year=year) for year in (2026, 2027))
    assert _sentences(_tables(), _tables(objectives=(objective,), targets=targets)) == [
        f"Fiche CPOM_OS_2 ajoutée (2{N}cibles){N}: Nombre d’actions."
    ]


def _everything(*, late: bool) -> Contract:
    """Two versions that differ in everything that the summary ranks."""
    step = 1 if late else 0
    sections = [
        article(
            "objet", 1, clause("objet-a", f"Texte {'nouveau' if late else 'ancien'} du contrat.")
        ),
        clause("mise-en-forme", LONG.replace("’", "'" if late else "’")),
    ]
    if late:
        sections.append(article("neuf", 2, clause("neuf-a", LONG * 2), title="Article neuf"))
    return contract(
        *sections,
        tables=ContractTables(
            fundings=(replace(FUNDING, amount=Decimal(100 + step)),),
            targets=(replace(TARGET, text=str(20 + step), value=str(20 + step)),),
            authorisations=(replace(AUTHORISATION, status=f"0{1 + step}"),),
            references=(
                CitedReference("CSP", "L1", "abroge" if late else "en_vigueur", ("objet",)),
            ),
        ),
    )


def test_what_matters_most_comes_first() -> None:
    items = summarise(compare_contracts(_everything(late=False), _everything(late=True)))
    assert [item.topic for item in items] == [
        "financement",
        "cible",
        "autorisation",
        "section",
        "texte",
        "reference",
        "texte",
    ]
    assert items[-1].text == (f"1{N}changement de typographie (espaces, apostrophes, guillemets).")


def test_a_changed_wording_shows_what_goes_and_what_comes() -> None:
    old, new = (
        contract(clause("duree", f"Le contrat dure {years} ans.", title="Durée"))
        for years in ("trois", "cinq")
    )
    assert _sentences(old, new) == [f"Durée{N}: «{N}trois{N}» → «{N}cinq{N}»."]


def test_renumbering_is_one_short_sentence() -> None:
    def make(*ids: str) -> Contract:
        return contract(
            *(
                article(name, at, clause(f"{name}-a", f"{name} {LONG}"))
                for at, name in enumerate(ids, 1)
            )
        )

    sentences = _sentences(make("a", "b", "c", "d", "e"), make("n", "a", "b", "c", "d", "e"))
    assert sentences[-1] == (
        f"Renumérotation{N}: 5{N}numéros, de Article 1 → Article 2 à Article 5 → Article 6."
    )


def test_the_text_summary_counts_and_groups() -> None:
    text = render_summary_text(compare_contracts(_everything(late=False), _everything(late=True)))
    assert f"7{N}changements : 6 de fond, 1 de typographie." in text
    headings = [line for line in text.splitlines()[4:] if line and not line.startswith("–")]
    assert headings == [
        "En bref",
        "Financements",
        "Cibles",
        "Autorisations",
        "Articles et parties",
        "Texte",
        "Références légales",
        "Forme et données internes",
    ]


def test_identical_contracts_are_said_to_be_so() -> None:
    old = _everything(late=False)
    assert "Les deux contrats sont identiques." in render_summary_text(compare_contracts(old, old))


def test_a_computed_target_shows_its_figure() -> None:
    def make(value: str, formula: str) -> TargetRecord:
        return replace(TARGET, text=formula, value=value, origin="calcul", category="mammographies")

    sentences = _sentences(
        _tables(targets=(make("762", "740 × 1,03"),)), _tables(targets=(make("800", "777 × 1,03"),))
    )
    assert sentences[0].startswith(f"Cible CPOM_OS_2 2027{N}: 762 → 800")


def test_an_abrogated_article_is_told_apart_from_the_list_of_new_ones() -> None:
    cited = tuple(
        CitedReference("CSP", article, status, ("objet",))
        for article, status in (("L1", "en_vigueur"), ("L2", "en_vigueur"), ("L3", "abroge"))
    )
    assert _sentences(_tables(), _tables(references=cited)) == [
        f"Référence CSP L3{N}: désormais citée, statut{N}: abrogé.",
        f"2{N}textes désormais cités{N}: CSP L1, CSP L2.",
    ]


def test_the_changes_of_one_clause_share_a_sentence() -> None:
    old, new = (
        contract(
            clause(
                "duree",
                f"Le contrat dure {years} ans.",
                f"Il est évalué {times} fois par an, au vu d’un rapport.",
                title="Durée",
            )
        )
        for years, times in (("trois", "deux"), ("cinq", "trois"))
    )
    assert _sentences(old, new) == [
        f"Durée (2{N}changements){N}: «{N}trois{N}» → «{N}cinq{N}»{N}; "
        f"«{N}deux{N}» → «{N}trois{N}»."
    ]


def test_a_target_of_another_category_is_the_same_target() -> None:
    """Two establishments of different sizes: what differs is the figure, and the category."""
    old = replace(TARGET, category="100 à 499", text="20", value="20")
    new = replace(TARGET, category="plus de 500 lits", text="30", value="30")
    comparison = compare_contracts(_tables(targets=(old,)), _tables(targets=(new,)))
    (change,) = comparison.changes
    assert (change.kind, change.difference and change.difference.percent) == ("modify", 50)
    (detail,) = change.details
    assert (detail.old, detail.new) == ("catégorie : 100 à 499", "catégorie : plus de 500 lits")


def test_a_sheet_that_comes_is_told_once_with_its_section() -> None:
    objective = Objective("CPOM_OS_2", "Nombre d’actions", (), "quantitatif", "")
    with_sheet = contract(
        replace(clause("cpom-os-2", LONG, title="Nombre d’actions"), kind="fiche"),
        tables=ContractTables(objectives=(objective,)),
    )
    items = summarise(compare_contracts(contract(), with_sheet))
    assert [item.text for item in items] == [f"Fiche CPOM_OS_2 ajoutée{N}: Nombre d’actions."]


def test_columns_and_rows_of_sums_follow_from_the_amounts() -> None:
    def make(*years: int) -> Contract:
        cells = ("Total", *("19 741,00 €" for _ in years))
        row = Row("total", tuple(Cell((Text(cell),)) for cell in cells), "total")
        columns = (Column("Mesure"), *(Column(str(year)) for year in years))
        return contract(
            clause("a5", LONG, Table("financements", "Échéancier", columns, (row,))),
            tables=ContractTables(fundings=tuple(replace(FUNDING, year=year) for year in years)),
        )

    assert _sentences(make(2026), make(2026, 2027)) == [
        f"FIR-1, 2027{N}: ajout{N}: 19{N}741,00{N}€.",
        f"Sous-totaux et totaux imprimés{N}: 1{N}ligne ou colonne en plus ou en moins.",
    ]
