"""What changed in a contract from one summary to the next, in a few words; no file is read."""

from collections.abc import Iterator, Mapping
from typing import Any

from contract_builder.model.french import NBSP, counted
from contract_builder.model.status import STATUS_WORDS

Summary = Mapping[str, Any]

NEW = "premier contrat produit"
NO_CHANGES = "rien dans le contenu"
_PARTS_TOLD = 4


def tell_changes(before: Summary | None, after: Summary) -> str:
    """« 2 cibles, 1 montant, article 4 »; what matters most first.

    ``before`` is None for a contract that was not made again, empty for a first one. Nothing is
    told when another version of the program made it, which remembered other things.
    """
    if before is None or not after:
        return ""
    if not before:
        return NEW
    if before.keys() != after.keys():
        return ""
    return ", ".join(_iter_told(before, after)) or NO_CHANGES


def _iter_told(before: Summary, after: Summary) -> Iterator[str]:
    if before["version"] != after["version"]:
        yield f"version {before['version']} → {after['version']}"
    if before["statut"] != after["statut"]:
        old_status, new_status = (STATUS_WORDS[summary["statut"]] for summary in (before, after))
        yield f"statut {old_status} → {new_status}"
    if _dates(before) != _dates(after):
        yield "dates"
    yield from _counted(_differences(before["montants"], after["montants"]), "montant", "montants")
    old, new = set(before["objectifs"]), set(after["objectifs"])
    yield from _counted(len(new - old), "fiche ajoutée", "fiches ajoutées")
    yield from _counted(len(old - new), "fiche retirée", "fiches retirées")
    both = old & new
    yield from _counted(_differences(_targets(before, both), _targets(after, both)), "cible",
                        "cibles")  # fmt: skip
    authorisations = _differences(_authorisations(before), _authorisations(after))
    yield from _counted(authorisations, "autorisation", "autorisations")
    yield from _changed_parts(before["textes"], after["textes"])


def _dates(summary: Summary) -> tuple[str, str]:
    return summary["date_effet"], summary["date_fin"]


def _targets(summary: Summary, sheets: set[str]) -> dict[tuple[Any, ...], str]:
    return {
        (target["fiche"], target["volet"], target["annee"]): target["texte"]
        for target in summary["cibles"]
        if target["fiche"] in sheets
    }


def _authorisations(summary: Summary) -> dict[str, tuple[Any, ...]]:
    return {
        item["cle"]: (item["activite"], item["site"], item["fin"])
        for item in summary["autorisations"]
    }


def _differences(before: Mapping[Any, object], after: Mapping[Any, object]) -> int:
    """How many keys have another value, or none on one side."""
    return sum(before.get(key) != after.get(key) for key in before.keys() | after.keys())


def _counted(count: int, singular: str, plural: str) -> Iterator[str]:
    if count:
        yield counted(count, singular, plural).replace(NBSP, " ")


def _changed_parts(
    before: Mapping[str, list[str]], after: Mapping[str, list[str]]
) -> Iterator[str]:
    """The parts whose words changed, in reading order, then those that went; sheets that came or
    went are counted elsewhere.
    """
    changed = [
        name
        for key, (name, digest) in after.items()
        if before.get(key, ("", ""))[1] != digest and (key in before or not _is_sheet(name))
    ]
    gone = [
        f"{name} (retiré)"
        for key, (name, _) in before.items()
        if key not in after and not _is_sheet(name)
    ]
    names = [name[:1].lower() + name[1:] for name in (*changed, *gone)]
    yield from names[:_PARTS_TOLD]
    yield from _counted(len(names[_PARTS_TOLD:]), "autre partie", "autres parties")


def _is_sheet(name: str) -> bool:
    return name.startswith("fiche ")
