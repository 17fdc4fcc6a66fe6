"""Notified credits → the financing line that each is about, with its amount of the year.

A row names its line by its key, or by its measure when one line alone has it. A line that nobody
has is a new one when the row says enough to make it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contract_builder.diagnostics import Diagnostic, import_problems
from contract_builder.model.french import format_amount
from contract_builder.reading.tree import Tree, get_group, get_lines, get_text, make_group
from contract_builder.registries.content.profile_lines import make_line_key, says
from contract_builder.registries.rows import NotifiedGrantRow, ProfileLineRow

_SECTION = "financements"
_NEEDED = ("enveloppe", "mode", "libelle")


@dataclass(frozen=True, slots=True)
class NoLine:
    """Why a row is about no line: the column of the cell to mend, and the problem."""

    column: str
    problem: Diagnostic


def find_notified_line(
    row: NotifiedGrantRow, trees: Sequence[Mapping[str, Tree]]
) -> ProfileLineRow | NoLine:
    """The line that a row is about, with the notified amount.

    ``trees`` are what the registries and the officer's files say of the entity.
    """
    lines = [line for tree in trees for line in get_lines(tree, _SECTION)]
    known = list(dict.fromkeys(get_text(line, "cle") for line in lines))
    column = "Clé" if row.cle else "Mesure"
    place = row.place_of(column)
    found = dict.fromkeys(
        get_text(line, "cle") for line in lines if get_text(line, "mesure") == row.mesure
    )
    if not row.cle and len(found) > 1:
        several = import_problems.mesure_de_plusieurs_lignes(place, row.mesure, tuple(found))
        return NoLine(column, several)
    key = row.cle or next(iter(found), "")
    if key not in known and any(not get_text(row.values, name) for name in _NEEDED):
        named = row.cle or row.mesure
        lack = import_problems.ligne_de_financement_inconnue(place, row.finess_ej, named, known)
        return NoLine(column, lack)
    return _line(row, key or make_line_key(get_text(row.values, "enveloppe"), row.mesure))


def find_fixed_amount(
    row: NotifiedGrantRow, line: ProfileLineRow, own: Sequence[Mapping[str, Tree]]
) -> Diagnostic | None:
    """A warning where the officer's own file says another amount, which the contract keeps."""
    year, key = str(row.annee), get_text(line.values, "cle")
    wanted = make_group({year: row.montant})
    for tree in own:
        for said in get_lines(tree, _SECTION):
            amounts = get_group(said, "montants")
            if get_text(said, "cle") == key and year in amounts and not says(amounts, wanted):
                return import_problems.montant_fixe_par_le_profil(
                    row.place_of("Montant"), key, year, format_amount(row.montant)
                )
    return None


def _line(row: NotifiedGrantRow, key: str) -> ProfileLineRow:
    return ProfileLineRow(
        file=row.file,
        line=row.line,
        finess_ej=row.finess_ej,
        section=_SECTION,
        values=make_group(
            {
                "cle": key,
                "mesure": row.mesure,
                **row.values,
                "montants": make_group({str(row.annee): row.montant}),
            }
        ),
    )
