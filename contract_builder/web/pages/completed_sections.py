"""Sections whose plain form stands beside something more: a document to send, a drawing."""

from contract_builder.web.forms.sections import FormSection, find_section
from contract_builder.web.pages.funding import tell_funding
from contract_builder.web.pages.section_page import Asked, SectionPage, Told


def _tell_funding(asked: Asked) -> Told:
    """The amounts as they would be."""
    return tell_funding(asked.prepared)


def _section(slug: str) -> FormSection:
    section = find_section(slug)
    if section is None:
        raise LookupError(slug)
    return section


JOINED_FILES_PAGE = SectionPage(_section("annexes-jointes"), "web/annexes.html")
FUNDING_PAGE = SectionPage(_section("financements"), "web/financements.html", tell=_tell_funding)
