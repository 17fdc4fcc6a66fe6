"""The whole library as plain data: what ``cpom library export --json`` prints.

The shape is an interface that other programs rely on: keys are added, never renamed.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from contract_builder.model.clause import Clause, SourceReference
from contract_builder.model.condition import AllOf, Always, AnyOf, Condition, Not, Test
from contract_builder.model.fiche import Fiche, TargetCell, TargetPart, TargetRow
from contract_builder.model.identifiers import sheet_order
from contract_builder.model.library import Library
from contract_builder.model.reference import ReferenceFile, ReferenceVersion
from contract_builder.reading.scalars import parse_decimal


def export_library(library: Library) -> dict[str, Any]:
    """Sheets, clauses, references, outlines and campaigns, in a stable order."""
    return {
        "version": library.version,
        "fiches": [
            _fiche(fiche)
            for catalogue in sorted(library.fiches)
            for fiche in sorted(
                library.fiches[catalogue].values(), key=lambda f: sheet_order(f.code)
            )
        ],
        "clauses": [
            _clause(clause) for versions in library.clauses.values() for clause in versions
        ],
        "references": [
            _reference(file, version) for file in library.references for version in file.references
        ],
        "plans": [
            {
                "type": outline.type,
                "titre": outline.titre,
                "contenu": [
                    {
                        "id": entry.id,
                        "partie": entry.partie,
                        "titre": entry.titre,
                        "numero": entry.numero,
                        "clauses": list(entry.clauses),
                    }
                    for entry in outline.contenu
                ],
            }
            for _, outline in sorted(library.outlines.items())
        ],
        "campagnes": [
            {
                "id": campaign.id,
                "intitule": campaign.intitule,
                "type": campaign.type,
                "annees": list(campaign.annees),
                "objectifs_maximum": campaign.objectifs_maximum,
                "categories": [
                    {"id": item.id, "libelle": item.libelle, "si": condition_data(item.si)}
                    for item in campaign.categories
                ],
            }
            for _, campaign in sorted(library.campaigns.items())
        ],
    }


def condition_data(condition: Condition | None) -> Any:
    """A condition in the words of its YAML; None when there is none."""
    match condition:
        case None:
            return None
        case Always():
            return "toujours"
        case AllOf(items=items):
            return {"tous": [condition_data(item) for item in items]}
        case AnyOf(items=items):
            return {"au_moins_un": [condition_data(item) for item in items]}
        case Not(item=item):
            return {"non": condition_data(item)}
        case Test(fact=fact, operator=operator, operand=operand):
            return {fact: {operator: _plain(operand)}}
        case _:
            raise TypeError(condition)


def _plain(value: object) -> Any:
    """JSON-ready: whole decimals as integers, others as numbers, dates as ISO texts."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value


def _source(source: SourceReference | None) -> dict[str, str] | None:
    return None if source is None else {"document": source.document, "lignes": source.lignes}


def _fiche(fiche: Fiche) -> dict[str, Any]:
    header = fiche.header
    indicator = header.indicateur
    formula = indicator.formule
    return {
        "code": header.code,
        "catalogue": fiche.catalogue,
        "intitule": header.intitule,
        "objectifs": list(header.objectifs),
        "public": header.public or None,
        "applicable_si": condition_data(header.applicable_si),
        "contexte": fiche.body.strip(),
        "indicateur": {
            "type": indicator.type,
            "definition": indicator.definition,
            "formule": None
            if formula is None
            else {
                "numerateur": formula.numerateur or None,
                "denominateur": formula.denominateur or None,
                "facteur": formula.facteur,
                "unite": formula.unite or None,
            },
            "periode": indicator.periode or None,
            "frequence": indicator.frequence or None,
        },
        "donnees": [
            {"id": item.id, "intitule": item.intitule, "unite": item.unite or None}
            for item in header.donnees
        ],
        "cibles": [_row(row) for row in header.cibles],
        "exemple": None
        if header.exemple is None
        else {
            "indicateur": header.exemple.indicateur,
            "base": _plain(header.exemple.base),
            "valeurs": {str(year): _plain(v) for year, v in header.exemple.valeurs.items()},
        },
        "critere": header.critere or None,
        "partenaires": list(header.partenaires),
        "pilotage": header.pilotage or None,
        "sources_donnees": list(header.sources_donnees),
        "references": list(header.references),
        "politiques": list(header.politiques),
        "preuves": list(header.preuves),
        "bonnes_pratiques": list(header.bonnes_pratiques),
        "accompagnement": list(header.accompagnement),
        "suivi": header.suivi or None,
        "reparations": [
            {"imprime": item.imprime, "lu": item.lu, "lignes": item.lignes or None}
            for item in header.reparations
        ],
        "remarques": [{"texte": item.texte, "lignes": item.lignes} for item in header.remarques],
        "source": _source(header.source),
    }


