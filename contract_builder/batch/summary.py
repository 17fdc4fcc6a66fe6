"""What the regional report says of one contract: figures and lists, as plain data."""

from collections import Counter
from decimal import Decimal
from typing import Any

from contract_builder.model.contract import Contract
from contract_builder.model.profile import Profile


def contract_summary(profile: Profile, contract: Contract, pages: int | None) -> dict[str, Any]:
    """Identity, counts, financing by year and envelope, targets, authorisations, references.

    ``pages`` is None when the contract was not laid out this time. Money is decimal text.
    """
    header, tables = contract.header, contract.tables
    severities = Counter(problem.code for problem in tables.problems)
    funding: dict[str, dict[str, Decimal]] = {}
    for record in tables.fundings:
        years = funding.setdefault(record.envelope, {})
        year = str(record.year)
        years[year] = years.get(year, Decimal(0)) + record.amount
    return {
        "code": header.code,
        "finess_ej": header.finess_ej,
        "raison_sociale": header.legal_name,
        "type": header.type,
        "departement": profile.etablissement.departement,
        "categorie": profile.etablissement.categorie,
        "date_effet": header.effective_date.isoformat(),
        "date_fin": header.end_date.isoformat(),
        "version": header.version,
        "statut": header.status,
        "pages": pages,
        "lacunes": severities["donnee-manquante"],
        "avertissements": sum(problem.severity == "avertissement" for problem in tables.problems),
        "objectifs": [objective.code for objective in tables.objectives],
        "financements": {
            envelope: {year: str(amount) for year, amount in sorted(years.items())}
            for envelope, years in funding.items()
        },
        "cibles": [
            {
                "fiche": target.sheet,
                "volet": target.volet,
                "categorie": target.category,
                "annee": target.year,
                "texte": target.text,
                "type": target.type,
                "valeur": target.value,
                "origine": target.origin,
            }
            for target in tables.targets
        ],
        "autorisations": [
            {
                "cle": item.key,
                "activite": item.labels[0],
                "site": item.finess_et,
                "fin": item.ends_on.isoformat() if item.ends_on else None,
            }
            for item in tables.authorisations
        ],
        "references": [
            {"code": item.code, "article": item.article, "statut": item.status}
            for item in tables.references
            if item.status != "en_vigueur"
        ],
    }
