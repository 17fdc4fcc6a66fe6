"""No clause of an older contract speaks the language of a later law."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from contract_builder.library.in_force import can_hold
from contract_builder.library.load import load_library
from contract_builder.services.making import prepare
from contract_builder.services.project import Project

ROOT = Path(__file__).resolve().parents[2]
LIBRARY, _ = load_library(ROOT)

# Words, and the first day on which the law, or what it created, bears that name.
WORDS = {
    "télésanté": date(2019, 7, 27),  # loi n° 2019-774
    "appui à la coordination": date(2019, 7, 27),  # loi n° 2019-774
    "dispositif régional de périnatalité": date(2021, 3, 21),
    "comité consultatif d’allocation": date(2021, 2, 27),  # CSS R162-29
    "dotation populationnelle": date(2021, 1, 1),  # CSS L162-22-8-2
    "conditions de travail": date(2022, 3, 31),  # loi n° 2021-1018
    "soins médicaux et de réadaptation": date(2023, 6, 1),  # décret n° 2022-24
    "antenne de médecine d’urgence": date(2023, 12, 31),  # décret n° 2023-1374
    "comité consultatif d’allocation des ressources": date(2021, 2, 27),
    "missions spécifiques mentionnées": date(2025, 1, 1),  # CSS L162-22-5
}


@pytest.mark.parametrize(("word", "since"), WORDS.items())
def test_no_clause_of_a_contract_uses_a_word_that_came_later(word: str, since: date) -> None:
    on = since - timedelta(days=1)
    users = [
        f"{clause.header.id}@{clause.header.en_vigueur_du}"
        for versions in LIBRARY.clauses.values()
        for clause in versions
        if not clause.header.id.startswith("partenaire-")  # kept as the published contract has it
        and can_hold(clause, on)
        and word in f"{clause.header.titre} {clause.body}".casefold()
    ]
    assert users == []


def test_the_capacities_of_2019_are_named_as_the_law_named_them(tmp_path: Path) -> None:
    text = (ROOT / "profiles/chu-demonstration.yaml").read_text("utf-8")
    text = re.sub(r"(?m)^    cibles:\n(?:      .*\n)+", "", text)  # agreed for other years
    region = (ROOT / "profiles/_region.yaml").read_text("utf-8")
    (tmp_path / "_region.yaml").write_text(region, "utf-8")

    def labels(effect: str) -> str:
        path = tmp_path / f"chu-{effect}.yaml"
        path.write_text(
            text.replace("  date_effet: 2025-07-01", f"  date_effet: {effect}", 1), "utf-8"
        )
        assembly = prepare(Project(tmp_path, library=LIBRARY), path).assembly
        assert assembly is not None
        return str(
            [section for section in assembly.contract.annexes if section.id == "fiche-signaletique"]
        )

    assert "Soins de suite et de réadaptation" in labels("2019-07-01")
    assert "Soins médicaux et de réadaptation" not in labels("2019-07-01")
    assert "Soins médicaux et de réadaptation" in labels("2023-06-01")
