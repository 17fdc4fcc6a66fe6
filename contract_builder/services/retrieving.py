"""The evidence of a contract, out of the store: the very files that were declared."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from contract_builder.errors import UserError
from contract_builder.files.publish import Published, publish
from contract_builder.services.following import follow_contract
from contract_builder.services.project import Project


@dataclass(frozen=True, slots=True)
class RetrievedEvidence:
    """The files written, and how many pieces of evidence are references alone."""

    published: Published
    references: int


def retrieve_evidence(project: Project, name: str, on: date, out: Path) -> RetrievedEvidence:
    """Writes every kept file of evidence of a contract into ``out``, and counts the references.

    A file is called by its year, its line and the name that it came with; two that would have one
    name are told apart by their hash. UserError when the contract has no kept file.
    """
    followed = follow_contract(project, name, on)
    store = project.get_store()
    kept = {
        piece.facts.subject.rpartition("/")[2]: piece.sequence
        for piece in store.pieces("preuve")
        if piece.facts.subject.startswith(f"{followed.in_force.contract.subject}/")
    }
    products: dict[str, bytes] = {}
    references = 0
    for state in followed.states.states:
        for entry in state.entries:
            evidence = entry.evidence
            if evidence is None:
                continue
            if evidence.sha256 not in kept:
                references += 1
                continue
            key = state.line.key
            called = f"{key.year}-{key.item}-{PurePath(evidence.name).name}"
            data = store.piece_bytes(kept[evidence.sha256])
            if products.get(called, data) != data:
                called = f"{key.year}-{key.item}-{evidence.sha256[:8]}-{evidence.name}"
            products[called] = data
    if not products:
        raise UserError(
            f"Aucune pièce n’est gardée pour le contrat {followed.in_force.contract.code}."
        )
    return RetrievedEvidence(publish(out, products), references)
