"""Files of decisions: written for the changes of returned files, read back, YAML or workbook.

What is read is what was written, line for line: ``deciding`` compares both.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from contract_builder.diagnostics import Problems, file_problems
from contract_builder.errors import UsageError
from contract_builder.model.decision import (
    ChangeConflict,
    DecidedFile,
    DecisionFile,
    DecisionLine,
)
from contract_builder.model.french import NBSP
from contract_builder.reading.files import load_yaml
from contract_builder.reading.records import read_record
from contract_builder.reading.tree import Tree
from contract_builder.reading.yaml_text import render_yaml
from contract_builder.services.receiving import ReadCopies
from contract_builder.source import Place, SourceFile, whole_file
from contract_builder.tables.table import ReportColumn, ReportTable
from contract_builder.tables.workbook import render_workbook

if TYPE_CHECKING:
    from contract_builder.registries.workbooks import Worksheet
    from contract_builder.returned.change import ReturnedChange

YAML_ENDINGS: Final = (".yaml", ".yml")
WORKBOOK_ENDING: Final = ".xlsx"
_SHEET: Final = "Décisions"
_ABOUT: Final = "Fichiers"
_COLUMNS: Final[Mapping[str, tuple[str, int]]] = {
    "id": ("Modification", 14),
    "lieu": ("Endroit", 34),
    "clause": ("Clause", 20),
    "fichier": ("Fichier", 18),
    "auteur": ("Auteur", 18),
    "date": ("Date", 12),
    "suivi": ("Suivie", 8),
    "contexte": ("Contexte", 44),
    "ancien": ("Ancien texte", 44),
    "nouveau": ("Nouveau texte", 44),
    "champ": ("Champ du profil", 24),
    "decision": ("Décision", 14),
    "texte": ("Contre-proposition", 44),
    "motif": ("Motif", 30),
}
_HEAD: Final = """\
# Vos décisions, une modification après l’autre. Remplissez « decision » :
#   accepté   le contrat dira ce que l’autre partie a écrit
#   refusé    le contrat garde son texte
#   contre    le contrat dira votre propre texte, à donner sous « texte »
#   ouvert    ou rien : la question reste ouverte
# « motif » est facultatif. Ne changez pas le reste : c’est ce qui relie vos décisions au fichier.
"""


def make_decision_file(copies: ReadCopies) -> DecisionFile:
    """The decisions to take, none taken yet, in the order in which the changes are told."""
    from contract_builder.returned.summary import describe_place

    known = copies.files[0].recognised.candidate
    return DecisionFile(
        contrat=known.sha256,
        version=known.reference,
        fichiers=tuple(
            DecidedFile(nom=file.name, sha256=digest)
            for file, digest in zip(copies.files, copies.sha256, strict=True)
        ),
        desaccords=tuple(
            ChangeConflict(modifications=conflict.changes, pourquoi=conflict.why)
            for conflict in copies.merged.conflicts
        ),
        modifications=tuple(
            DecisionLine(
                id=change.id,
                lieu=", ".join(_iter_place(describe_place(change.where), change)),
                clause=change.where.section,
                contexte=_context_of(change, copies),
                fichier=change.file,
                auteur=change.author or "",
                date=(change.date or "")[:10],
                suivi=change.tracked,
                ancien=change.old,
                nouveau=change.new,
                champ=change.where.value,
            )
            for change in copies.merged.changes
        ),
    )


def _context_of(change: "ReturnedChange", copies: ReadCopies) -> str:
    """The line that was sent, where the change tells some of its words only."""
    at, lines = change.where.line, copies.sent.lines
    return lines[at].text if change.tracked and 0 <= at < len(lines) else ""


def _iter_place(clause: str, change: "ReturnedChange") -> Iterator[str]:
    yield clause
    if change.where.table:
        yield f"tableau «{NBSP}{change.where.table}{NBSP}»"
    if change.where.row:
        yield f"ligne «{NBSP}{change.where.row}{NBSP}»"


def render_decision_file(file: DecisionFile, ending: str) -> bytes:
    """The file, as YAML or workbook by the ending of its name.

    UsageError for another ending.
    """
    if ending.lower() in YAML_ENDINGS:
        return (_HEAD + render_yaml(_tree_of(file))).encode()
    if ending.lower() == WORKBOOK_ENDING:
        return render_workbook(_tables_of(file), date(2000, 1, 1), "Décisions")
    raise UsageError("Un fichier de décisions se termine par « .yaml » ou « .xlsx ».")


def _tree_of(file: DecisionFile) -> dict[str, Tree]:
    tree: dict[str, Tree] = {
        "contrat": file.contrat,
        "version": file.version,
        "fichiers": [{"nom": item.nom, "sha256": item.sha256} for item in file.fichiers],
    }
    if file.desaccords:
        tree["desaccords"] = [
            {"modifications": list(item.modifications), "pourquoi": item.pourquoi}
            for item in file.desaccords
        ]
    tree["modifications"] = [_line_tree(line) for line in file.modifications]
    return tree


def _line_tree(line: DecisionLine) -> Tree:
    return {key: _text_of(line, key) for key in _COLUMNS if key in _ASKED or _text_of(line, key)}


_ASKED: Final = ("id", "decision", "texte", "motif")


def _text_of(line: DecisionLine, key: str) -> str:
    value = getattr(line, key)
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)


def _tables_of(file: DecisionFile) -> tuple[ReportTable, ...]:
    names = tuple(ReportColumn(key, title, "texte", w) for key, (title, w) in _COLUMNS.items())
    about = (
        ReportColumn("quoi", "Quoi", "texte", 18),
        ReportColumn("nom", "Nom", "texte", 34),
        ReportColumn("sha256", "Empreinte", "texte", 68),
    )
    return (
        ReportTable(
            "decisions",
            _SHEET,
            "Une modification par ligne : accepté, refusé, contre ou ouvert.",
            names,
            tuple(tuple(_text_of(line, key) for key in _COLUMNS) for line in file.modifications),
        ),
        ReportTable(
            "fichiers",
            _ABOUT,
            "Ce sur quoi portent les décisions ; ne pas changer.",
            about,
            (
                ("contrat", file.version, file.contrat),
                *(("fichier", item.nom, item.sha256) for item in file.fichiers),
                *(
                    ("désaccord", ", ".join(item.modifications), item.pourquoi)
                    for item in file.desaccords
                ),
            ),
        ),
    )


def load_decision_file(path: Path, name: str, problems: Problems) -> DecisionFile | None:
    """The file as filled in; None, and told, when it cannot be read. UsageError for its ending."""
    if path.suffix.lower() in YAML_ENDINGS:
        node = load_yaml(path, name, problems)
        return None if node is None else read_record(DecisionFile, node, problems)
    if path.suffix.lower() != WORKBOOK_ENDING:
        raise UsageError("Un fichier de décisions se termine par « .yaml » ou « .xlsx ».")
    return _load_workbook(path, name, problems)


def _load_workbook(path: Path, name: str, problems: Problems) -> DecisionFile | None:
    from contract_builder.registries.workbooks import load_worksheets

    sheets = {sheet.title: sheet for sheet in load_worksheets(path, name, problems)}
    if problems:
        return None
    if _SHEET not in sheets or _ABOUT not in sheets:
        reason = f"il n’a pas les feuilles « {_SHEET} » et « {_ABOUT} » d’un fichier de décisions"
        problems.append(file_problems.fichier_illisible(whole_file(name), reason))
        return None
    about = [cells for _, cells in sheets[_ABOUT].rows]
    found = {kind: [c for c in about if c[:1] == (kind,)] for kind in ("contrat", "fichier")}
    contract = (found["contrat"] or [("contrat", "", "")])[0]
    return DecisionFile(
        contrat=contract[2] if len(contract) > 2 else "",
        version=contract[1],
        fichiers=tuple(DecidedFile(nom=c[1], sha256=c[2]) for c in found["fichier"]),
        modifications=tuple(_iter_lines(sheets[_SHEET], name)),
    )


def _iter_lines(sheet: "Worksheet", name: str) -> Iterator[DecisionLine]:
    """The lines with the place of each cell, « column 10 of line 4 »."""
    titles = {title: key for key, (title, _) in _COLUMNS.items()}
    head: Sequence[str] = sheet.rows[0][1] if sheet.rows else ()
    columns = {titles[title]: number for number, title in enumerate(head) if title in titles}
    shown = tuple(" | ".join(cells) for _, cells in sheet.rows)
    source = SourceFile(name, ())
    for number, cells in sheet.rows[1:]:
        texts = {key: cells[at] for key, at in columns.items() if at < len(cells)}
        places = {key: Place(source, number, at + 1) for key, at in columns.items()}
        tracked = texts.pop("suivi", "").casefold() == "oui"
        if shown and texts.get("id"):
            yield DecisionLine(
                place=Place(source, number, 1), value_places=places, suivi=tracked, **texts
            )
