"""« Identité et contrat »: the head of the profile first, with what library and region offer."""

from collections.abc import Mapping
from dataclasses import replace

from contract_builder.services.weighing import HeadChoices, list_head_choices
from contract_builder.web.forms.bound import Bound, BoundField, BoundGroup
from contract_builder.web.forms.editing import SectionForm
from contract_builder.web.forms.fields import GroupShape
from contract_builder.web.forms.sections import get_section
from contract_builder.web.pages.section_page import Asked, SectionPage, Told

_HEAD = GroupShape(
    "cadre",
    "Type, campagne et groupe",
    "Ce qui décide du plan du contrat et de ses fiches. « Vérifier sans enregistrer » dit ce qu’un "
    "changement ferait.",
    (),
)


def _tell(asked: Asked) -> Told:
    return {"head": list_head_choices(asked.request.hall.project)}


def _lay(form: SectionForm, told: Told) -> Told:
    """The fields of the head as one group, each with its choices."""
    choices: HeadChoices = told["head"]
    offered = {
        "type_contrat": choices.types,
        "campagne": choices.campaigns,
        "groupe": choices.groups,
    }
    fields = tuple(_offer(part, offered) for part in form.parts if isinstance(part, BoundField))
    others = (part for part in form.parts if not isinstance(part, BoundField))
    head = BoundGroup(_HEAD, _HEAD.key, fields, ())
    return {"form": replace(form, parts=(head, *others))}


def _offer(field: BoundField, offered: Mapping[str, tuple[tuple[str, str], ...]]) -> Bound:
    choices = offered.get(field.name)
    if not choices:  # no group at all: one may be named all the same
        return field
    return replace(field, shape=replace(field.shape, control="choix", choices=choices))


IDENTITY_PAGE = SectionPage(get_section("identite"), tell=_tell, lay=_lay)
