"""``cpom pdf``: a Word file printed as PDF by LibreOffice."""

import argparse
from pathlib import Path

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.output import print_kept, print_line


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "pdf",
        description="Convertit un fichier Word, même retouché, en PDF par LibreOffice. Le PDF est "
        "écrit à côté du fichier ; un PDF qui n’est pas de nous n’est pas écrasé.",
    )
    parser.add_argument("file", type=Path, metavar="FICHIER.docx", help="le fichier Word")
    parser.add_argument("--out", type=Path, metavar="DOSSIER", help="dossier de sortie")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Converts and prints the path."""
    from contract_builder.services.making import print_word_file

    published = print_word_file(args.file, args.out or args.file.parent)
    print_kept(published.kept)
    for path in published.written:
        print_line(str(path))
    return 0
