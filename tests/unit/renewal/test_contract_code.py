"""The code of the contract that follows."""

import pytest

from contract_builder.renewal.contract_code import find_next_code


@pytest.mark.parametrize(
    ("code", "taken", "expected"),
    [
        ("990000011AA", (), "990000011AB"),
        ("990000011AZ", (), "990000011BA"),
        ("990000011AA", ("990000011AB", "990000011AC"), "990000011AD"),
        ("990000011AA-2019", ("990000011AB",), "990000011AC"),
        ("2A0000154AB", (), "2A0000154AC"),
        ("990000011ZZ", (), None),
        ("CPOM-2025-07", (), None),
        ("990000011", (), None),
    ],
)
def test_the_two_letters_follow_each_other(
    code: str, taken: tuple[str, ...], expected: str | None
) -> None:
    assert find_next_code(code, taken) == expected
