"""What is known of many profiles at a glance: their files, their codes, those that would mix."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from contract_builder.files.publish import product_folder
from contract_builder.frozen import dataclass
from contract_builder.profiles.load import find_layer_files
from contract_builder.services.project import Project
from contract_builder.source import Place, whole_file


@dataclass(frozen=True, slots=True)
class ProfileIdentity:
    """What is known of a profile at a glance: its files, its own last, and its contract's code.

    ``folder`` names the contract's folder among others; it and ``code`` are empty when the file
    does not give the code. ``code_place`` is where it stands, else the file. ``finess_ej`` is empty
    when the file does not give it.
    """

    path: Path
    files: tuple[Path, ...]
    code: str
    folder: str
    code_place: Place
    finess_ej: str


def find_namesakes(identities: Sequence[ProfileIdentity]) -> dict[Path, tuple[str, ...]]:
    """Profile → the files of the others whose contract would go into the same folder."""
    by_folder: dict[str, list[ProfileIdentity]] = defaultdict(list)
    for identity in identities:
        if identity.folder:
            by_folder[identity.folder].append(identity)
    return {
        identity.path: tuple(
            f"« {other.code_place.file} »" for other in group if other is not identity
        )
        for group in by_folder.values()
        if len(group) > 1
        for identity in group
    }


def identify_profile(project: Project, path: Path) -> ProfileIdentity:
    """The files and the contract code of a profile, whether or not it is sound."""
    files, code, finess = find_layer_files(path, project.root, project.load_yaml)
    if code is None:
        return ProfileIdentity(path, files, "", "", whole_file(project.name_of(path)), finess)
    return ProfileIdentity(path, files, code.text, product_folder(code.text), code.place, finess)
