"""How the layers of a profile go over each other: region, imported registries, establishment.

The imported layer ``_imports/<FINESS EJ>.yaml`` is written by ``registries``, never by hand. What
the officer writes wins, line by line: in the lists of ``LINE_KEYS`` a line with the same key
completes and replaces the imported one, and other lines are added. The key ``ecarter`` of the
establishment's file sets imported lines aside: ``ecarter: {sites: ["990000127"]}``, or
``ecarter: {autorisations: tous}`` for the whole list.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from contract_builder.diagnostics import Problems, file_problems, import_problems
from contract_builder.model.identifiers import is_finess
from contract_builder.reading.line_keys import LINE_KEYS, line_key, line_keys
from contract_builder.reading.written_values import compact_finess
from contract_builder.reading.yaml_nodes import Entry, MappingNode, Node, Scalar, Sequence

IMPORTS_FOLDER = "_imports"
SET_ASIDE = "ecarter"
_ALL = "tous"
_ORIGINS = "origines"  # for readers of the layer file; not part of the profile


def imported_layer_path(folder: Path, finess: str) -> Path | None:
    """Where the imported layer of a legal entity lies; None when the number is not one."""
    return folder / IMPORTS_FOLDER / f"{finess}.yaml" if is_finess(finess) else None


def find_finess(profile: Node) -> str:
    """The FINESS number of the legal entity that a profile file names; empty when it names none."""
    if not isinstance(profile, MappingNode):
        return ""
    entity = profile.entries.get("etablissement")
    return compact_finess(_text(entity.value, "finess_ej")) if entity else ""


def find_contract_code(profile: Node) -> Scalar | None:
    """The contract code that a profile file writes, with its place; None when it writes none."""
    group = profile.entries.get("contrat") if isinstance(profile, MappingNode) else None
    if group is None or not isinstance(group.value, MappingNode):
        return None
    entry = group.value.entries.get("code")
    value = entry.value if entry else None
    return value if isinstance(value, Scalar) and value.text else None


def merge_layers(lower: Node, upper: Node, *, by_line: bool = False, section: str = "") -> Node:
    """``upper`` over ``lower``; the merged group stands where the upper one does.

    Groups of keys are merged and a key left blank replaces nothing. A list replaces the lower one,
    unless ``by_line``: then the lists of ``LINE_KEYS`` are merged line by line. ``section`` is the
    key under which both stand.
    """
    if isinstance(upper, Scalar) and not upper.text:
        return lower
    if isinstance(lower, MappingNode) and isinstance(upper, MappingNode):
        entries = dict(lower.entries)
        for key, entry in upper.entries.items():
            below = entries.get(key)
            entries[key] = (
                entry
                if below is None
                else Entry(
                    entry.key_place,
                    merge_layers(below.value, entry.value, by_line=by_line, section=key),
                )
            )
        return MappingNode(entries, upper.place)
    if by_line and isinstance(lower, Sequence) and section in LINE_KEYS:
        own = upper.items if isinstance(upper, Sequence) else (upper,)
        return Sequence(tuple(_merge_lines(lower.items, own, section)), upper.place)
    return upper


def merge_imported(imported: Node, profile: Node, problems: Problems) -> Node:
    """The establishment's file over its imported layer, without the keys that only steer that."""
    if not isinstance(profile, MappingNode):
        return profile
    own = {key: entry for key, entry in profile.entries.items() if key != SET_ASIDE}
    below = imported.entries if isinstance(imported, MappingNode) else {}
    lower = {key: entry for key, entry in below.items() if key != _ORIGINS}
    aside = profile.entries.get(SET_ASIDE)
    if aside is not None:
        lower = _set_aside(lower, aside.value, problems)
    return merge_layers(
        MappingNode(lower, profile.place), MappingNode(own, profile.place), by_line=True
    )


def _merge_lines(lower: tuple[Node, ...], upper: tuple[Node, ...], section: str) -> Iterator[Node]:
    """Imported lines in their order, each completed by the officer's, then the officer's others."""
    own: dict[str, Node] = {}
    others: list[Node] = []
    for item in upper:
        key = _key(item, section)
        if key and key not in own:
            own[key] = item
        else:
            others.append(item)
    for item in lower:
        keys = line_keys(section, partial(_text, item))
        mine = next((own.pop(key) for key in keys if key in own), None)
        yield item if mine is None else merge_layers(item, mine, by_line=True)
    yield from own.values()
    yield from others


def _set_aside(lower: dict[str, Entry], aside: Node, problems: Problems) -> dict[str, Entry]:
    """The imported sections without the lines that the officer sets aside."""
    if not isinstance(aside, MappingNode):
        problems.append(file_problems.attendu(aside.place, "des listes de lignes à écarter"))
        return lower
    kept = dict(lower)
    for section, entry in aside.entries.items():
        if section not in LINE_KEYS:
            problems.append(file_problems.cle_inconnue(entry.key_place, section, tuple(LINE_KEYS)))
            continue
        found = lower.get(section)
        lines = found.value.items if found and isinstance(found.value, Sequence) else ()
        remaining = _remaining_lines(lines, entry.value, section, problems)
        if found is not None:
            kept[section] = Entry(found.key_place, Sequence(remaining, found.value.place))
    return kept


def _remaining_lines(
    lines: tuple[Node, ...], unwanted: Node, section: str, problems: Problems
) -> tuple[Node, ...]:
    if isinstance(unwanted, Scalar) and unwanted.text == _ALL:
        return ()
    items = unwanted.items if isinstance(unwanted, Sequence) else (unwanted,)
    wanted = [item for item in items if isinstance(item, Scalar) and item.text]
    known = [_key(line, section) for line in lines]
    for item in wanted:
        if item.text not in known:
            problems.append(import_problems.ecart_sans_objet(item.place, item.text, known))
    keys = {item.text for item in wanted}
    return tuple(line for line in lines if _key(line, section) not in keys)


def _key(line: Node, section: str) -> str:
    return line_key(section, partial(_text, line))


def _text(node: Node, key: str) -> str:
    """The text under ``key`` of a mapping; empty when there is none."""
    entry = node.entries.get(key) if isinstance(node, MappingNode) else None
    return entry.value.text if entry is not None and isinstance(entry.value, Scalar) else ""
