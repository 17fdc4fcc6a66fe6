"""The contracts of many stored versions, in one go."""

from contract_builder.render.json import parse_contract
from contract_builder.services.project import Project
from contract_builder.services.stored_contracts import iter_stored_contracts
from tests.mini_project import damage_stored_contract
from tests.unit.services.kept_contracts import keep_sample
from tests.unit.store.samples import contract_json


def test_contracts_come_in_the_order_asked_and_equal_those_read_alone(project: Project) -> None:
    first, second = (keep_sample(project, value).reference for value in ("1", "2"))
    unread: list[str] = []
    found = list(iter_stored_contracts(project.get_store(), (second, first), unread))
    assert found == [
        (second, parse_contract(contract_json("2"))),
        (first, parse_contract(contract_json("1"))),
    ]
    assert unread == []


def test_a_damaged_version_is_told_and_takes_none_of_the_others_along(project: Project) -> None:
    first, second = (keep_sample(project, value).reference for value in ("1", "2"))
    project.close()
    damage_stored_contract(project.root, first.number)
    unread: list[str] = []
    found = iter_stored_contracts(project.get_store(), (first, second), unread)
    assert [reference for reference, _ in found] == [second]
    (told,) = unread
    assert f"« {first} » n’a pas été examinée" in told.replace("\u00a0", " ")
