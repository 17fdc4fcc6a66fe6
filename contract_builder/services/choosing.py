"""The sheets of a profile, chosen and dropped."""

from contract_builder.errors import ProblemsError, UserError
from contract_builder.reading.tree import Tree
from contract_builder.services.editing import ProfileFile
from contract_builder.services.explaining import explain_sheets
from contract_builder.services.project import Project

_KEY = "fiches"


def choose_sheet(
    project: Project, file: ProfileFile, code: str, volet: str = ""
) -> dict[str, Tree]:
    """The tree of the file with one more sheet, the last.

    UserError when the campaign has no such sheet or the sheet no such volet, when the profile has
    chosen it already, or when its errors hide which sheets there are.
    """
    try:
        explanation, _ = explain_sheets(project, file.path)
    except ProblemsError as error:
        raise UserError(
            "Corrigez d’abord les erreurs de l’établissement : ses fiches en dépendent."
        ) from error
    sheet = next((sheet for sheet in explanation.sheets if sheet.code == code), None)
    if sheet is None:
        raise UserError("Cette fiche n’est pas dans la campagne du contrat.")
    if sheet.is_chosen:
        raise UserError(f"La fiche {code} est déjà choisie.")
    if volet and volet not in sheet.volets:
        raise UserError(f"La fiche {code} n’a pas ce volet.")
    line: dict[str, Tree] = {"code": code, **({"volet": volet} if volet else {})}
    return {**file.tree, _KEY: [*lines_of_sheets(file), line]}


def drop_sheet(file: ProfileFile, code: str) -> dict[str, Tree]:
    """The tree of the file without a sheet, nor what was negotiated for it.

    UserError when the file does not choose it: another layer may.
    """
    lines = lines_of_sheets(file)
    kept = [line for line in lines if not isinstance(line, dict) or line.get("code") != code]
    if len(kept) == len(lines):
        raise UserError("Le fichier de l’établissement ne choisit pas cette fiche.")
    return {**file.tree, _KEY: kept}


def lines_of_sheets(file: ProfileFile) -> list[Tree]:
    """The lines of the file that choose a sheet, in order."""
    lines = file.tree.get(_KEY)
    return lines if isinstance(lines, list) else []
