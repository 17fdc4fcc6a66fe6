"""HAPI exports → rows: engagements (40 columns, « | ») and payments by month (8 columns, « ; »)."""

import re
from collections.abc import Iterator

from contract_builder.diagnostics import Problems
from contract_builder.registries.cells import CellReader
from contract_builder.registries.delimited import Layout, iter_records
from contract_builder.registries.rows import GrantRow, MonthlyGrantRow, RegistryFile
from contract_builder.registries.text_files import TextFile

ENGAGEMENT_TITLES = (
    "NOM_ARS", "CODE_ARS", "CAMPAGNE", "ID_BENEFICIAIRE", "CODE_SIBC", "RAISON_SOCIALE", "SIRET",
    "SIREN", "CODE_DEPARTEMENT", "TERRITOIRE_ADMINISTRATIF", "PORTEFEUILLE", "TYPE_BENEFICIAIRE",
    "CATEGORIE_BENEFICIAIRE", "STATUT_JURIDIQUE", "SECTEUR_RATTACHEMENT", "ENVELOPPE",
    "SOUS_ENVELOPPE", "MODE_DELEGATION_DELEGUE", "MODE_DELEGATION_UTILISE", "MESURE_NIV1",
    "MESURE_NIV2", "MESURE_NIV3", "LIBELLE_ACTION", "PAYEUR", "NUM_NOTIFICATION",
    "SIBC_ENGAGEMENT", "MOTIVATION", "NUM_PROJET_GESTION", "NUM_ARRETE_DA",
    "MESURE_NOUVELLE_NOTIFICATION_ANNEE_CAMPAGNE", "TYPE_ARRETE", "DATE_DOCUMENT",
    "MONTANT_SAISI", "MONTANT_VALIDATION_INTER", "MONTANT_VALIDATION_FINALE", "MONTANT_NOTIFIE",
    "ID_AUTHOR", "DATE_EFFET", "CODE_PEP", "PEP_ENGAGEMENT",
)  # fmt: skip
ENGAGEMENTS = Layout("|", ENGAGEMENT_TITLES)
MONTHLY_TITLES = (
    "Finess EJ", "Finess", "Année Campagne HAPI", "Mois Année", "Enveloppe", "Sous Enveloppe",
    "Mode de Délégation", "HAPI - Montant Notifié",
)  # fmt: skip
MONTHLY = Layout(";", MONTHLY_TITLES, quoted=True)
_MONTH = re.compile(r"(1[0-2]|0?[1-9])/((?:19|20)\d{2})")


def iter_engagements(file: TextFile, problems: Problems) -> Iterator[GrantRow]:
    """The engagements that have been notified: those without a notified amount are passed over."""
    source = RegistryFile(file.name)
    for line, cells in iter_records(file, ENGAGEMENTS, problems):
        year, amount = cells.year("CAMPAGNE"), cells.amount("MONTANT_NOTIFIE")
        if year is None or amount is None:
            continue
        yield GrantRow(
            file=source,
            line=line,
            id_beneficiaire=cells.text("ID_BENEFICIAIRE"),
            campagne=year,
            enveloppe=cells.required("ENVELOPPE"),
            sous_enveloppe=cells.text("SOUS_ENVELOPPE"),
            mode_delegation=cells.text("MODE_DELEGATION_UTILISE")
            or cells.text("MODE_DELEGATION_DELEGUE"),
            mesure_niv1=cells.text("MESURE_NIV1"),
            mesure_niv2=cells.text("MESURE_NIV2"),
            mesure_niv3=cells.text("MESURE_NIV3"),
            libelle_action=cells.text("LIBELLE_ACTION"),
            payeur=cells.text("PAYEUR"),
            num_arrete=cells.text("NUM_ARRETE_DA"),
            date_document=cells.date("DATE_DOCUMENT"),
            montant_notifie=amount,
            pep_engagement=cells.text("PEP_ENGAGEMENT"),
        )


def iter_monthly(file: TextFile, problems: Problems) -> Iterator[MonthlyGrantRow]:
    """The payments by month."""
    source = RegistryFile(file.name)
    for line, cells in iter_records(file, MONTHLY, problems):
        entity, year = cells.finess("Finess EJ"), cells.year("Année Campagne HAPI")
        month = _read_month(cells)
        cells.required("HAPI - Montant Notifié")
        amount = cells.amount("HAPI - Montant Notifié")
        if entity and year is not None and month is not None and amount is not None:
            yield MonthlyGrantRow(
                file=source,
                line=line,
                finess_ej=entity,
                campagne=year,
                mois=month[0],
                annee=month[1],
                enveloppe=cells.required("Enveloppe"),
                sous_enveloppe=cells.text("Sous Enveloppe"),
                mode_delegation=cells.text("Mode de Délégation"),
                montant_notifie=amount,
            )


def _read_month(cells: CellReader) -> tuple[int, int] | None:
    text = cells.required("Mois Année")
    match = _MONTH.fullmatch(text)
    if match is None:
        if text:
            cells.reject("Mois Année", "un mois et une année, M/AAAA", text)
        return None
    return int(match.group(1)), int(match.group(2))
