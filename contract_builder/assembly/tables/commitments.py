"""Tables of commitments, missions, recognitions, cooperations and other contracts."""

from collections.abc import Callable

from contract_builder.assembly.context import Context
from contract_builder.assembly.tables.cells import (
    date_text,
    field_cell,
    printed_line_keys,
    prose_cell,
    text_cell,
)
from contract_builder.model.blocks import Column, Row, Table
from contract_builder.model.profile import CommitmentTheme

_THEME_CAPTIONS: dict[CommitmentTheme, str] = {
    "qualite": "Engagements de qualité et de sécurité des soins",
    "achats": "Engagements d’achat",
    "ressources_humaines": "Engagements de ressources humaines",
    "budget": "Engagements budgétaires",
    "systeme_information": "Engagements du système d’information",
    "cooperation": "Engagements de coopération",
    "autre": "Autres engagements",
}
_MISSIONS = {
    "MIG": "Mission d’intérêt général",
    "PDSES": "Permanence des soins en établissement de santé",
    "palliatif": "Soins palliatifs",
    "specifique": "Activité spécifique",
    "service_public": "Mission de service public",
    "plateau_smr": "Plateau technique spécialisé de soins médicaux et de réadaptation",
    "activite_isolee": "Activité géographiquement isolée",
}
_COOPERATIONS = {
    "GHT": "Groupement hospitalier de territoire",
    "GCS": "Groupement de coopération sanitaire",
    "PIMM": "Plateau d’imagerie médicale mutualisé",
    "CHU_universite": "Convention entre CHU et université",
    "convention": "Convention",
    "FMIH": "Fédération médicale interhospitalière",
    "reseau": "Réseau",
}
_CONTRACTS = {
    "CAQES": "CAQES",
    "performance": "Contrat de performance",
    "retour_equilibre": "Contrat de retour à l’équilibre",
    "bon_usage": "Contrat de bon usage",
    "investissement": "Convention d’investissement",
    "soutien_decennal": "Contrat de soutien décennal (loi n° 2020-1576, article 50)",
    "ARS": "Autre contrat avec l’agence",
    "autre_organisme": "Accord financier avec un autre organisme",
}


def commitments_table(theme: CommitmentTheme) -> Callable[[Context], Table | None]:
    """The function that builds the table of one theme."""

    def build(context: Context) -> Table | None:
        items = [item for item in context.profile.engagements if item.theme == theme]
        if not items:
            return None
        keys = printed_line_keys((item.cle, item.intitule) for item in items)
        return Table(
            f"engagements-{theme.replace('_', '-')}",
            _THEME_CAPTIONS[theme],
            (Column("Engagement", 7), Column("Échéance", 2, "center"), Column("Indicateur", 4)),
            tuple(
                Row(
                    key,
                    (
                        prose_cell(f"engagement.{theme}.{key}.intitule", item.intitule),
                        field_cell(
                            f"engagement.{theme}.{key}.echeance",
                            str(item.echeance) if item.echeance else "",
                        ),
                        prose_cell(f"engagement.{theme}.{key}.indicateur", item.indicateur),
                    ),
                )
                for key, item in zip(keys, items, strict=True)
            ),
            row_identity="content",
        )

    return build


def recognitions_table(context: Context) -> Table | None:
    """The activities recognised by the contract without an authorisation."""
    items = context.profile.reconnaissances
    if not items:
        return None
    return Table(
        "reconnaissances",
        "Reconnaissances contractuelles",
        (
            Column("Code", 3),
            Column("Activité", 3),
            Column("Modalité et forme", 4),
            Column("Capacité", 2, "right"),
            Column("Début", 2),
            Column("Fin", 2),
        ),
        tuple(
            Row(
                item.code,
                (
                    text_cell(item.code),
                    text_cell(item.activite),
                    text_cell("\n".join(part for part in (item.modalite, item.forme) if part)),
                    field_cell(
                        f"reconnaissance.{item.code}.capacite",
                        "" if item.capacite is None else str(item.capacite),
                    ),
                    text_cell(date_text(item.date_debut)),
                    text_cell(date_text(item.date_fin)),
                ),
            )
            for item in items
        ),
    )


def missions_table(context: Context) -> Table | None:
    """Public-service missions, MIG, PDSES, palliative care and specific activities."""
    items = context.profile.missions
    if not items:
        return None
    names = context.site_names
    keys = printed_line_keys((item.cle, item.intitule) for item in items)
    return Table(
        "missions",
        "Missions et activités spécifiques",
        (Column("Nature", 3), Column("Mission", 4), Column("Site", 3), Column("Modalités", 5)),
        tuple(
            Row(
                key,
                (
                    text_cell(_MISSIONS[item.nature]),
                    text_cell(item.intitule),
                    text_cell(names.get(item.site, item.site) or "Tous les sites"),
                    prose_cell(f"mission.{key}.modalites", item.modalites),
                ),
            )
            for key, item in zip(keys, items, strict=True)
        ),
        row_identity="content",
    )


def cooperations_table(context: Context) -> Table | None:
    """The cooperations, those that an authorisation depends on being marked."""
    items = context.profile.cooperations
    if not items:
        return None
    keys = printed_line_keys((item.cle, item.intitule) for item in items)
    return Table(
        "cooperations",
        "Actions de coopération",
        (Column("Nature", 3), Column("Coopération et objet", 6), Column("Partenaires", 4),
         Column("Date", 2), Column("Condition d’une autorisation", 2, "center")),
        tuple(
            Row(
                key,
                (
                    text_cell(_COOPERATIONS[item.nature]),
                    text_cell("\n".join(part for part in (item.intitule, item.objet) if part)),
                    text_cell("\n".join(item.partenaires)),
                    text_cell(date_text(item.date)),
                    text_cell("oui" if item.condition_autorisation else "non"),
                ),
            )
            for key, item in zip(keys, items, strict=True)
        ),
        row_identity="content",
    )  # fmt: skip


def other_contracts_table(context: Context) -> Table | None:
    """The other contracts and financial agreements in force, for information."""
    items = context.profile.autres_contrats
    if not items:
        return None
    keys = printed_line_keys((item.cle, item.intitule) for item in items)
    return Table(
        "autres-contrats",
        "Autres contrats et accords en cours",
        (
            Column("Nature", 3),
            Column("Intitulé", 5),
            Column("Cocontractant", 4),
            Column("Début", 2),
            Column("Fin", 2),
        ),
        tuple(
            Row(
                key,
                (
                    text_cell(_CONTRACTS[item.nature]),
                    text_cell(item.intitule),
                    text_cell(item.cocontractant),
                    text_cell(date_text(item.date_debut)),
                    text_cell(date_text(item.date_fin)),
                ),
            )
            for key, item in zip(keys, items, strict=True)
        ),
        row_identity="content",
    )
