"""A new profile, written once: what its number and its registries say, and questions.

It holds nobody else's data: what another profile gives is what contracts of one campaign share.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PureWindowsPath
from unicodedata import normalize

from contract_builder.diagnostics import Problems, has_errors, in_file_order
from contract_builder.errors import ProblemsError, Remedy, UsageError, UserError
from contract_builder.files.paths import is_there
from contract_builder.files.write import create_file
from contract_builder.model.french import enumerate_words, long_date
from contract_builder.model.library import Campaign, Library
from contract_builder.profiles.blank_profile import (
    AskedKey,
    BlankProfile,
    find_asked_keys,
    render_blank_profile,
)
from contract_builder.profiles.layers import imported_layer_path, merge_imported, merge_layers
from contract_builder.profiles.load import REGION_FILE
from contract_builder.reading.tree import Tree, get_group, get_lines, get_text, group_of_node
from contract_builder.reading.written_values import parse_finess
from contract_builder.reading.yaml_nodes import MappingNode, Node
from contract_builder.registries.folder import load_imported_layer
from contract_builder.registries.layer import ImportLayer
from contract_builder.renewal.contract_code import find_next_code
from contract_builder.services.identifying import identify_profile
from contract_builder.services.project import Project
from contract_builder.source import NOWHERE

__all__ = [
    "AskedKey",
    "DraftRequest",
    "Drafted",
    "draft_profile",
    "foresee_profile",
]

_DEFAULT_TYPE = "etablissement"
_FICTITIOUS = "99"  # numbers of demonstration: no department has this code
_NAME = re.compile(r"[^\W_][\w.-]*")
_LONGEST_NAME = 100
"""Characters: those of a file have 255 bytes, and products add to the name."""
_SHARED_GROUPS = ("ars", "prs")
_COPIED = "Repris du profil donné en modèle."


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """What is known of the profile to write; ``on`` is the day that chooses the campaign.

    Without a name the file is called by its FINESS number. ``model`` is another profile, whose
    common choices are taken: type, campaign, date of effect, codes of the sheets.
    """

    on: date
    name: str = ""
    finess: str = ""
    contract_type: str = ""
    model: Path | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """The profile written, and what it asks.

    ``has_registries``: an import knows the establishment. ``others``: the profiles that describe it
    already.
    """

    path: Path
    text: str
    asked: tuple[AskedKey, ...]
    has_registries: bool
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportedValue:
    """What registries say of an establishment: a value and its origin, or the lines of a list.

    ``text`` and ``origin`` are empty for a list.
    """

    path: str
    text: str
    count: int
    origin: str


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a new profile would be: what registries say of it, and what it would still ask."""

    drafted: Drafted
    imported: tuple[ImportedValue, ...]


def foresee_profile(project: Project, request: DraftRequest) -> Foreseen:
    """What ``draft_profile`` would write; nothing is written. Raises as it does."""
    drafted = _draft(project, request)
    finess = _read_finess(request.finess)
    folder = drafted.path.parent
    layer = load_imported_layer(folder, finess, project.root, project.load_yaml)
    return Foreseen(drafted, tuple(_iter_imported(layer, layer.values, "")))


def _iter_imported(
    layer: ImportLayer, tree: Mapping[str, Tree], prefix: str
) -> Iterator[ImportedValue]:
    for key, value in tree.items():
        path = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _iter_imported(layer, value, f"{path}.")
        elif value:
            if isinstance(value, str):
                found = layer.origin_of(path)
                origin = found.text if found else "registre"
                yield ImportedValue(path, value, 1, origin)
            else:
                yield ImportedValue(path, "", len(value), "")


def draft_profile(project: Project, request: DraftRequest) -> Drafted:
    """Writes the new profile in the folder of profiles.

    Raises UsageError when neither a name nor a number is given, or one of them or the type does not
    hold; UserError when the file exists; ProblemsError when the library or a layer cannot be read.
    Nothing is written then.
    """
    drafted = _draft(project, request)
    create_file(drafted.path, drafted.text.encode())
    return drafted


def _draft(project: Project, request: DraftRequest) -> Drafted:
    finess = _read_finess(request.finess)
    path = project.profiles_folder / f"{_read_name(request.name or finess)}.yaml"
    known = {_plain(other.stem): other for other in project.profile_paths()}
    same = path if path.exists() else known.get(_plain(path.stem))
    if same is not None:
        raise UserError(
            f"« {project.name_of(same)} » existe déjà ; rien n’a été écrit.",
            Remedy("choose_name"),
        )
    library = project.get_library()
    given = _load_model(project, request.model)
    campaign = _choose_campaign(library, request, given)
    below = _load_below(project, path, finess)
    code, others = _choose_code(project, finess)
    values, remarks = _iter_values(finess, code, campaign, given)
    imported = imported_layer_path(path.parent, finess)
    has_registries = imported is not None and is_there(imported)
    blank = BlankProfile(values, below, _header(below, finess, has_registries), remarks)
    text = render_blank_profile(blank)
    return Drafted(path, text, find_asked_keys(blank), has_registries, others)


def _read_finess(text: str) -> str:
    if not text:
        return ""
    try:
        return parse_finess(text)
    except ValueError as error:
        raise UsageError(
            f"« {text} » n’est pas un numéro FINESS : neuf caractères, par exemple 990000119."
        ) from error


