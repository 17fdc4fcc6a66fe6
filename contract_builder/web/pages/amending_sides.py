"""What the pages of an avenant ask: both sides, its number and days; the avenant between them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils.http import urlencode

from contract_builder.errors import UserError
from contract_builder.files.work_folder import work_folder
from contract_builder.services.amending import Amended, AmendRequest, amend
from contract_builder.services.drafted_amendments import AmendingTerms
from contract_builder.services.keeping import StoredVersion
from contract_builder.services.making import Format
from contract_builder.web.forms.bound import parse_rank
from contract_builder.web.forms.days import parse_written_day
from contract_builder.web.pages.drafts import PROJECT_MARK, write_side
from contract_builder.web.pages.lookup import list_visible_states
from contract_builder.web.requests import PageRequest


@dataclass(frozen=True, slots=True)
class AmendingSides:
    """What a form asks: a signed version, another one or a project, number and days as typed."""

    old: str
    new: str
    number: int | None
    signed_on: str
    effective_on: str

    @classmethod
    def of_request(cls, request: PageRequest) -> "AmendingSides":
        """What a form or an address says."""
        given = request.POST if request.method == "POST" else request.GET
        number = parse_rank(given.get("numero", ""))
        return cls(
            given.get("ancien", ""),
            given.get("nouveau", ""),
            number if number > 0 else None,
            given.get("date", "").strip(),
            given.get("effet", "").strip(),
        )

    @property
    def query(self) -> str:
        """The same question as part of an address."""
        pairs = {
            "ancien": self.old,
            "nouveau": self.new,
            "numero": "" if self.number is None else str(self.number),
            "date": self.signed_on,
            "effet": self.effective_on,
        }
        return urlencode({key: value for key, value in pairs.items() if value})

    @property
    def project(self) -> str:
        """The establishment whose present project is wanted; empty for a recorded version."""
        is_project = self.new.startswith(PROJECT_MARK)
        return self.new.removeprefix(PROJECT_MARK) if is_project else ""


def find_establishment(
    request: PageRequest, asked: AmendingSides, versions: Sequence[StoredVersion]
) -> str:
    """The establishment that keeps the reasons: that of the project, or of the version's contract.

    Empty when no establishment that is seen has this contract.
    """
    if asked.project:
        return asked.project
    version = next((item for item in versions if str(item.reference) == asked.new), None)
    if version is None:
        return ""
    wanted = version.reference.finess_ej, version.facts.code
    found = (
        state.name
        for state in list_visible_states(request)
        if state.profile is not None and (state.finess_ej, state.profile.contrat.code) == wanted
    )
    return min(found, default="")


@contextmanager
def asking(
    request: PageRequest,
    asked: AmendingSides,
    versions: Sequence[StoredVersion],
    formats: tuple[Format, ...],
    *,
    keep: bool = False,
) -> Iterator[tuple[AmendRequest, Path]]:
    """What the services are asked, and a folder for files, both as long as the block."""
    hall = request.hall
    known = {str(version.reference) for version in versions}
    if asked.old not in known or not (asked.new in known or asked.project):
        raise UserError("Choisissez un contrat signé, puis une version ou un projet de la liste.")
    terms = AmendingTerms(
        hall.now().date(),
        formats,
        asked.number,
        parse_written_day(asked.signed_on),
        parse_written_day(asked.effective_on),
    )
    with work_folder() as folder:
        new = write_side(request, asked.new, folder)
        wish = AmendRequest(asked.old, new, terms, hall.now(), record=keep, actor=hall.actor)
        yield wish, folder


@contextmanager
def drafting(
    request: PageRequest,
    asked: AmendingSides,
    versions: Sequence[StoredVersion],
    formats: tuple[Format, ...],
    *,
    keep: bool = False,
) -> Iterator[Amended]:
    """The avenant, its files in a folder that lives as long as the block."""
    with asking(request, asked, versions, formats, keep=keep) as (wish, folder):
        yield amend(request.hall.project, wish, folder)
