"""An extract of a code of law, read for one thing: all the versions of each article.

A JSON file of the npm package ``@socialgouv/legi-data``, or the folder of a code as the DILA
publishes the LEGI base.
"""

from pathlib import Path

from contract_builder.errors import UserError, system_reason
from contract_builder.library.law_json import parse_law_json
from contract_builder.library.law_versions import LawExtract
from contract_builder.library.law_xml import LawFolderError, load_law_folder
from contract_builder.reading.bounded import read_bounded


def load_law_extract(path: Path) -> LawExtract:
    """The extract at ``path``; UserError when the file cannot be read or is something else."""
    try:
        return load_law_folder(path) if path.is_dir() else parse_law_json(read_bounded(path))
    except OSError as error:
        raise UserError(f"« {path} » ne se lit pas : {system_reason(error)}.") from error
    except LawFolderError as error:
        raise UserError(
            f"« {path} » n’est pas le dossier d’un code de la base LEGI : {error}."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise UserError(
            f"« {path} » n’est pas un extrait de code : il faut un fichier JSON du paquet "
            "@socialgouv/legi-data, avec les versions de chaque article (articleVersions), ou le "
            "dossier d’un code de la base LEGI."
        ) from error
