"""What the tour recognises of an establishment."""

from contract_builder.services.keeping import change_status
from contract_builder.services.project import Project
from contract_builder.services.touring import TourFacts, find_tour_facts
from contract_builder.store.records import StatusEvent
from tests.unit.services.kept_contracts import keep_sample
from tests.unit.store.samples import ACTOR, EJ, START

NAME = "valmont"


def test_nothing_is_recognised_before_anything_was_done(project: Project) -> None:
    assert find_tour_facts(project, NAME, EJ) == TourFacts(False, "", False, False)


def test_a_version_is_recognised_then_that_it_went_out(project: Project) -> None:
    keep_sample(project, "1")
    assert find_tour_facts(project, NAME, EJ) == TourFacts(False, f"{EJ}@1", False, False)
    change_status(project, f"{EJ}@1", StatusEvent("envoye", START, ACTOR))
    assert find_tour_facts(project, NAME, EJ).is_sent
    assert not find_tour_facts(project, NAME, "990000119").is_sent
