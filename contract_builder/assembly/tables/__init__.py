"""The tables that clauses may call by ``{{ tableau.name }}``, made from the profile's lines."""

from collections.abc import Callable, Mapping

from contract_builder.assembly.context import Context
from contract_builder.assembly.tables.authorisations import authorisations_table
from contract_builder.assembly.tables.commitments import (
    commitments_table,
    cooperations_table,
    missions_table,
    other_contracts_table,
    recognitions_table,
)
from contract_builder.assembly.tables.funding import (
    conditions_table,
    envelopes_table,
    schedule_table,
)
from contract_builder.assembly.tables.identity import (
    called_parties_table,
    capacities_table,
    deliberations_table,
    identity_table,
    sites_table,
)
from contract_builder.assembly.tables.joined_files import joined_files_table
from contract_builder.assembly.tables.objectives import annexes_table, objectives_table
from contract_builder.assembly.tables.signatures import department_signature_table
from contract_builder.model.blocks import Table

TABLES: Mapping[str, Callable[[Context], Table | None]] = {
    "fiche_signaletique": identity_table,
    "sites": sites_table,
    "capacites": capacities_table,
    "deliberations": deliberations_table,
    "appeles_au_contrat": called_parties_table,
    "objectifs": objectives_table,
    "engagements_qualite": commitments_table("qualite"),
    "engagements_achats": commitments_table("achats"),
    "engagements_ressources_humaines": commitments_table("ressources_humaines"),
    "engagements_budget": commitments_table("budget"),
    "engagements_systeme_information": commitments_table("systeme_information"),
    "engagements_cooperation": commitments_table("cooperation"),
    "engagements_autre": commitments_table("autre"),
    "autorisations": authorisations_table,
    "reconnaissances": recognitions_table,
    "missions": missions_table,
    "financements": schedule_table,
    "financements_enveloppes": envelopes_table,
    "financements_conditions": conditions_table,
    "cooperations": cooperations_table,
    "autres_contrats": other_contracts_table,
    "annexes": annexes_table,
    "annexes_jointes": joined_files_table,
    "signature_departement": department_signature_table,
}
