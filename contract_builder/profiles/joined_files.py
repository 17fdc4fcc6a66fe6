"""The files that a profile joins to its contract: found, read, and described for the contract.

Their paths start from the profile's folder and stay inside the project folder. The contract holds
the SHA-256 of each, so its identity covers them; the bytes are read again when a PDF is made.
"""

from hashlib import sha256
from pathlib import Path

from contract_builder.diagnostics import Diagnostic, Problems, profile_problems
from contract_builder.errors import UserError, system_reason
from contract_builder.files.paths import is_there, real_path
from contract_builder.files.read import read_file
from contract_builder.model.contract import Contract, JoinedFile
from contract_builder.model.profile import JoinedAnnex, Profile
from contract_builder.profiles.load import display_name
from contract_builder.reading.bounded import read_bounded
from contract_builder.reading.foreign_pdf import MAX_BYTES, UnusablePdfError, count_pages

_MIB = 2**20


def load_joined_files(
    profile: Profile, folder: Path, root: Path, problems: Problems
) -> tuple[JoinedFile, ...]:
    """What the contract says of each joined file, in the profile's order, numbered « J1 », « J2 ».

    ``folder`` is the profile's. A file that cannot be joined is left out, its problem added.
    """
    found: list[JoinedFile] = []
    for number, annex in enumerate(profile.annexes_jointes, start=1):
        read = _read(annex, folder, root)
        if isinstance(read, Diagnostic):
            problems.append(read)
            continue
        path, data, pages = read
        found.append(
            JoinedFile(
                number=f"J{number}",
                title=annex.titre,
                nature=annex.nature,
                completes=annex.annexe,
                file=display_name(path, root),
                pages=pages,
                sha256=sha256(data).hexdigest(),
            )
        )
    return tuple(found)


def read_joined_files(contract: Contract, root: Path) -> dict[str, bytes]:
    """The files joined to a contract, by their number.

    UserError when one cannot be read or is no longer the one that the contract names.
    """
    found: dict[str, bytes] = {}
    for item in contract.tables.joined_files:
        data = read_file(root / item.file, f"« {item.file} » ne peut être lu")
        if sha256(data).hexdigest() != item.sha256:
            raise UserError(
                f"« {item.file} » n’est plus le fichier que le contrat joint : son contenu a "
                "changé. Produisez de nouveau le contrat depuis le profil."
            )
        found[item.number] = data
    return found


def _read(annex: JoinedAnnex, folder: Path, root: Path) -> tuple[Path, bytes, int] | Diagnostic:
    """The file, its bytes and its number of pages, or why it cannot be joined."""
    place = annex.place_of("fichier")
    try:
        path = real_path(folder / annex.fichier)
        if not path.is_relative_to(real_path(root)):
            return profile_problems.annexe_hors_du_dossier(place, annex.fichier)
        if not is_there(path):
            return profile_problems.annexe_introuvable(
                place, annex.fichier, display_name(path, root)
            )
        size = path.stat().st_size
        if size > MAX_BYTES:
            reason = f"il pèse {-(-size // _MIB)} Mio, plus que les {MAX_BYTES // _MIB} admis"
            return profile_problems.annexe_inutilisable(place, annex.fichier, reason)
        data = read_bounded(path, MAX_BYTES)
        return path, data, count_pages(data)
    except OSError as error:
        return profile_problems.annexe_inutilisable(place, annex.fichier, system_reason(error))
    except UnusablePdfError as error:
        return profile_problems.annexe_inutilisable(place, annex.fichier, str(error))
