"""What was found in a stored contract is not looked for again while the library is the same."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from contract_builder.assembly.standard.library_states import LibraryStates, TextsOfContract
from contract_builder.files.cache import NO_CACHE, Cache
from contract_builder.services import departing, kept_examinations
from contract_builder.services.departing import DepartureRequest, Departures, examine_contracts
from contract_builder.services.kept_examinations import Examination, KeptExaminations
from contract_builder.services.project import Project
from tests.mini_project import PROFILE, change_file
from tests.unit.assembly.standard.test_library_states import THAT_COUNT, THAT_DO_NOT, Change
from tests.unit.services.kept_contracts import keep, made_contract

DAY = date(2026, 6, 1)
NEGOTIATED = (
    "{code: DEMO_1, cibles: [{annee: 2025, texte: '4', type: nombre, valeur: '4', "
    "motif: Ouverture en mars, auteur: le chargé de contractualisation}]}"
)
CLAUSE = Path("clause_library") / "corps" / "duree@2020-11-20.md"


@pytest.fixture
def region(project: Project) -> Path:
    """A folder with one stored contract, which departs from its standard text."""
    change_file(project.root / PROFILE, "{code: DEMO_1}", NEGOTIATED)
    keep(project, made_contract(project))
    change_file(project.root / CLAUSE, "prend fin le", "s’achève le")
    return project.root


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes of the contracts that are compared with their standard text."""
    codes: list[str] = []
    compare = departing.compare_contracts

    def count(old: object, new: object) -> object:
        codes.append(new.header.code)  # type: ignore[attr-defined]
        return compare(old, new)  # type: ignore[arg-type]

    monkeypatch.setattr(departing, "compare_contracts", count)
    return codes


def examine(root: Path, cache: Path | None, on: date = DAY) -> Departures:
    """What a new process finds, with its things kept in ``cache``."""
    settings = {"CPOM_CACHE": str(cache)} if cache else {}
    with Project(root, settings) as project:
        return examine_contracts(project, DepartureRequest(on))


def test_the_second_time_the_same_is_told_without_comparing(
    region: Path, tmp_path: Path, examined: list[str]
) -> None:
    without = examine(region, None)
    (contract,) = without.contracts
    assert contract.clauses
    assert contract.targets
    first, second = (examine(region, tmp_path / "mémoire") for _ in range(2))
    assert first == second == without
    assert len(examined) == 2, "without, and the first time"


def test_another_library_has_everything_examined_again(
    region: Path, tmp_path: Path, examined: list[str]
) -> None:
    examine(region, tmp_path / "mémoire")
    change_file(region / CLAUSE, "s’achève le", "se termine le")
    (contract,) = examine(region, tmp_path / "mémoire").contracts
    assert "se termine" in contract.clauses[0].wording
    assert len(examined) == 2


@pytest.fixture
def own_region(project: Project) -> Path:
    """A folder with one stored contract, as its library makes it but for a negotiated target."""
    change_file(project.root / PROFILE, "{code: DEMO_1}", NEGOTIATED)
    keep(project, made_contract(project))
    return project.root


@pytest.mark.parametrize(
    "change", (THAT_COUNT | THAT_DO_NOT).values(), ids=THAT_COUNT | THAT_DO_NOT
)
def test_what_is_told_after_a_change_is_what_would_be_told_without_memory(
    own_region: Path, tmp_path: Path, change: Change
) -> None:
    before = examine(own_region, tmp_path / "mémoire")
    change(own_region)
    after = examine(own_region, tmp_path / "mémoire")
    assert after == examine(own_region, None)
    assert after != before, "at least that the library is another one"
    assert examine(own_region, tmp_path / "mémoire") == after


@pytest.mark.parametrize("change", THAT_DO_NOT.values(), ids=THAT_DO_NOT)
def test_a_change_of_the_texts_of_others_has_nothing_examined_again(
    region: Path, tmp_path: Path, examined: list[str], change: Change
) -> None:
    examine(region, tmp_path / "mémoire")
    change(region)
    (contract,) = examine(region, tmp_path / "mémoire").contracts
    assert contract.clauses
    assert len(examined) == 1


