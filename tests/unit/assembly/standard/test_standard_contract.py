"""The standard text of a contract: nothing departs from it but what was written for it alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from contract_builder.assembly.conditions import evaluate
from contract_builder.assembly.recorded_facts import read_facts, record_facts
from contract_builder.assembly.standard.earlier_facts import read_earlier_facts
from contract_builder.assembly.standard.remarks import describe_standard, list_remarks
from contract_builder.assembly.standard.standard_contract import Standard, StandardMaker
from contract_builder.errors import UserError
from contract_builder.library.load import load_library
from contract_builder.model.blocks import Paragraph, Text
from contract_builder.model.condition import FACTS
from contract_builder.model.contract import Contract, Section
from contract_builder.model.facts import Fact
from contract_builder.model.library import Library
from contract_builder.profiles.load import iter_profile_paths
from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from contract_builder.source import NOWHERE
from tests.mini_project import PROFILE, change_file

ROOT = Path(__file__).parents[4]
PROFILES = iter_profile_paths(ROOT / "profiles")


def assembled(library: Library, path: Path, root: Path) -> Contract:
    prepared = prepare(Project(root, library=library), path)
    assert prepared.assembly is not None, prepared.problems
    return prepared.assembly.contract


def edit(contract: Contract, change: Callable[[Section], Section | None]) -> Contract:
    """The contract with each section changed, or left out where ``change`` gives None."""

    def visit(sections: tuple[Section, ...]) -> tuple[Section, ...]:
        changed = (change(section) for section in sections)
        return tuple(replace(s, children=visit(s.children)) for s in changed if s is not None)

    return replace(contract, sections=visit(contract.sections))


def without(contract: Contract, section_id: str) -> Contract:
    return edit(contract, lambda section: None if section.id == section_id else section)


def as_earlier(contract: Contract) -> Contract:
    """The contract as schemas 1 and 2 had it: without facts and decisions."""
    return replace(contract, tables=replace(contract.tables, facts=(), decisions=(), sheets=()))


def ids(contract: Contract) -> list[str]:
    return [section.id for section in contract.iter_sections()]


@pytest.mark.parametrize("path", PROFILES, ids=[path.stem for path in PROFILES])
def test_only_the_sheets_with_negotiated_targets_depart_in_what_the_library_assembled(
    path: Path, real_library: Library
) -> None:
    contract = assembled(real_library, path, ROOT)
    standard = StandardMaker(real_library).make(contract)
    negotiated = {item.sheet for item in contract.tables.targets if item.origin == "negocie"}
    ours = {section.id: section for section in standard.contract.iter_sections()}
    departing = {
        section.number
        for section in contract.iter_sections()
        if replace(section, children=()) != replace(ours[section.id], children=())
    }
    assert departing == negotiated
    assert ids(standard.contract) == ids(contract)
    assert (standard.is_same_library, standard.reworded, standard.gone) == (True, (), ())


def test_the_sheets_own_targets_stand_where_others_were_negotiated(mini_project: Path) -> None:
    library, _ = load_library(mini_project)
    plain = assembled(library, mini_project / PROFILE, mini_project)
    change_file(
        mini_project / PROFILE,
        "{code: DEMO_1}",
        "{code: DEMO_1, cibles: [{annee: 2025, texte: '4', type: nombre, valeur: '4', "
        "motif: Ouverture en mars, auteur: le chargé de contractualisation}]}",
    )
    negotiated = assembled(library, mini_project / PROFILE, mini_project)
    standard = StandardMaker(library).make(negotiated).contract
    assert negotiated.tables.targets != plain.tables.targets
    assert standard.tables.targets == plain.tables.targets
    assert standard.sections == plain.sections


def test_an_edited_text_is_given_back_as_the_library_words_it(mini_project: Path) -> None:
    library, contract = mini(mini_project)
    edited = edit(
        contract,
        lambda section: (
            replace(section, blocks=(Paragraph((Text("Un texte convenu."),)),))
            if section.id == "duree"
            else section
        ),
    )
    assert StandardMaker(library).make(edited).contract == contract


def test_an_added_clause_is_not_in_the_standard_and_a_removed_one_is(mini_project: Path) -> None:
    library, contract = mini(mini_project)
    own = Section("clause-propre", "clause", "Clause propre", blocks=(Paragraph((Text("x"),)),))
    added = edit(
        contract,
        lambda section: (
            replace(section, children=(*section.children, own))
            if section.id == "article-objet"
            else section
        ),
    )
    maker = StandardMaker(library)
    assert ids(maker.make(added).contract) == ids(contract)
    assert maker.make(added).contract == contract
    removed = maker.make(without(contract, "objet"))
    assert ids(removed.contract) == ids(contract)
    assert removed.undecided == ()


def test_a_clause_that_the_contract_alone_cannot_judge_is_named_and_not_told_as_removed(
    mini_project: Path,
) -> None:
    """« duree » depends on the legal status, which no other section of the contract tells."""
    library, contract = mini(mini_project)
    standard = StandardMaker(library).make(as_earlier(without(contract, "duree")))
    assert standard.undecided == ("duree",)
    assert "duree" not in ids(standard.contract)
    remarks = " ".join(list_remarks(standard)).replace("\u00a0", " ")
    assert "la clause « Durée du contrat »" in remarks


def test_a_clause_left_out_is_put_back_by_the_facts_that_the_contract_keeps(
    mini_project: Path,
) -> None:
    """« duree » depends on the legal status, which the contract of today keeps as a fact."""
    library, contract = mini(mini_project)
    standard = StandardMaker(library).make(without(contract, "duree"))
    assert standard.undecided == ()
    assert "duree" in ids(standard.contract)


def test_what_a_contract_is_judged_by_does_not_depend_on_the_words_of_labels(
    real_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    contracts = [assembled(real_library, path, ROOT) for path in PROFILES]
    before = [read_facts(contract.tables.facts) for contract in contracts]
    earlier = [read_earlier_facts(contract) for contract in contracts]
    for name, spec in FACTS.items():
        monkeypatch.setitem(FACTS, name, replace(spec, label=f"autre mot {name}"))
    assert [read_facts(contract.tables.facts) for contract in contracts] == before
    assert [read_earlier_facts(contract) for contract in contracts] == earlier


def test_the_row_of_a_sheet_and_its_starting_value_do_not_depend_on_what_is_printed(
    real_library: Library,
) -> None:
    """A reworded note, or another category's words, changes neither row nor computed figures."""
    for path in PROFILES:
        contract = assembled(real_library, path, ROOT)
        silent = edit(
            contract,
            lambda section: (
                replace(
                    section,
                    blocks=tuple(b for b in section.blocks if not isinstance(b, Paragraph)),
                )
                if section.kind == "fiche"
                else section
            ),
        )
        ours = StandardMaker(real_library).make(contract)
        theirs = StandardMaker(real_library).make(silent)
        assert theirs.contract.tables.targets == ours.contract.tables.targets


