"""What makes the page of one section other than the plain form of its keys."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from contract_builder.model.profile import Profile
from contract_builder.reading.tree import Tree
from contract_builder.services.editing import ProfileFile
from contract_builder.services.making import Prepared
from contract_builder.web.forms.editing import SectionForm, change_lines
from contract_builder.web.forms.posted import Posted
from contract_builder.web.forms.sections import FormSection
from contract_builder.web.requests import PageRequest


@dataclass(frozen=True, slots=True)
class Asked:
    """A request about a profile as it would be if its ``file`` said ``tree``."""

    request: PageRequest
    file: ProfileFile
    tree: Mapping[str, Tree]
    prepared: Prepared
    profile: Profile


Told = Mapping[str, Any]
"""What the services answered, by the name under which the template shows it."""


def _change_lines(
    section: FormSection, tree: Mapping[str, Tree], action: str, _: Posted
) -> dict[str, Tree]:
    return change_lines(section, tree, action)


def _tell_nothing(_: Asked) -> Told:
    return {}


def _pad_nothing(tree: Mapping[str, Tree], _: Told) -> dict[str, Tree]:
    return dict(tree)


def _lay_nothing(_: SectionForm, __: Told) -> Told:
    return {}


@dataclass(frozen=True, slots=True)
class SectionPage:
    """A section with its template, and what comes before and after its form.

    ``tidy`` takes away what a posted form says by its make alone; ``act`` answers a button that
    changes lines; ``tell`` asks the services about the profile as it would be; ``pad`` adds the
    blank lines to fill in; ``lay`` orders the controls for the template.
    """

    section: FormSection
    template: str = "web/section.html"
    tidy: Callable[[dict[str, Tree]], dict[str, Tree]] = dict
    act: Callable[[FormSection, Mapping[str, Tree], str, Posted], dict[str, Tree]] = _change_lines
    tell: Callable[[Asked], Told] = _tell_nothing
    pad: Callable[[Mapping[str, Tree], Told], dict[str, Tree]] = _pad_nothing
    lay: Callable[[SectionForm, Told], Told] = _lay_nothing
