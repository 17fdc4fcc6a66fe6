"""A clause of the library, at one version, as its file says it."""

from datetime import date

from contract_builder.frozen import dataclass
from contract_builder.model.condition import Condition
from contract_builder.model.negotiation import NegotiatedVariant
from contract_builder.model.record import Record
from contract_builder.source import SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReference(Record):
    """The document and the lines that a text or a figure comes from."""

    document: str
    lignes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseHeader(Record):
    """The front matter of a clause file. Both dates are inclusive."""

    id: str
    titre: str = ""
    en_vigueur_du: date
    en_vigueur_au: date | None = None
    applicable_si: Condition | None = None
    references: tuple[str, ...] = ()
    source: SourceReference | None = None
    a_verifier: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One version of a clause: header, and its Markdown text with its position in the file.

    ``body_line`` is the 1-based line of the file where ``body`` starts. ``variant`` is the wording
    of one establishment that ``source`` and ``body`` then are; None for the library's own text.
    """

    header: ClauseHeader
    source: SourceFile
    body: str
    body_line: int
    variant: NegotiatedVariant | None = None

    @property
    def id(self) -> str:
        """The clause's identifier, stable over its versions."""
        return self.header.id

    def is_in_force(self, on: date) -> bool:
        """True when this version is the one to use at the date of effect ``on``."""
        end = self.header.en_vigueur_au
        return self.header.en_vigueur_du <= on and (end is None or on <= end)
