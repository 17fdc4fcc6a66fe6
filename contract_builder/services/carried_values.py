"""A negotiated value → its place in the tree of the profile's file.

The keys are those that the contract prints (« financement.fir-1.2026 »). A value that is computed
from others, or printed from several, has no place of its own: whoever asks is told.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from typing import get_args, get_origin

from contract_builder.model.profile import Profile
from contract_builder.model.record import Record, iter_keys
from contract_builder.model.row_keys import derive_row_keys
from contract_builder.reading.tree import Tree
from contract_builder.reading.written_values import (
    parse_written_amount,
    parse_written_date,
    parse_written_number,
)

_CALCULATED = ("nombre", "total", "calcul", "objectif")
_WRITTEN_FORMS: tuple[Callable[[str], str], ...] = (
    lambda text: parse_written_date(text).isoformat(),
    lambda text: f"{parse_written_number(text):f}",
    lambda text: f"{parse_written_amount(text):.2f}",
)


class NoPlaceError(Exception):
    """The value has no place of its own in the profile; the message says why, in French."""


def put_value(
    tree: Mapping[str, Tree], key: str, old: str, new: str, origin: Mapping[str, str]
) -> dict[str, Tree]:
    """The tree with the value ``new``, in the form of the files, in the place of ``old``.

    ``origin`` gives « auteur » and « motif » to a negotiated target. NoPlaceError when the key has
    no place of its own.
    """
    changed = deepcopy(dict(tree))
    kind, *names = key.split(".")
    if kind in _CALCULATED or any(name in _CALCULATED for name in names):
        raise NoPlaceError(f"« {key} » est calculé d’après d’autres valeurs du profil")
    match kind, names:
        case "cible", [code, *rest, year]:
            _put_target(changed, code, rest[0] if rest else "", int(year), new, origin)
        case "financement", [name, "versements"]:
            _line(changed, "financements", "cle", name)["versements"] = new
        case "financement", [name, year]:
            amounts = _group(_line(changed, "financements", "cle", name), "montants")
            amounts[year] = f"{parse_written_amount(new):.2f}"
        case "capacite", [discipline, part]:
            _put_capacity(changed, discipline, part, new)
        case "reconnaissance", [code, part]:
            _line(changed, "reconnaissances", "code", code)[part] = new
        case "engagement", [theme, name, part]:
            lines = [i for i in _lines(changed, "engagements") if i.get("theme") == theme]
            _keyed(lines, name)[part] = _in_form(old, new)
        case "mission", [name, part]:
            _keyed(_lines(changed, "missions"), name)[part] = new
        case _:
            _put_at_path(changed, [kind, *names], old, new)
    return changed


def _put_target(
    tree: dict[str, Tree], code: str, volet: str, year: int, new: str, origin: Mapping[str, str]
) -> None:
    """A target agreed instead of the sheet's, in the order of the years."""
    sheets = [item for item in _lines(tree, "fiches") if item.get("code") == code]
    sheet = next((s for s in sheets if volet in ("", s.get("volet"))), None)
    if sheet is None:
        raise NoPlaceError(f"la fiche {code} n’est plus choisie")
    agreed = sheet.get("cibles")
    targets: list[Tree] = [
        item
        for item in (agreed if isinstance(agreed, list) else [])
        if not (isinstance(item, dict) and item.get("annee") == str(year))
    ]
    targets.append({"annee": str(year), "texte": new, **origin})
    sheet["cibles"] = sorted(
        targets, key=lambda t: str(t.get("annee")) if isinstance(t, dict) else ""
    )


def _put_capacity(tree: dict[str, Tree], discipline: str, part: str, new: str) -> None:
    years = sorted(_lines(tree, "capacites"), key=lambda item: str(item.get("annee")))
    if not years or discipline == "total":
        raise NoPlaceError("ce nombre de lits ou de places vient d’ailleurs")
    _group(years[-1], discipline)[part] = f"{parse_written_number(new):f}"


def _put_at_path(tree: dict[str, Tree], path: list[str], old: str, new: str) -> None:
    if not _is_field(path):
        raise NoPlaceError(f"« {'.'.join(path)} » est calculé ou imprimé d’après d’autres champs")
    group: dict[str, Tree] = tree
    for name in path[:-1]:
        group = _group(group, name)
    known = group.get(path[-1], "")
    if not isinstance(known, str) or (known and not _reads_as(known, old)):
        raise NoPlaceError(f"« {'.'.join(path)} » est imprimé d’après plusieurs champs du profil")
    group[path[-1]] = _in_form(old, new)


def _is_field(path: Sequence[str]) -> bool:
    """True for the path of one value of the profile's records, lines of lists aside."""
    cls: type[Record] = Profile
    for rank, name in enumerate(path):
        key = next((key for key in iter_keys(cls) if key.name == name), None)
        if key is None or get_origin(key.kind) in (tuple, Mapping):
            return False
        kinds = (key.kind, *get_args(key.kind))
        held = next((k for k in kinds if isinstance(k, type) and issubclass(k, Record)), None)
        if held is None:
            return rank == len(path) - 1 and not any(get_origin(k) is Mapping for k in kinds)
        cls = held
    return False


def _reads_as(written: str, printed: str) -> bool:
    """True when the file's text is what was printed, in whatever form."""
    if " ".join(written.split()) == " ".join(printed.split()):
        return True
    return _in_form(printed, printed) in (written, _in_form(written, written))


def _in_form(old: str, new: str) -> str:
    """The new value in the form of the files, of the kind that the old one was of."""
    for form in _WRITTEN_FORMS:
        with suppress(ValueError):
            form(old)
            return form(new)
    return new


def _group(holder: dict[str, Tree], name: str) -> dict[str, Tree]:
    found = holder.setdefault(name, {})
    if not isinstance(found, dict):
        raise NoPlaceError(f"« {name} » n’est pas un groupe de champs du profil")
    return found


def _lines(tree: dict[str, Tree], name: str) -> list[dict[str, Tree]]:
    found = tree.get(name)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _line(tree: dict[str, Tree], name: str, key: str, wanted: str) -> dict[str, Tree]:
    found = next((item for item in _lines(tree, name) if item.get(key) == wanted), None)
    if found is None:
        raise NoPlaceError(f"la ligne « {wanted} » n’est pas dans le fichier de l’établissement")
    return found


def _keyed(lines: list[dict[str, Tree]], wanted: str) -> dict[str, Tree]:
    """The line that the contract knows by this key, given or drawn from its words."""
    names = [str(line.get("intitule", "")) for line in lines]
    keys = derive_row_keys(names, [str(line.get("cle", "")) for line in lines])
    found = next((line for line, key in zip(lines, keys, strict=True) if key == wanted), None)
    if found is None:
        raise NoPlaceError(f"la ligne « {wanted} » n’est pas dans le fichier de l’établissement")
    return found
