"""``cpom import``: registries and spreadsheets into profiles."""

import argparse
from pathlib import Path

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.output import print_error, print_json, print_line, print_problems
from contract_builder.cli.project_option import profile_path, project_of
from contract_builder.cli.remedies import word_remedy
from contract_builder.errors import UsageError, UserError, system_reason
from contract_builder.files.paths import is_there

_KINDS = ("finess", "arhgos", "hapi", "sae", "targets", "tout")
TEMPLATES = (
    "cibles",
    "valeurs-initiales",
    "financements",
    "notifications",
    "sites",
    "capacites",
    "autorisations",
    "missions",
    "cooperations",
)


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "import",
        description="Lit FINESS, ARHGOS, HAPI, SAE et les classeurs de l’agence, et écrit ce "
        "qu’ils disent dans « profiles/_imports ». Ce que vous avez écrit à la main l’emporte "
        "toujours. « tout » reconnaît chaque fichier à son contenu.",
    )
    parser.add_argument("kind", choices=_KINDS, metavar="REGISTRE", help=", ".join(_KINDS))
    parser.add_argument("files", nargs="*", type=Path, metavar="FICHIER", help="fichiers à lire")
    parser.add_argument(
        "--into", type=Path, metavar="DOSSIER", help="dossier des profils (par défaut : profiles/)"
    )
    parser.add_argument(
        "--campaign",
        default="",
        metavar="CAMPAGNE",
        help="campagne des nouveaux profils (par défaut : la plus récente)",
    )
    parser.add_argument(
        "--department",
        action="append",
        dest="departments",
        metavar="CODE",
        help="département (31, 2A, 971) dont les établissements sans profil en reçoivent un, "
        "option répétable (par défaut : tous)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="montre ce qui changerait, sans rien écrire"
    )
    parser.add_argument(
        "--template",
        choices=TEMPLATES,
        metavar="MODÈLE",
        help="avec « targets » : écrit dans FICHIER un classeur à remplir, avec ce qui est déjà "
        f"connu ; {', '.join(TEMPLATES)}",
    )
    parser.add_argument(
        "--profile",
        action="append",
        dest="profiles",
        metavar="PROFIL",
        help="avec « --template » : profil à y mettre, option répétable (par défaut : tous)",
    )
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Imports and says what changed; nothing is written when a file has an error."""
    from contract_builder.services.importing import (
        ImportRequest,
        import_data,
        import_registries,
    )

    if not args.files:
        raise UsageError("Donnez au moins un FICHIER.")
    if args.template:
        return _write_template(args)
    if args.profiles:
        raise UsageError("« --profile » s’emploie avec « --template ».")
    project = project_of(args)
    files = tuple(file for path in args.files for file in _files_of(path))
    request = ImportRequest(
        kind=args.kind,
        files=files,
        into=args.into or project.profiles_folder,
        campaign=args.campaign,
        dry_run=args.dry_run,
        departments=frozenset(code.strip().upper() for code in args.departments or ()),
    )
    result = import_registries(project, request)
    print_problems(result.problems, strict=False)
    if args.json:
        print_json([import_data(plan, word_remedy) for plan in result.plans])
        return 0
    for line in result.iter_lines(details=args.dry_run):
        print_line(line)
    written = len(result.written)
    if not written:
        print_error("Rien n’a été écrit.")
    else:
        print_error("1 fichier écrit." if written == 1 else f"{written} fichiers écrits.")
    return 0


def _files_of(path: Path) -> list[Path]:
    """The file itself, or the files of a folder, without those of its own folders.

    UserError when there is none: a mistyped name would else import nothing, in silence.
    """
    if is_there(path) and not path.is_dir():
        return [path]
    try:
        files = sorted(item for item in path.iterdir() if item.is_file())
    except OSError as error:
        raise UserError(f"« {path} » ne peut être lu : {system_reason(error)}.") from error
    if not files:
        raise UserError(f"Le dossier « {path} » ne contient aucun fichier à importer.")
    return files


def _write_template(args: argparse.Namespace) -> int:
    """Writes the workbook; the errors of the profiles that are not in it give code 1."""
    from contract_builder.services.filling import write_sheet_template

    if args.kind != "targets" or len(args.files) != 1:
        raise UsageError("« --template » s’emploie avec « targets » et un seul FICHIER.")
    project = project_of(args)
    names = args.profiles or []
    profiles = [profile_path(name, project.root) for name in names] or None
    problems = write_sheet_template(project, args.template, args.files[0], profiles)
    print_line(str(args.files[0]))
    if problems:
        print_error("Des profils en erreur ne figurent pas, ou pas entiers, dans ce classeur :")
    return print_problems(problems, strict=False)
