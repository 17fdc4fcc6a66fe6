"""The data that come with the software: library, sheets, templates, demonstration profiles.

An installed wheel carries them in ``contract_builder/_data``; in a checkout they stand at the
repository's root. Nothing else in the package may guess where they are.
"""

from pathlib import Path

from contract_builder.errors import InternalError, UserError, system_reason
from contract_builder.files.project_mark import is_project
from contract_builder.reading.bounded import read_bounded

_PROFILES = "profiles"
DATA_FOLDERS = ("clause_library", "fiches", "templates", _PROFILES)
README_NAME = "LISEZMOI.md"
OUTPUT_FOLDER = "output"
_CONFLICTS_SHOWN = 10

_README = """\
# Dossier de travail des CPOM

Ce dossier a été créé par « cpom init ». Tout ce qu’il contient vous appartient : modifiez, ajoutez,
supprimez. Une mise à jour du logiciel n’y touche pas.

| dossier | contenu |
|---|---|
| `clause_library/` | clauses, plans de contrat, références légales, nomenclatures, campagnes |
| `fiches/` | fiches méthodologiques, une par fichier, rangées par campagne |
| `templates/` | modèles de documents ; le modèle Word s’ouvre et se modifie dans Word |
| `profiles/` | un fichier par établissement ; `_region.yaml` contient ce qu’une région partage |
| `output/` | les documents produits |

Les profils livrés sont fictifs et servent de démonstration : copiez-en un pour commencer le vôtre.

Pour vérifier tous les fichiers, depuis ce dossier :

    cpom check

Pour produire un contrat :

    cpom build profiles/chu-demonstration.yaml

« cpom --help » présente toutes les commandes.
"""


def get_data_folder() -> Path:
    """The folder that holds the four data folders; InternalError when the package lost them."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_data", package.parent):
        if is_project(folder):
            return folder
    raise InternalError(f"les données livrées avec le logiciel sont introuvables près de {package}")


def init_project(target: Path, *, with_demonstration: bool = True) -> list[Path]:
    """Makes ``target`` a working folder; the files written, in name order.

    Copies the four data folders, writes ``LISEZMOI.md`` and makes ``output/``; without the
    demonstration, ``profiles/`` is empty. Nothing that exists
    is replaced: when one file is in the way, UserError names it and nothing at all is written.
    """
    sources = _sources()
    if not with_demonstration:
        sources = {n: path for n, path in sources.items() if n.parts[0] != _PROFILES}
    try:
        _refuse_conflicts(target, [*sources, Path(README_NAME)])
        written = [_write_new(target / name, read_bounded(path)) for name, path in sources.items()]
        written.append(_write_new(target / README_NAME, _README.encode()))
        for folder in (*DATA_FOLDERS, OUTPUT_FOLDER):
            (target / folder).mkdir(exist_ok=True)
    except OSError as error:
        raise UserError(
            f"Le dossier « {target} » n’a pu être écrit entièrement : l’écriture s’est arrêtée à "
            f"« {error.filename} » ({system_reason(error)}). Recommencez dans un dossier vide."
        ) from error
    return sorted(written)


def _sources() -> dict[Path, Path]:
    """Each file to copy, by its name relative to the working folder; hidden files stay behind."""
    root = get_data_folder()
    paths = (path for folder in DATA_FOLDERS for path in sorted((root / folder).rglob("*")))
    names = ((path.relative_to(root), path) for path in paths if path.is_file())
    return {
        name: path for name, path in names if not any(part.startswith(".") for part in name.parts)
    }


def _refuse_conflicts(target: Path, names: list[Path]) -> None:
    if target.exists() and not target.is_dir():
        raise UserError(f"« {target} » est un fichier : indiquez un dossier, existant ou à créer.")
    wanted = {parent for name in names for parent in name.parents} | {Path(OUTPUT_FOLDER)}
    folders_in_the_way = [name for name in wanted if (target / name).is_file()]
    files_in_the_way = [name for name in names if _is_there(target / name)]
    conflicts = sorted({*folders_in_the_way, *files_in_the_way})
    if not conflicts:
        return
    shown = "\n".join(f"  {name.as_posix()}" for name in conflicts[:_CONFLICTS_SHOWN])
    rest = len(conflicts) - _CONFLICTS_SHOWN
    more = f"\n  … et {rest} autre{'s' if rest > 1 else ''}" if rest > 0 else ""
    raise UserError(
        f"Rien n’a été écrit : le dossier « {target} » contient déjà des fichiers qui seraient "
        f"remplacés.\n{shown}{more}\nChoisissez un dossier vide, ou déplacez ces fichiers."
    )


def _is_there(path: Path) -> bool:
    """True for anything under that name, a dangling symbolic link too."""
    return path.exists() or path.is_symlink()


def _write_new(path: Path, content: bytes) -> Path:
    """Writes a file that must not exist: a file made meanwhile by another program is kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as stream:
        stream.write(content)
    return path
