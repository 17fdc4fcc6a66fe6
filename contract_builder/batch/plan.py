"""What is to build and why, from the hashes of inputs; contracts that would mix are set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from contract_builder.batch.compared import is_standing
from contract_builder.batch.earlier import EarlierContracts
from contract_builder.batch.fingerprints import FileHashes, Inputs, contract_inputs
from contract_builder.batch.ledger_entry import LedgerEntry
from contract_builder.batch.starts import START_FILE, AmendingStarts, NoContractInForceError
from contract_builder.batch.summary import BatchSummary, ContractSummary
from contract_builder.batch.task import Outcome, Task, could_not_start, left_aside, refused
from contract_builder.diagnostics.batch_problems import contrat_en_double
from contract_builder.errors import UserError
from contract_builder.services.identifying import ProfileIdentity, find_namesakes, identify_profile
from contract_builder.services.project import Project


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a batch reads and writes: the project, and the folder of products."""

    project: Project
    out: Path

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self.project.root


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of each profile: its last entry, and when comparing its earlier contract.

    ``starts`` is where avenants start from, None for a batch of contracts.
    """

    entries: Mapping[str, LedgerEntry]
    earlier: EarlierContracts | None = None
    starts: AmendingStarts | None = None


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """The contracts to look at, those refused at once, and the reason of each by profile name.

    A profile in none of them is up to date; ``profiles`` counts all. ``refusals`` are also those
    that have no contract in force to amend.
    """

    profiles: int

    tasks: tuple[Task, ...]
    refusals: tuple[Outcome, ...]
    reasons: dict[str, str]
    is_of_avenants: bool = False


def plan_batch(
    profiles: Sequence[Path],
    folders: Folders,
    shared: Inputs,
    memory: Memory,
) -> BatchPlan:
    """What became of each profile last time decides; ``shared`` hashes what all contracts share."""
    identities = [identify_profile(folders.project, path) for path in profiles]
    namesakes = find_namesakes(identities)
    codes = {identity.code for identity in identities}
    tasks: list[Task] = []
    refusals: list[Outcome] = []
    reasons: dict[str, str] = {}
    hashes = FileHashes()
    for identity in identities:
        name = identity.path.stem
        entry = memory.entries.get(name)
        task = _make_task(identity, entry, contract_inputs(identity.files, shared, hashes))
        if memory.earlier is not None:
            task = replace(task, earlier=memory.earlier.find(identity, codes))
        if identity.path in namesakes:
            reasons[name] = "code de contrat en double"
            others = namesakes[identity.path]
            problem = contrat_en_double(identity.code_place, identity.code, others)
            refusals.append(refused(task, [problem]))
            continue
        if memory.starts is not None and identity.code:
            try:
                task = _start_from(task, identity, memory.starts)
            except (NoContractInForceError, UserError) as error:
                reasons[name] = str(error).rstrip(".")
                is_lack = isinstance(error, NoContractInForceError)
                tell = left_aside if is_lack else could_not_start
                refusals.append(tell(task, identity.code_place, reasons[name]))
                continue
        reason = _find_reason(entry, task.inputs, folders.out)
        if reason is None and memory.earlier is not None:
            reason = _find_comparison(task, folders.out)
        if reason is not None:
            reasons[name] = reason
            tasks.append(task)
    return BatchPlan(
        len(profiles), tuple(tasks), tuple(refusals), reasons, memory.starts is not None
    )


def _make_task(
    identity: ProfileIdentity, entry: LedgerEntry | None, inputs: dict[str, str]
) -> Task:
    return Task(
        name=identity.path.stem,
        path=str(identity.path),
        shown_path=identity.code_place.file,
        inputs=inputs,
        previous_content=entry.content if entry else "",
        previous_files=entry.files if entry else (),
        previous_identity=_identity_of(entry.summary) if entry else "",
        comparison=entry.comparison if entry else None,
    )


def _identity_of(summary: BatchSummary | None) -> str:
    """The identity of the last contract built; empty when there is none."""
    return summary.identity if isinstance(summary, ContractSummary) else ""


def _start_from(task: Task, identity: ProfileIdentity, starts: AmendingStarts) -> Task:
    """The task of an avenant; what it starts from counts among its inputs."""
    start = starts.find(identity)
    inputs = {**task.inputs, "contrat en vigueur": start.key, **starts.asked}
    return replace(task, inputs=inputs, start=f"{identity.folder}/{START_FILE}")


def _find_reason(entry: LedgerEntry | None, inputs: Inputs, out: Path) -> str | None:
    """Why a contract is to be looked at; None when it is up to date.

    What changed is named: « changé : profil, bibliothèque ».
    """
    if entry is None or entry.status == "sans_contrat":
        return "jamais produit"
    if entry.status in ("refuse", "echec"):
        return "échec la dernière fois"
    if not all((out / name).is_file() for name in entry.files):
        return "un document a disparu"
    changed = [kind for kind, value in inputs.items() if entry.inputs.get(kind) != value]
    return f"changé : {', '.join(changed)}" if changed else None


def _find_comparison(task: Task, out: Path) -> str | None:
    """A reason when a contract that is up to date is still to be compared."""
    key = task.earlier.sha256 if task.earlier else ""
    if key:
        done = is_standing(task.comparison, key, task.previous_content, out)
    else:
        done = task.comparison is None
    return None if done else "comparaison à faire"