def test_every_fact_is_kept_and_comes_back_with_its_kind() -> None:
    facts = {
        "type_contrat": "etablissement",
        "lits": Decimal("410.5"),
        "chu": False,
        "date_effet": date(2028, 2, 29),
        "activites": frozenset({"QA002", "QA001"}),
        "fiches": frozenset[str](),
    }
    kept = record_facts({name: Fact(value, "essai", NOWHERE) for name, value in facts.items()})
    assert {name: fact.value for name, fact in read_facts(kept).items()} == facts


def test_what_the_library_changed_since_is_told_apart(mini_project: Path) -> None:
    _, contract = mini(mini_project)
    corps = mini_project / "clause_library" / "corps"
    change_file(corps / "objet.md", "en_vigueur_du: 2018-01-01", "en_vigueur_du: 2019-01-01")
    changed = StandardMaker(load_library(mini_project)[0]).make(contract)
    assert (changed.is_same_library, changed.reworded) == (False, ("objet",))
    (corps / "objet.md").rename(corps / "autre.md")
    change_file(corps / "autre.md", "id: objet", "id: autre")
    gone = StandardMaker(load_library(mini_project)[0]).make(contract)
    assert gone.gone == ("objet",)
    remarks = " ".join(list_remarks(gone))
    assert "La bibliothèque a changé" in remarks
    assert "n’a plus la clause objet" in remarks


def test_a_library_without_the_campaign_gives_no_standard(mini_project: Path) -> None:
    library, contract = mini(mini_project)
    other = replace(contract, header=replace(contract.header, campaign="ailleurs"))
    with pytest.raises(UserError, match="la campagne « ailleurs »"):
        StandardMaker(library).make(other)


def test_the_standard_is_named_for_its_establishment_and_day(mini_project: Path) -> None:
    library, contract = mini(mini_project)
    name = describe_standard(StandardMaker(library).make(contract)).replace("\u00a0", " ")
    assert name == (
        "texte standard de la bibliothèque pour Centre hospitalier de Valmont (fictif), contrat "
        "990000010AA, à la date d’effet du 1er juillet 2025"
    )


def test_a_fact_reads_back_as_the_reason_that_tells_it(real_library: Library) -> None:
    """Every condition that a present clause met is met again by the facts that are read back."""
    for path in PROFILES:
        contract = assembled(real_library, path, ROOT)
        facts = read_earlier_facts(contract)
        for section in contract.iter_sections():
            for clause in real_library.clauses.get(section.id, ()):
                if section.provenance and section.provenance.file == clause.source.name:
                    verdict = evaluate(clause.header.applicable_si, facts)
                    assert verdict.outcome is not False, (path.stem, section.id, verdict.reasons())


def test_one_maker_serves_many_contracts_without_mixing_them(real_library: Library) -> None:
    contracts = [assembled(real_library, path, ROOT) for path in PROFILES[:3]]
    shared = StandardMaker(real_library)
    together: list[Standard] = [shared.make(contract) for contract in contracts * 2]
    alone = [StandardMaker(real_library).make(contract) for contract in contracts]
    assert together == alone * 2


def mini(project: Path) -> tuple[Library, Contract]:
    library, _ = load_library(project)
    return library, assembled(library, project / PROFILE, project)
