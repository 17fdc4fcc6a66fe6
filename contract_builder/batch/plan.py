"""What is to build and why, from the hashes of inputs; contracts that would mix are set aside."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from contract_builder.batch.fingerprints import Inputs, contract_inputs
from contract_builder.batch.ledger import LedgerEntry
from contract_builder.batch.work import Outcome, Task, refused
from contract_builder.diagnostics.batch_catalogue import contrat_en_double
from contract_builder.pipeline import ProfileIdentity, identify_profile


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a batch reads and writes: the project, and the folder of products."""

    root: Path
    out: Path


@dataclass(frozen=True, slots=True)
class Plan:
    """The contracts to look at, those refused at once, and the reason of each by profile name.

    A profile in none of them is up to date; ``profiles`` counts all.
    """

    profiles: int

    tasks: tuple[Task, ...]
    refusals: tuple[Outcome, ...]
    reasons: dict[str, str]


def plan_batch(
    profiles: Sequence[Path],
    folders: Folders,
    shared: Inputs,
    entries: Mapping[str, LedgerEntry],
) -> Plan:
    """What became of each profile last time decides; ``shared`` hashes what all contracts share."""
    identities = [identify_profile(path, folders.root) for path in profiles]
    namesakes = _find_namesakes(identities)
    tasks: list[Task] = []
    refusals: list[Outcome] = []
    reasons: dict[str, str] = {}
    for identity in identities:
        name = identity.path.stem
        entry = entries.get(name)
        inputs = contract_inputs(identity.files, shared)
        task = Task(
            name=name,
            path=str(identity.path),
            shown_path=identity.code_place.file,
            inputs=inputs,
            previous_content=entry.content if entry else "",
            previous_files=entry.files if entry else (),
        )
        if name in namesakes:
            reasons[name] = "code de contrat en double"
            problem = contrat_en_double(identity.code_place, identity.code, namesakes[name])
            refusals.append(refused(task, [problem]))
            continue
        reason = _find_reason(entry, inputs, folders.out)
        if reason is not None:
            reasons[name] = reason
            tasks.append(task)
    return Plan(len(profiles), tuple(tasks), tuple(refusals), reasons)


def _find_reason(entry: LedgerEntry | None, inputs: Inputs, out: Path) -> str | None:
    """Why a contract is to be looked at; None when it is up to date.

    What changed is named: « changé : profil, bibliothèque ».
    """
    if entry is None:
        return "jamais produit"
    if entry.status in ("refuse", "echec"):
        return "échec la dernière fois"
    if not all((out / name).is_file() for name in entry.files):
        return "un document a disparu"
    changed = [kind for kind, value in inputs.items() if entry.inputs.get(kind) != value]
    return f"changé : {', '.join(changed)}" if changed else None


def _find_namesakes(identities: Sequence[ProfileIdentity]) -> dict[str, tuple[str, ...]]:
    """Profile name → the files of the others whose contract would go into the same folder."""
    by_folder: dict[str, list[ProfileIdentity]] = defaultdict(list)
    for identity in identities:
        if identity.folder:
            by_folder[identity.folder].append(identity)
    return {
        identity.path.stem: tuple(
            f"« {other.code_place.file} »" for other in group if other is not identity
        )
        for group in by_folder.values()
        if len(group) > 1
        for identity in group
    }
