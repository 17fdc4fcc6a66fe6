"""FINESS flows 1400101 (legal entities) and 1400102 (sites) → rows.

Layouts: ANS, « Flux standards FINESS » V4.1, cs1400101.xsd and cs1400102.xsd.
"""

from collections.abc import Iterator

from contract_builder.diagnostics import Problems
from contract_builder.registries.cells import CellReader
from contract_builder.registries.readers.xml_dates import dated_elements
from contract_builder.registries.rows import LegalEntityRow, PostalFields, RegistryFile, SiteRow
from contract_builder.registries.text_files import TextFile
from contract_builder.registries.xml_flows import FlatElement


def iter_legal_entities(file: TextFile, problems: Problems) -> Iterator[LegalEntityRow]:
    """The legal entities of flow 1400101, closed ones included."""
    for source, element, cells in dated_elements(file, ("structureej",), problems):
        number = cells.finess("nofiness")
        if number:
            yield _legal_entity(source, element, cells, number)


def iter_flow_sites(file: TextFile, problems: Problems) -> Iterator[SiteRow]:
    """The sites of flow 1400102, closed ones included."""
    for source, element, cells in dated_elements(file, ("structureet",), problems):
        site, entity = cells.finess("nofinesset"), cells.finess("nofinessej")
        if site and entity:
            yield SiteRow(
                file=source,
                line=element.line,
                nofinesset=site,
                nofinessej=entity,
                rs=cells.text("rs"),
                rslongue=cells.text("rslongue"),
                adresse=_postal(cells),
                departement=cells.text("departement"),
                categetab=cells.text("categetab"),
                codesph=cells.text("codesph"),
                datefermeture=cells.date("datefermeture"),
            )


def _legal_entity(
    source: RegistryFile, element: FlatElement, cells: CellReader, number: str
) -> LegalEntityRow:
    return LegalEntityRow(
        file=source,
        line=element.line,
        nofiness=number,
        rs=cells.required("rs"),
        rslongue=cells.text("rslongue"),
        adresse=_postal(cells),
        departement=cells.text("departement"),
        statutjuridique=cells.text("statutjuridique"),
        libstatutjuridique=cells.text("libstatutjuridique"),
        categetab=cells.text("categetab"),
        siren=cells.text("siren"),
        datefermeture=cells.date("datefermeture"),
    )


def _postal(cells: CellReader) -> PostalFields:
    return PostalFields(
        complrs=cells.text("complrs"),
        compldistrib=cells.text("compldistrib"),
        numvoie=cells.text("numvoie"),
        typvoie=cells.text("typvoie"),
        voie=cells.text("voie"),
        compvoie=cells.text("compvoie"),
        lieuditbp=cells.text("lieuditbp"),
        codepostal=cells.text("codepostal"),
        ligneacheminement=cells.text("ligneacheminement"),
    )
