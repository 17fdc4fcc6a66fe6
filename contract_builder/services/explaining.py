"""Why a contract is what it is, what each sheet asks of it, where each value comes from."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.diagnostics import Problems, in_file_order
from contract_builder.errors import ProblemsError
from contract_builder.frozen import dataclass
from contract_builder.model.french import long_date
from contract_builder.model.library import Library
from contract_builder.model.negotiation import STATE_WORDS, NegotiatedValue
from contract_builder.model.profile import Profile
from contract_builder.reading.node_paths import index_paths
from contract_builder.reading.scalars import parse_decimal
from contract_builder.reading.tree import iter_leaves
from contract_builder.services.making import Prepared, prepare
from contract_builder.services.project import Project

if TYPE_CHECKING:
    from contract_builder.assembly.explanation import ExplainedFact
    from contract_builder.assembly.selection import PartDecision
    from contract_builder.assembly.sheet_overview import SheetOverview
    from contract_builder.profiles.values import ProfileValue


@dataclass(frozen=True, slots=True)
class ValueOrigin:
    """A value of a profile: its path, its text, the layer and the place that say it.

    ``registry`` is the file and line of a registry, ``negotiation`` who proposed it and when it was
    decided; both are empty for another value. ``field`` is its path in the establishment's own
    file, lines by their rank (``sites.0.nom``); empty for a value of another layer.
    """

    path: str
    text: str
    layer: str
    place: str
    registry: str = ""
    negotiation: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class OverruledValue:
    """What a registry says where the establishment's own file says something else.

    ``path`` and ``field`` as in ``ValueOrigin``; ``origin`` is the registry's file and line.
    """

    path: str
    field: str
    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class ExplainedSubject:
    """Which contract is explained."""

    legal_name: str
    code: str
    effective_date: date


@dataclass(frozen=True, slots=True)
class ContractExplanation:
    """The facts of a profile, the decision on every item of the library, each of its values."""

    subject: ExplainedSubject
    facts: "tuple[ExplainedFact, ...]"
    decisions: "tuple[PartDecision, ...]"
    values: tuple[ValueOrigin, ...]


@dataclass(frozen=True, slots=True)
class SheetsExplanation:
    """Every sheet of the campaign, and the values of the profile that are about sheets.

    ``most_objectives`` is the campaign's maximum of chosen sheets, None without one.
    """

    subject: ExplainedSubject
    campaign: str
    most_objectives: int | None
    sheets: "tuple[SheetOverview, ...]"
    values: tuple[ValueOrigin, ...]


def explain_profile(project: Project, path: Path) -> tuple[ContractExplanation, Problems]:
    """The explanation of a profile's contract, and its problems.

    ProblemsError when the profile has errors that leave nothing to explain.
    """
    explanation, problems = explain_prepared(project, path, prepare(project, path))
    if explanation is None:
        raise ProblemsError(problems)
    return explanation, problems


def explain_prepared(
    project: Project, path: Path, prepared: Prepared
) -> tuple[ContractExplanation | None, Problems]:
    """The same, of the profile at ``path`` that is prepared already; None when it has errors."""
    from contract_builder.assembly.explanation import explain_decisions, explain_facts

    library, problems = _open_library(project, prepared)
    profile = prepared.profile
    if prepared.assembly is None or profile is None:
        return None, problems
    explanation = ContractExplanation(
        _subject_of(profile),
        explain_facts(prepared.facts),
        explain_decisions(library, profile, prepared.facts, prepared.assembly),
        tuple(iter_value_origins(project, profile, path)),
    )
    return explanation, problems


def explain_sheets(project: Project, path: Path) -> tuple[SheetsExplanation, Problems]:
    """Every sheet of the campaign for a profile: open or not, its targets, what it lacks.

    ProblemsError when the profile has errors that hide its sheets.
    """
    explanation, problems = explain_prepared_sheets(project, path, prepare(project, path))
    if explanation is None:
        raise ProblemsError(problems)
    return explanation, problems


def explain_prepared_sheets(
    project: Project, path: Path, prepared: Prepared
) -> tuple[SheetsExplanation | None, Problems]:
    """The same, of the profile at ``path`` that is prepared already; None when it has errors."""
    from contract_builder.assembly.sheet_overview import look_at_sheets

    library, problems = _open_library(project, prepared)
    profile = prepared.profile
    if prepared.assembly is None or profile is None:
        return None, problems
    values = iter_value_origins(project, profile, path)
    explanation = SheetsExplanation(
        _subject_of(profile),
        profile.campagne,
        library.campaigns[profile.campagne].objectifs_maximum,
        look_at_sheets(library, profile, prepared.facts),
        tuple(value for value in values if value.path.startswith("fiches[")),
    )
    return explanation, problems


def _open_library(project: Project, prepared: Prepared) -> tuple[Library, Problems]:
    """The library, its problems with those of the profile."""
    library, problems = project.open_sound_library()
    return library, in_file_order([*problems, *prepared.problems])


def _subject_of(profile: Profile) -> ExplainedSubject:
    terms = profile.contrat
    return ExplainedSubject(profile.etablissement.raison_sociale, terms.code, terms.date_effet)


def iter_overruled(project: Project, profile: Profile, path: Path) -> Iterator[OverruledValue]:
    """What a registry says where the establishment's own file, at ``path``, says something else.

    Of lines that bear the same key, none is told: which is which cannot be known.
    """
    from contract_builder.registries.folder import load_imported_layer

    finess = profile.etablissement.finess_ej
    layer = load_imported_layer(path.parent, finess, project.root, project.load_yaml)
    if not layer.values:
        return
    imported = dict(iter_leaves(layer.values))
    values = [value for value in iter_value_origins(project, profile, path) if value.field]
    times = Counter(value.path for value in values)
    for value in values:
        told = imported.get(value.path, "")
        if told and times[value.path] == 1 and not _is_same(told, value.text):
            origin = layer.origin_of(value.path)
            words = "registre" if origin is None else origin.text
            yield OverruledValue(value.path, value.field, told, words)


def _is_same(written: str, shown: str) -> bool:
    """True when a text of a file is what is shown of a value: « 12.50 » is « 12,5 »."""
    if written == shown:
        return True
    with suppress(ValueError):
        return Decimal(parse_decimal(written)) == Decimal(parse_decimal(shown))
    return False


def iter_value_origins(project: Project, profile: Profile, path: Path) -> Iterator[ValueOrigin]:
    """Each value of the profile with its layer, its place and, when imported, its registry."""
    from contract_builder.profiles.values import iter_values
    from contract_builder.registries.folder import load_imported_layer

    finess = profile.etablissement.finess_ej
    layer = load_imported_layer(path.parent, finess, project.root, project.load_yaml)
    negotiated = {value.champ: value for value in profile.valeurs_negociees}
    own = project.load_yaml(path, project.name_of(path), [])
    fields = {} if own is None else index_paths(own)
    for value in iter_values(profile):
        origin = layer.origin_of(value.path) if value.layer == "registres" else None
        yield ValueOrigin(
            value.path,
            value.text,
            value.layer,
            str(value.place),
            "" if origin is None else origin.text,
            _describe_negotiated(negotiated.get(value.path)),
            _find_field(value, fields) if value.layer == "établissement" else "",
        )


def _find_field(value: "ProfileValue", fields: Mapping[tuple[int, int], str]) -> str:
    """The path of a value in its file, ``fields`` being that of what stands at each place.

    The value of a year or a name stands at the place of the key that holds them all.
    """
    if "[" not in value.path:
        return value.path
    found, last = fields.get((value.place.line, value.place.column), ""), value.path.split(".")[-1]
    return found if not found or found.split(".")[-1] == last else f"{found}.{last}"


def _describe_negotiated(value: NegotiatedValue | None) -> str:
    """Who proposed the value, in which file, and when it was decided; empty for another one."""
    if value is None:
        return ""
    file = f", fichier «\u00a0{value.fichier}\u00a0»" if value.fichier else ""
    decided = f"{STATE_WORDS[value.etat]} le {long_date(value.le)}"
    return f"{decided}, par «\u00a0{value.auteur}\u00a0»{file}"