def _read_name(name: str) -> str:
    stem = normalize("NFC", name).removesuffix(".yaml")
    if not stem:
        raise UsageError("Donnez un nom au profil, ou le numéro FINESS de l’établissement.")
    if len(stem) > _LONGEST_NAME:
        raise UsageError(f"Un profil a un nom de {_LONGEST_NAME} caractères au plus.")
    if not _NAME.fullmatch(stem):
        raise UsageError(
            f"« {name} » ne peut nommer un profil : des lettres, des chiffres et des tirets, sans "
            "dossier ni « _ » au début."
        )
    if stem.endswith(".") or PureWindowsPath(stem).is_reserved():
        raise UsageError(f"« {name} » ne peut nommer un profil : Windows réserve ce nom.")
    return stem


def _plain(stem: str) -> str:
    """The same for the names that some disks take for one: capitals, accents written apart."""
    return normalize("NFC", stem).casefold()


def _load_model(project: Project, path: Path | None) -> dict[str, Tree]:
    """What the file of the other profile says, without its layers."""
    if path is None:
        return {}
    problems: Problems = []
    node = project.load_yaml(path, project.name_of(path), problems)
    if node is None or has_errors(problems):
        raise ProblemsError(in_file_order(problems))
    return group_of_node(node)


def _choose_campaign(library: Library, request: DraftRequest, given: dict[str, Tree]) -> Campaign:
    """The other profile's campaign; else the one of the type that covers the day, or the latest."""
    wanted = request.contract_type or get_text(given, "type_contrat") or _DEFAULT_TYPE
    known = sorted(library.outlines)
    if wanted not in known:
        raise UsageError(
            f"Le type de contrat « {wanted} » n’existe pas ; types : {enumerate_words(known)}."
        )
    usable = [item for item in library.campaigns.values() if item.type == wanted]
    if not usable:
        raise UserError(f"Aucune campagne de la bibliothèque n’est de type « {wanted} ».")
    same = [item for item in usable if item.id == get_text(given, "campagne")]
    covering = [item for item in usable if item.covers(request.on)]
    return max(same or covering or usable, key=lambda item: (item.date_effet_du, item.id))


def _load_below(project: Project, path: Path, finess: str) -> dict[str, Tree]:
    """What the region and the registries say of the establishment, merged."""
    problems: Problems = []
    layers: list[Node] = []
    for file in (path.parent / REGION_FILE, imported_layer_path(path.parent, finess)):
        node: Node | None = MappingNode({}, NOWHERE)
        if file is not None and is_there(file):
            node = project.load_yaml(file, project.name_of(file), problems)
        if node is None or has_errors(problems):
            raise ProblemsError(in_file_order(problems))
        layers.append(node)
    region, imported = layers
    registries = merge_imported(imported, MappingNode({}, NOWHERE), problems)
    return group_of_node(merge_layers(region, registries))


def _choose_code(project: Project, finess: str) -> tuple[str, tuple[str, ...]]:
    """The first free code of the establishment, and the profiles that describe it already."""
    if not finess:
        return "", ()
    identities = [identify_profile(project, path) for path in project.profile_paths()]
    others = tuple(project.name_of(item.path) for item in identities if item.finess_ej == finess)
    taken = {item.code for item in identities}
    first = f"{finess}AA"
    return (first if first not in taken else find_next_code(first, taken) or "", others)


def _iter_values(
    finess: str, code: str, campaign: Campaign, given: dict[str, Tree]
) -> tuple[dict[str, Tree], dict[str, str]]:
    """What the new file says, and the remarks beside its keys."""
    is_same = get_text(given, "campagne") == campaign.id
    day = get_text(given, "contrat", "date_effet") if is_same else ""
    sheets = _copied_sheets(get_lines(given, "fiches")) if is_same else []
    values: dict[str, Tree] = {
        "fictif": "oui" if finess.startswith(_FICTITIOUS) else "",
        "type_contrat": campaign.type,
        "campagne": campaign.id,
        **{key: group for key in _SHARED_GROUPS if (group := get_group(given, key))},
        "contrat": {"code": code, "date_effet": day},
        "etablissement": {"finess_ej": finess},
        "fiches": sheets,
    }
    remarks = {"contrat.date_effet": _describe_campaign(campaign)}
    if day:
        remarks["contrat.date_effet"] += f" {_COPIED} À confirmer."
    if sheets:
        remarks["fiches"] = (
            "Codes repris du profil donné en modèle, à confirmer ; volets, valeurs de départ et "
            "cibles sont à redemander."
        )
    return {key: value for key, value in values.items() if value}, remarks


def _copied_sheets(lines: Iterable[dict[str, Tree]]) -> list[Tree]:
    codes = dict.fromkeys(get_text(line, "code") for line in lines)
    return [{"code": code} for code in codes if code]


def _describe_campaign(campaign: Campaign) -> str:
    start, last = campaign.date_effet_du, campaign.date_effet_au
    period = (
        f"à partir du {long_date(start)}"
        if last is None
        else f"du {long_date(start)} au {long_date(last)}"
    )
    return f"La campagne admet les contrats qui prennent effet {period}."


def _header(below: dict[str, Tree], finess: str, has_registries: bool) -> Sequence[str]:
    name = get_text(below, "etablissement", "raison_sociale") if has_registries else ""
    lines = [name or f"Nouveau profil{f' – FINESS {finess}' if finess else ''}"]
    lines += [
        "Chaque clé est expliquée au-dessus d’elle. Le contrat ne peut se passer de celles que",
        "suit « À RENSEIGNER » ; les autres restent vides si l’établissement n’est pas concerné.",
    ]
    if has_registries:
        lines += [
            f"Les données des registres sont dans « _imports/{finess}.yaml » ; ce que vous écrivez",
            "ici l’emporte sur elles, une clé vide les garde.",
        ]
    return lines
