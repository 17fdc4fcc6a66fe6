"""What the avenant of each profile of a batch starts from, found in the store by the batch itself.

It is laid beside the documents, so that no worker, nor any machine of a cluster, needs the store.
"""

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

from contract_builder.batch.task import AmendingPlan, Task
from contract_builder.errors import UserError
from contract_builder.files.write import telling_refusals, write_atomically
from contract_builder.model.french import NBSP, counted, enumerate_words, long_date
from contract_builder.services.agenda import StoredTerms
from contract_builder.services.identifying import ProfileIdentity
from contract_builder.services.in_force import AmendingStart, find_amending_start
from contract_builder.services.keeping import (
    SIGNED_STATUSES,
    StoredVersion,
    VersionReference,
    list_all_versions,
)
from contract_builder.services.project import Project
from contract_builder.services.standing import Standing, find_standings, word_standings

START_FILE = ".texte-en-vigueur.zip"


class NoContractInForceError(Exception):
    """There is no text to amend; the message says why, in French."""


class AmendingStarts:
    """The text in force of each contract of a batch, on the day that its avenants take effect."""

    def __init__(self, project: Project, out: Path, plan: AmendingPlan) -> None:
        """Reads which versions the store holds, not their contracts; StoreError when it cannot."""
        self._project = project
        self._out = out
        self._on = plan.day
        self.asked = {"dates": plan.terms, "enregistrement": "oui" if plan.record else ""}
        self._unread: list[str] = []
        self._terms = StoredTerms(project, self._unread) if project.has_store() else None
        self._found: dict[str, AmendingStart] = {}
        self._by_entity: dict[str, list[StoredVersion]] = defaultdict(list)
        for version in list_all_versions(project):
            self._by_entity[version.reference.finess_ej].append(version)

    def find(self, identity: ProfileIdentity) -> AmendingStart:
        """What the next avenant of a contract starts from.

        NoContractInForceError when none of it is in force; UserError when it cannot be read, and
        when a signed avenant has not taken effect yet: the next one would not know it.
        """
        self._unread.clear()
        of_entity = self._by_entity.get(identity.finess_ej, [])
        own = [version for version in of_entity if version.facts.code == identity.code]
        signed = [version for version in own if version.status in SIGNED_STATUSES]
        if not signed:
            raise NoContractInForceError(_tell_lack(identity, own, of_entity))
        standings = self._find_standings(identity, signed)
        states = {standing.state for standing in standings.values()}
        if "en-vigueur" not in states and "illisible" in states:
            raise UserError(" ".join(self._unread))
        if "en-vigueur" not in states:
            told = word_standings(standings, identity.code).rstrip(".")
            day = long_date(self._on)
            raise NoContractInForceError(f"le {day}, {told[:1].lower()}{told[1:]}")
        start = find_amending_start(self._project, signed, self._on)
        if start.text.waiting:
            first = min(item.effective_on for item in start.text.waiting)
            numbers = enumerate_words([str(item.number) for item in start.text.waiting])
            raise UserError(
                f"un avenant signé (n°{NBSP}{numbers}) ne prend effet que le {long_date(first)}, "
                f"après celui-ci ({long_date(self._on)})"
            )
        self._found[str(identity.path)] = start
        return start

    def bring(self, task: Task) -> None:
        """Writes what a task starts from where its worker reads it.

        UserError when the store or the disk refuses.
        """
        path = self._out / task.start
        data = self._found[task.path].pack(self._project)
        with telling_refusals(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, data)

    def _find_standings(
        self, identity: ProfileIdentity, signed: Collection[StoredVersion]
    ) -> dict[VersionReference, Standing]:
        """The standing of each signed version of the contract on the day."""
        if self._terms is None:
            return {}
        entity = identity.finess_ej
        followers = self._project.get_store().followers(entity)
        concerned = (*self._by_entity[entity], *followers)
        found = find_standings(concerned, entity, self._terms, self._on)
        return {version.reference: found[version.reference] for version in signed}


def _tell_lack(
    identity: ProfileIdentity, own: Collection[StoredVersion], of_entity: Collection[StoredVersion]
) -> str:
    """Why a contract has no signed version: not recorded, not signed, or another one is."""
    if own:
        versions = counted(len(own), "version enregistrée", "versions enregistrées")
        return f"le contrat {identity.code} n’est pas signé ({versions})"
    others = sorted({item.facts.code for item in of_entity if item.status in SIGNED_STATUSES})
    if others:
        return (
            f"le registre n’a pas le contrat {identity.code}, mais {enumerate_words(others)} : un "
            "renouvellement se conclut par un nouveau contrat"
        )
    return f"le contrat {identity.code or identity.path.stem} n’est pas au registre"
