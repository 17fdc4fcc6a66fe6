"""The SAE export of beds and places (« ; ») → rows: one site and one year a line.

Home hospitalisation counts patients cared for at once, read as places; psychiatry « PeC temps
complet » is read as beds and « PeC temps partiel hors ambu » as places.
"""

from collections.abc import Iterator

from contract_builder.diagnostics import Problems
from contract_builder.registries.delimited import Layout, iter_records
from contract_builder.registries.rows import CapacityRow, RegistryFile
from contract_builder.registries.text_files import TextFile

BEDS = {
    "medecine": "Nombre de lits de médecine",
    "chirurgie": "Nombre de lits de chirurgie",
    "obstetrique": "Nombre de lits d'obstétrique",
    "smr": "Nombre de lits de SSR",
    "psychiatrie": "Nb de lits et places PSY PeC temps complet",
    "usld": "Nombre de lits USLD",
}
PLACES = {
    "medecine": "Nombre de places de médecine",
    "chirurgie": "Nombre de places de chirurgie",
    "obstetrique": "Nombre de places d'obstétrique",
    "smr": "Nombre de places de SSR",
    "psychiatrie": "Nb de places PSY PeC temps partiel hors ambu",
    "had": "Nb patients pouvant être pris en charge simultanément HAD",
}
TITLES = ("Finess EJ", "Finess", "Année", *BEDS.values(), *PLACES.values())
_CAPACITIES = Layout(";", TITLES, quoted=True)


def iter_capacities(file: TextFile, problems: Problems) -> Iterator[CapacityRow]:
    """The beds and places of each site and year."""
    source = RegistryFile(file.name)
    for line, cells in iter_records(file, _CAPACITIES, problems):
        entity, site, year = cells.finess("Finess EJ"), cells.finess("Finess"), cells.year("Année")
        beds = {name: cells.whole(title) for name, title in BEDS.items()}
        places = {name: cells.whole(title) for name, title in PLACES.items()}
        if entity and site and year is not None:
            yield CapacityRow(
                file=source,
                line=line,
                finess_ej=entity,
                finess=site,
                annee=year,
                lits=beds,
                places=places,
            )
