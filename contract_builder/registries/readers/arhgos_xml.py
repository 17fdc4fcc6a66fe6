"""Flows about authorisations → rows: ARHGOS/AMM, 1400103 and 1400104 before it, 1600102.

Layouts: ANS, FINESS_AMM_V9.xsd (the « …meo » counts of equipment are what is in service),
cs1400103.xsd, cs1400104.xsd, cs1600102.xsd. Amendments (``avenant``) are not read: the capacity of
a recognition is already the current one.
"""

from collections.abc import Iterator

from contract_builder.diagnostics import Problems
from contract_builder.registries.cells import CellReader
from contract_builder.registries.readers.xml_dates import dated_elements
from contract_builder.registries.rows import (
    AuthorisationRow,
    FormerAuthorisationRow,
    HeavyEquipmentRow,
    RecognitionRow,
    RegistryFile,
)
from contract_builder.registries.text_files import TextFile

_DEVICES = {
    "tep": "tep",
    "temp": "temp",
    "irm": "irm",
    "scanner": "scanner",
    "cyclotron": "cyclotron",
    "caissonhyperbare": "caisson",
}
_PENDING, _GRANTED = "01", "02"


def iter_authorisations(file: TextFile, problems: Problems) -> Iterator[AuthorisationRow]:
    """The authorisations since the reform; a status that is not given follows the date of start."""
    for source, element, cells in dated_elements(file, ("activiteamm",), problems):
        entity, site = cells.finess("nofinessej"), cells.finess("nofinesset")
        if entity and site:
            yield _authorisation(source, element.line, cells, (entity, site))


def _authorisation(
    source: RegistryFile, line: int, cells: CellReader, holder: tuple[str, str]
) -> AuthorisationRow:
    started = cells.date("datemeo")
    return AuthorisationRow(
        file=source,
        line=line,
        nofinessej=holder[0],
        nofinesset=holder[1],
        activite=cells.required("activite"),
        modalite=cells.required("modalite"),
        mention=cells.required("mention"),
        pts=cells.required("pts"),
        declaration=cells.required("declaration"),
        codeautorarhgos=cells.text("codeautorarhgos"),
        statut=cells.text("statut_autorisation_code") or (_GRANTED if started else _PENDING),
        dateautor=cells.date("dateautor"),
        daterenouv=cells.date("daterenouv"),
        dateeffet=cells.date("dateeffet"),
        datelimite=cells.date("datelimite"),
        datemeo=started,
        datefin=cells.date("datefin"),
        datecaducite=cells.date("datecaducite"),
        devices=_devices(cells, started is not None),
    )


def _devices(cells: CellReader, is_started: bool) -> dict[str, int]:
    """The equipment in service; without that count, the authorised one once started."""
    counts: dict[str, int] = {}
    for tag, name in _DEVICES.items():
        in_service = cells.whole(f"{tag}meo")
        if in_service is None and is_started:
            in_service = cells.whole(tag)
        if in_service:
            counts[name] = in_service
    return counts


def iter_former_authorisations(
    file: TextFile, problems: Problems
) -> Iterator[FormerAuthorisationRow]:
    """The authorisations of flow 1400103."""
    for source, element, cells in dated_elements(file, ("activiteoffresoin",), problems):
        yield FormerAuthorisationRow(
            file=source,
            line=element.line,
            nofinessej=cells.finess("nofinessej"),
            nofinesset=cells.finess("nofinesset"),
            activite=cells.text("activite"),
            libactivite=cells.text("libactivite"),
            modalite=cells.text("modalite"),
            libmodalite=cells.text("libmodalite"),
            forme=cells.text("forme"),
            libforme=cells.text("libforme"),
            noautorarhgos=cells.text("noautorarhgos"),
            dateautor=cells.date("dateautor"),
            datemeo=cells.date("datemeo"),
            datefin=cells.date("datefin"),
        )


def iter_heavy_equipment(file: TextFile, problems: Problems) -> Iterator[HeavyEquipmentRow]:
    """The heavy equipment of flow 1400104."""
    for source, element, cells in dated_elements(file, ("equipmateriellourd",), problems):
        yield HeavyEquipmentRow(
            file=source,
            line=element.line,
            nofinessej=cells.finess("nofinessej"),
            nofinesset=cells.finess("nofinesset"),
            eml=cells.text("eml"),
            libeml=cells.text("libeml"),
            noautorarhgos=cells.text("noautorarhgos"),
            dateautor=cells.date("dateautor"),
            datemeo=cells.date("datemeo"),
            datefin=cells.date("datefin"),
        )


def iter_recognitions(file: TextFile, problems: Problems) -> Iterator[RecognitionRow]:
    """The contractual recognitions of flow 1600102, suppressed ones included."""
    for source, element, cells in dated_elements(file, ("activitesoumiseareco",), problems):
        entity, site = cells.finess("nofinessej"), cells.finess("nofinesset")
        if entity and site:
            yield RecognitionRow(
                file=source,
                line=element.line,
                nofinessej=entity,
                nofinesset=site,
                idcpom=cells.text("idcpom"),
                codeautorarhgos=cells.text("codeautorarhgos"),
                activite=cells.text("activite"),
                libactivite=cells.text("libactivite"),
                libmodalite=cells.text("libmodalite"),
                libforme=cells.text("libforme"),
                capaciteautorisee=cells.whole("capaciteautorisee"),
                dateeffetcpom=cells.date("dateeffetcpom"),
                datefincpom=cells.date("datefincpom"),
                etatautorisation=cells.text("etatautorisation"),
            )
