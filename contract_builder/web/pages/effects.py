"""What the changes typed in a form do, told before they are saved."""

from dataclasses import dataclass, field, replace

from contract_builder.services.editing import ProfileFile, Trial, show_as_it_is
from contract_builder.services.weighing import ChangeEffects, weigh_change
from contract_builder.web.forms.sections import FormSection
from contract_builder.web.pages.field_links import LinkedProblem, link_problem
from contract_builder.web.requests import PageRequest

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ElsewhereProblem:
    """What is told ``count`` times of the fields of another section; the first of them linked."""

    first: LinkedProblem
    count: int


@dataclass(frozen=True, slots=True)
class ToldEffects:
    """Effects as a page lists them: ``elsewhere`` in other sections than the page's.

    ``hidden`` counts the problems elsewhere that are not listed.
    """

    found: ChangeEffects = field(default_factory=ChangeEffects)
    elsewhere: tuple[ElsewhereProblem, ...] = ()
    hidden: int = 0

    @property
    def is_told(self) -> bool:
        """True when there is something to say."""
        return bool(self.elsewhere) or replace(self.found, problems=()) != ChangeEffects()


NO_EFFECT = ToldEffects()


def tell_effects(
    request: PageRequest, file: ProfileFile, section: FormSection, trial: Trial
) -> ToldEffects:
    """What is other than what the file says now, with what is tried."""
    hall = request.hall
    before = show_as_it_is(hall.project, file.path, hall.prepared.prepare(file.path))
    found = weigh_change(hall.project, before, trial)
    told: dict[tuple[str, str], list[LinkedProblem]] = {}
    for path, problem in found.problems:
        key = path.partition(".")[0]
        if path and key not in section.keys:
            linked = link_problem(file.name, path, problem)
            told.setdefault((key, problem.message), []).append(linked)
    elsewhere = tuple(ElsewhereProblem(items[0], len(items)) for items in told.values())
    hidden = sum(item.count for item in elsewhere[_SHOWN:])
    return ToldEffects(found, elsewhere[:_SHOWN], hidden)
