"""The states of a file that is changed from the pages, as the journal keeps them."""

from typing import Final

from contract_builder.services.project import Project
from contract_builder.store.records import PieceKind, StoredPiece

FOUND_STATE: Final = "état trouvé dans le dossier"
"""What is said of a state that another program saved. The store keeps the one it has last once."""


def list_kept_states(project: Project, kind: PieceKind, name: str) -> tuple[StoredPiece, ...]:
    """The kept states of a file, oldest first; none of one that was never changed here."""
    return project.open_store().pieces(kind, name) if project.has_store() else ()


def find_kept_state(
    project: Project, kind: PieceKind, name: str, sha256: str
) -> StoredPiece | None:
    """The first kept state of a file with this SHA-256; None when the journal has none."""
    states = list_kept_states(project, kind, name)
    return next((item for item in states if item.facts.sha256 == sha256), None)


def find_last_actor(project: Project, kind: PieceKind, name: str, sha256: str) -> str:
    """Who wrote a file whose SHA-256 is this now; empty when another program did."""
    states = list_kept_states(project, kind, name)
    return states[-1].actor if states and states[-1].facts.sha256 == sha256 else ""