def _row(row: TargetRow) -> dict[str, Any]:
    """One category; a merged cell is repeated for each of its years, with ``fusion``."""
    values: dict[str, Any] = {}
    for years, cell in row.iter_cells():
        for year in years:
            data = _cell(cell)
            if len(years) > 1:
                data["fusion"] = f"{years[0]}-{years[-1]}"
            values[str(year)] = data
    return {
        "volet": row.volet or None,
        "categorie": row.categorie,
        "libelle": row.libelle or None,
        "si": condition_data(row.si),
        "valeurs": values,
        "total": None if row.total is None else _cell(row.total),
        "note": row.note or None,
    }


def _cell(cell: TargetCell) -> dict[str, Any]:
    data = _part(cell)
    if cell.composantes:
        data["composantes"] = [
            {"indicateur": part.indicateur or None, **_part(part)} for part in cell.composantes
        ]
    return data


def _part(part: TargetPart) -> dict[str, Any]:
    data: dict[str, Any] = {
        "texte": part.texte,
        "type": part.type,
        "valeur": _value(part),
        "doute": part.doute or None,
        "repare": bool(part.repare),
    }
    extra = {
        "imprime": part.repare,
        "operateur": part.operateur,
        "unite": part.unite,
        "reference": part.reference,
        "base": None
        if part.base is None
        else {"indicateur": part.base.indicateur, "annee": part.base.annee},
    }
    data.update({key: value for key, value in extra.items() if value})
    return data


def _value(part: TargetPart) -> Any:
    """A number, a boolean, a fraction, a date text, or None."""
    if not part.valeur:
        return None
    if part.type == "oui_non":
        return part.valeur == "oui"
    if part.type == "date":
        return part.valeur
    try:
        number = _plain(parse_decimal(part.valeur))
    except ValueError:
        return part.valeur
    if part.type == "fraction":
        return {"numerateur": number, "denominateur": _plain(part.denominateur)}
    return number


def _clause(clause: Clause) -> dict[str, Any]:
    header = clause.header
    end = header.en_vigueur_au
    return {
        "id": header.id,
        "titre": header.titre,
        "en_vigueur_du": header.en_vigueur_du.isoformat(),
        "en_vigueur_au": None if end is None else end.isoformat(),
        "applicable_si": condition_data(header.applicable_si),
        "references": list(header.references),
        "texte": clause.body.strip(),
        "source": _source(header.source),
        "a_verifier": header.a_verifier or None,
        "fichier": clause.source.name,
    }


def _reference(file: ReferenceFile, version: ReferenceVersion) -> dict[str, Any]:
    return {
        "code": file.code,
        "article": version.article,
        "objet": version.objet,
        "statut": version.statut,
        "depuis": version.depuis.isoformat(),
        "jusqu_au": None if version.jusqu_au is None else version.jusqu_au.isoformat(),
        "fin_constatee": None
        if version.fin_constatee is None
        else version.fin_constatee.isoformat(),
        "modifie_par": version.modifie_par or None,
        "contrats_en_cours": version.contrats_en_cours,
        "verifie_le": version.verifie_le.isoformat(),
        "source": version.source,
        "a_verifier": version.a_verifier or None,
    }
