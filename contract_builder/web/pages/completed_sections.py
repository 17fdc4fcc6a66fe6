"""Sections whose plain form stands beside something more: a document to send, a drawing."""

from contract_builder.web.forms.sections import get_section
from contract_builder.web.pages.funding import tell_funding
from contract_builder.web.pages.section_page import Asked, SectionPage, Told


def _tell_funding(asked: Asked) -> Told:
    """The amounts as they would be."""
    return tell_funding(asked.prepared)


JOINED_FILES_PAGE = SectionPage(get_section("annexes-jointes"), "web/annexes.html")
FUNDING_PAGE = SectionPage(get_section("financements"), "web/financements.html", tell=_tell_funding)
