"""The open FINESS flows in JSON → rows: structures (entities and sites) and activities (AMM).

Layouts: ANS, github.com/ansforge/finess, schema-structures-v1 and schema-activites-v1-0-1. The
schemas put ``schemaVersion`` and ``generatedAt`` at the top or under ``metadata``: both are read.
Equipment counts of the activities are not read, and that is told: their codes (table TRE_R212) are
not at hand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from contract_builder.diagnostics import Problems, import_problems
from contract_builder.registries.cells import CellReader, clean_text, line_place
from contract_builder.registries.delimited import ProblemLimit
from contract_builder.registries.json_flows import iter_objects, read_head
from contract_builder.registries.rows import (
    AuthorisationRow,
    LegalEntityRow,
    PostalFields,
    RegistryFile,
    SiteEngagement,
    SiteRow,
)
from contract_builder.registries.text_files import TextFile

ARRAY = "pmej"
CPOM, LOCAL_HOSPITAL = "CONV/CPM", "LABL/HPR"
_TOLD_ENGAGEMENTS = (CPOM, LOCAL_HOSPITAL)
_GENERATED = re.compile(r'"generatedAt"\s*:\s*"(\d{4}-\d{2}-\d{2})')
_INACTIVE = "I"
_STARTED, _STOPPED = "12", "15"  # TRE_R376: mise en œuvre, fin d’installation
_MOST_CODES = 8
_CATEGORY = "categorieentiteGeographiqueExercice"


def iter_structures(file: TextFile, problems: Problems) -> Iterator[LegalEntityRow | SiteRow]:
    """Each legal entity followed by its sites, closed ones included."""
    for source, line, item in _dated_objects(file, problems):
        cells = _cells(source, line, _group(item, "informationsGeneralesPMEJ"), problems)
        entity = cells.finess("numFinessPm")
        if not entity:
            continue
        yield _legal_entity(source, line, item, cells)
        for place in _groups(item, "ege"):
            site = _site(source, line, place, entity, problems)
            if site is not None:
                yield site


def iter_activities(file: TextFile, problems: Problems) -> Iterator[AuthorisationRow]:
    """The authorisations since the reform that are exercised on a site; withdrawn ones are not."""
    devices = _UnreadDevices(file.name)
    for source, line, item in _dated_objects(file, problems):
        entity = _cells(source, line, item, problems).finess("numFiness")
        for place in _groups(item, "ege"):
            site = _cells(source, line, place, problems).finess("numFinessEge")
            for activity in _groups(place, "activitesExercees"):
                nature = _group(activity, "nature")
                general = _group(activity, "caracteristiquesGeneriques")
                is_amm = nature.get("codeNature") == "AMM"
                if entity and site and is_amm and general.get("etatObjet") != _INACTIVE:
                    devices.note(line, nature)
                    yield _authorisation(source, line, activity, (entity, site), problems)
    devices.tell(problems)


@dataclass(slots=True)
class _UnreadDevices:
    """The devices met on the way: where the first one is, of how many activities, their codes."""

    file: str
    line: int = 0
    count: int = 0
    codes: set[str] = field(default_factory=set)

    def note(self, line: int, nature: dict[str, Any]) -> None:
        """Takes note of the devices of an activity."""
        devices = _groups(_group(nature, "caracteristiquesSpecifiques"), "appareil")
        if devices:
            self.line = self.line or line
            self.count += 1
            self.codes |= {str(item.get("typeAppareilAMM") or "?") for item in devices}

    def tell(self, problems: Problems) -> None:
        """Says once that they are not read."""
        if self.count:
            codes = sorted(self.codes)
            shown = [*codes[:_MOST_CODES], *(["…"] if len(codes) > _MOST_CODES else [])]
            place = line_place(self.file, self.line)
            problems.append(import_problems.appareils_non_lus(place, self.count, shown))


def _dated_objects(
    file: TextFile, problems: Problems
) -> Iterator[tuple[RegistryFile, int, dict[str, Any]]]:
    match = _GENERATED.search(read_head(file, ARRAY))
    source = RegistryFile(file.name, date.fromisoformat(match.group(1)) if match else None)
    limit = ProblemLimit.of(problems)
    for line, item in iter_objects(file, ARRAY, problems):
        yield source, line, item
        if limit.is_reached(file.name, line):
            return


def _legal_entity(
    source: RegistryFile, line: int, item: dict[str, Any], cells: CellReader
) -> LegalEntityRow:
    return LegalEntityRow(
        file=source,
        line=line,
        nofiness=cells.finess("numFinessPm"),
        rs=cells.required("denominationPm"),
        rslongue=cells.text("denominationLonguePmSmsse"),
        adresse=_postal(item),
        departement=_departement(item),
        statutjuridique=cells.text("statutJuridique"),
        categetab=cells.text(_CATEGORY),
        siren=cells.text("siren"),
        datefermeture=cells.date("dateFermeture"),
    )


def _site(
    source: RegistryFile, line: int, item: dict[str, Any], entity: str, problems: Problems
) -> SiteRow | None:
    cells = _cells(source, line, _group(item, "informationsGeneralesEGE"), problems)
    number = cells.finess("numFinessEge")
    if not number:
        return None
    public_service = _group(item, "informationsGeneralesEGE").get("espic")
    return SiteRow(
        file=source,
        line=line,
        nofinesset=number,
        nofinessej=entity,
        rs=cells.text("nomEgeCourt"),
        rslongue=cells.text("nomEgeLong"),
        adresse=_postal(item),
        departement=_departement(item),
        categetab=str(item.get(_CATEGORY) or ""),
        codesph=str(public_service[0])
        if isinstance(public_service, list) and public_service
        else "",
        datefermeture=cells.date("dateFermeture"),
        engagements=tuple(_engagements(source, line, item, problems)),
    )


def _engagements(
    source: RegistryFile, line: int, item: dict[str, Any], problems: Problems
) -> Iterator[SiteEngagement]:
    """The engagements of a site, by type and subtype; decrees that open it are left out."""
    for engagement in _groups(item, "engagement"):
        cells = _cells(source, line, engagement, problems)
        kind = f"{cells.text('typeEngagement')}/{cells.text('sousTypeEngagement')}"
        if kind in _TOLD_ENGAGEMENTS:
            since = cells.date("dateEffetEngagement") or cells.date("dateSignatureEngagement")
            until = cells.date("dateFinEngagement") or cells.date("dateCaduciteEngagement")
            yield SiteEngagement(kind, since, until)


def _authorisation(
    source: RegistryFile,
    line: int,
    activity: dict[str, Any],
    holder: tuple[str, str],
    problems: Problems,
) -> AuthorisationRow:
    general = _cells(source, line, _group(activity, "caracteristiquesGeneriques"), problems)
    specific = _group(_group(activity, "nature"), "caracteristiquesSpecifiques")
    codes = _cells(source, line, _group(specific, "typeActiviteAMM"), problems)
    started = _started_on(activity, source, line, problems)
    return AuthorisationRow(
        file=source,
        line=line,
        nofinessej=holder[0],
        nofinesset=holder[1],
        activite=codes.required("activiteAMM"),
        modalite=codes.required("modaliteAMM"),
        mention=codes.required("mentionAMM"),
        pts=codes.required("ptsAMM"),
        declaration=codes.required("declarationAMM"),
        codeautorarhgos=general.text("numAutorisationArhgos"),
        statut="02" if started else "01",
        dateautor=general.date("dateDebutActiviteAutorisee"),
        datelimite=general.date("dateCaduciteAutorisation"),
        datemeo=started,
        datefin=general.date("dateFinActiviteAutorisee"),
        datecaducite=general.date("dateFinEffectiveActivite"),
        devices={},
    )


def _started_on(
    activity: dict[str, Any], source: RegistryFile, line: int, problems: Problems
) -> date | None:
    """The day the activity last started; None when it has not, or stopped since."""
    events = [
        (cells.date("dateEvenement"), cells.text("codeEvenement").lstrip("0"))
        for cells in (
            _cells(source, line, event, problems) for event in _groups(activity, "evenement")
        )
    ]
    dated = [(on, code) for on, code in events if on and code in (_STARTED, _STOPPED)]
    if not dated:
        return None
    on, code = max(dated)
    return on if code == _STARTED else None


def _postal(item: dict[str, Any]) -> PostalFields:
    addresses = _groups(item, "adresse")
    first = {key: str(value or "") for key, value in addresses[0].items()} if addresses else {}
    code = clean_text(first.get("codePostal"))
    city = clean_text(first.get("ligneAcheminement"))
    return PostalFields(
        numvoie=clean_text(first.get("numeroVoie")),
        typvoie=clean_text(first.get("typeVoie")),
        voie=clean_text(first.get("libelleVoie")),
        compvoie=clean_text(first.get("complementVoie")),
        lieuditbp=clean_text(first.get("lieuDit")),
        codepostal=code,
        ligneacheminement=f"{code} {city}".strip(),
    )


def _departement(item: dict[str, Any]) -> str:
    """The department, from the code of the commune: three figures overseas, 2A or 2B in Corsica."""
    addresses = _groups(item, "adresse")
    code = str(addresses[0].get("cogCommune") or "") if addresses else ""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def _group(item: dict[str, Any], key: str) -> dict[str, Any]:
    value = item.get(key)
    return value if isinstance(value, dict) else {}


def _groups(item: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = item.get(key)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _cells(source: RegistryFile, line: int, item: dict[str, Any], problems: Problems) -> CellReader:
    texts = {key: value for key, value in item.items() if isinstance(value, str)}
    return CellReader(texts, source.name, line, problems)