def test_the_law_is_that_of_the_day_that_is_asked_for(
    region: Path, tmp_path: Path, examined: list[str]
) -> None:
    registry = region / "clause_library" / "references" / "csp.yaml"
    change_file(
        registry, "    depuis: 2018-01-01\n", "    depuis: 2018-01-01\n    jusqu_au: 2026-03-31\n"
    )
    with registry.open("a", encoding="utf-8") as file:
        file.write(
            "  - article: L6114-1\n    objet: Conclusion\n    statut: en_vigueur\n"
            "    depuis: 2026-04-01\n    modifie_par: Loi de démonstration\n"
            "    verifie_le: 2026-05-01\n    source: Légifrance\n"
        )
    before, after = (examine(region, tmp_path / "mémoire", day) for day in (date(2026, 3, 31), DAY))
    assert before.contracts[0].references == ()
    assert [item.article for item in after.contracts[0].references] == ["L6114-1"]
    assert len(examined) == 1


def test_a_new_version_alone_is_examined(region: Path, tmp_path: Path, examined: list[str]) -> None:
    examine(region, tmp_path / "mémoire")
    with Project(region) as project:
        made = made_contract(project)
        header = replace(made.header, code="990000036AZ")
        keep(project, replace(made, header=header))
    assert len(examine(region, tmp_path / "mémoire").contracts) == 2
    assert len(examine(region, tmp_path / "mémoire").contracts) == 2
    assert sorted(examined) == sorted({*examined}), "each once"


def found_in(project: Project) -> Examination:
    header = made_contract(project).header
    texts = TextsOfContract(("objet",), ("DEMO_1",), ("objet.md",))
    return Examination(header, texts, (), (), ("une remarque",), (), "1234", "sans texte type")


def opened(project: Project, cache: Cache, key: str = "a") -> KeptExaminations:
    """What is kept, as a new process finds it."""
    return KeptExaminations(cache, key, LibraryStates(project.open_library()[0]))


def test_what_was_added_is_found_once_saved(project: Project, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "mémoire")
    kept, found = opened(project, cache), found_in(project)
    kept.add("1", found)
    assert opened(project, cache).find("1") is None
    kept.save()
    assert opened(project, cache).find("1") == found
    assert opened(project, cache, "b").find("1") is None


def test_what_was_found_beside_another_text_is_not_found_until_it_is_back(
    project: Project, tmp_path: Path
) -> None:
    cache, sheet = Cache(tmp_path / "mémoire"), project.root / "fiches" / "demo" / "DEMO_1.md"
    kept, found = opened(project, cache), found_in(project)
    kept.add("1", found)
    kept.save()
    change_file(sheet, "s’adresse aux", "concerne les")
    project.refresh()
    assert opened(project, cache).find("1") is None
    change_file(sheet, "concerne les", "s’adresse aux")
    project.refresh()
    assert opened(project, cache).find("1") == found


@pytest.mark.parametrize(("has_cache", "key"), [(False, "a"), (True, "")])
def test_nothing_is_kept_without_a_cache_or_a_key(
    project: Project, tmp_path: Path, has_cache: bool, key: str
) -> None:
    cache = Cache(tmp_path / "mémoire") if has_cache else NO_CACHE
    kept = opened(project, cache, key)
    kept.add("1", found_in(project))
    kept.save()
    assert opened(project, cache, key).find("1") is None
    assert not (tmp_path / "mémoire").exists()


def test_what_is_too_much_makes_room_for_what_is_new(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_examinations, "_MOST", 3)
    cache, found = Cache(tmp_path / "mémoire"), found_in(project)
    for names in ("12", "34"):
        kept = opened(project, cache)
        for name in names:
            kept.add(name, found)
        kept.save()
    known = opened(project, cache)
    assert [name for name in "1234" if known.find(name)] == ["1", "3", "4"]
