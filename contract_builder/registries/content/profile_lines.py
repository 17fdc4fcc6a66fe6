"""Lines of a profile that a spreadsheet gives: put into the imported layer, one by one.

A line that is already said, by the layer or by the officer's own files, changes nothing; another
completes or replaces the line with its key. Lines that the spreadsheet does not name stay.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial

from contract_builder.diagnostics import Diagnostic, import_problems
from contract_builder.model.library import Nomenclature
from contract_builder.reading.line_keys import line_key, line_keys
from contract_builder.reading.tree import Tree, get_lines, get_text, line_paths
from contract_builder.reading.written_values import compact_finess
from contract_builder.registries.layer import ImportLayer, Origin
from contract_builder.registries.rows import ProfileLineRow

_CODE_COLUMNS = {
    "activite": "Activité",
    "modalite": "Modalité",
    "mention": "Mention",
    "pts": "Pratique",
    "declaration": "Déclaration",
}


def key_of_line(row: ProfileLineRow) -> str:
    """What the line is called by in its list."""
    return line_key(row.section, partial(get_text, row.values))


def put_line(
    layer: ImportLayer, row: ProfileLineRow, origin: Origin, own: Sequence[Mapping[str, Tree]]
) -> ImportLayer:
    """The layer with the line; ``own`` is what the officer's files say of the entity."""
    section = row.section
    lines = get_lines(layer.values, section)
    keys = set(_keys(section, row.values))
    rank = next((n for n, line in enumerate(lines) if keys & set(_keys(section, line))), None)
    found = lines[rank] if rank is not None else None
    if found is not None and says(found, row.values):
        return layer
    if found is None and any(
        keys & set(_keys(section, line)) and says(line, row.values)
        for tree in own
        for line in get_lines(tree, section)
    ):
        return layer
    merged = merge_line(found or {}, row.values)
    if rank is None:
        lines.append(merged)
        rank = len(lines) - 1
    else:
        lines[rank] = merged
    path = line_paths(section, section, lines)[rank]
    kept = {
        key: item
        for key, item in layer.origins.items()
        if key == section or key.startswith(f"{section}[")
    }
    return layer.with_section(section, list(lines), {**kept, path: origin})


def make_line_key(*parts: str) -> str:
    """A key made from texts: « FIR », « MI2-3-5 » → « fir-mi2-3-5 »."""
    text = unicodedata.normalize("NFKD", "-".join(part for part in parts if part).lower())
    return re.sub(r"[^a-z0-9]+", "-", text.encode("ascii", "ignore").decode()).strip("-")


def find_unknown_codes(
    row: ProfileLineRow, nomenclature: Nomenclature | None
) -> list[tuple[str, Diagnostic]]:
    """The codes of an authorisation that the nomenclature lacks: the column and the problem."""
    if row.section != "autorisations" or nomenclature is None:
        return []
    activity = get_text(row.values, "activite")
    own = (nomenclature.modalites_par_activite or {}).get(activity, {})
    tables = {
        "activite": tuple(nomenclature.activites),
        "modalite": (*nomenclature.modalites, *own),
        "mention": tuple(nomenclature.mentions),
        "pts": tuple(nomenclature.pratiques),
        "declaration": tuple(nomenclature.declarations),
    }
    found = []
    for key, known in tables.items():
        code, column = get_text(row.values, key), _CODE_COLUMNS[key]
        if code and code not in known:
            place = row.place_of(column)
            problem = import_problems.code_de_registre_inconnu(place, column, code, known)
            found.append((column, problem))
    return found


def _keys(section: str, line: Mapping[str, Tree]) -> tuple[str, ...]:
    return line_keys(section, partial(get_text, line))


def says(line: Mapping[str, Tree], values: Mapping[str, Tree]) -> bool:
    """True when the line says all of ``values`` already; « 12.50 » and « 12.5 » are one number."""
    return all(_is_same(line.get(key, ""), value) for key, value in values.items())


def _is_same(old: Tree, new: Tree) -> bool:
    if isinstance(old, dict) and isinstance(new, dict):
        return says(old, new)
    if isinstance(new, list) and isinstance(old, str):
        return new == [old]
    if isinstance(old, str) and isinstance(new, str):
        return compact_finess(old) == compact_finess(new) or _number(old) == _number(new)
    return old == new


def _number(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def merge_line(old: Mapping[str, Tree], new: Mapping[str, Tree]) -> dict[str, Tree]:
    """The old line with what the new one says put in, group by group."""
    merged: dict[str, Tree] = dict(old)
    for key, value in new.items():
        below = merged.get(key)
        both = isinstance(below, dict) and isinstance(value, dict)
        merged[key] = merge_line(below, value) if both else value  # type: ignore[arg-type]
    return merged
