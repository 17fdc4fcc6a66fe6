"""The summary of a contract or avenant as JSON, and back: in the ledger, and for ``--json``."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from contract_builder.batch.summary import (
    AmendedSummary,
    AmendmentSummary,
    ArticleSummary,
    BatchSummary,
    ContractSummary,
    PartFingerprint,
    SummaryAuthorisation,
    SummaryReference,
    SummaryTarget,
)
from contract_builder.services.overlaps import ProfileClaims
from contract_builder.source import Place, SourceFile


def summary_data(summary: BatchSummary | None) -> dict[str, Any]:
    """JSON data, money as decimal text; empty for a profile of which nothing was made yet."""
    if summary is None:
        return {}
    if isinstance(summary, AmendedSummary):
        return _amended_data(summary)
    return _contract_data(summary)


def parse_summary(data: Mapping[str, Any] | None) -> BatchSummary | None:
    """What ``summary_data`` gave; None for nothing.

    None also for what another version of the program wrote in a shape that is not known any more.
    """
    try:
        if not data:
            return None
        return _parse_amended(data) if "en_vigueur" in data else _parse_contract(data)
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError):
        return None


def _contract_data(summary: ContractSummary) -> dict[str, Any]:
    return {
        "code": summary.code,
        "finess_ej": summary.finess_ej,
        "raison_sociale": summary.legal_name,
        "type": summary.type,
        "departement": summary.department,
        "categorie": summary.category,
        "date_effet": summary.effective_date.isoformat(),
        "date_fin": summary.end_date.isoformat(),
        "version": summary.version,
        "statut": summary.status,
        "pages": summary.pages,
        "lacunes": summary.gaps,
        "avertissements": summary.warnings,
        "objectifs": list(summary.objectives),
        "financements": {
            envelope: {str(year): str(amount) for year, amount in years.items()}
            for envelope, years in summary.fundings.items()
        },
        "montants": {key: str(amount) for key, amount in summary.amounts.items()},
        "textes": {key: [part.name, part.digest] for key, part in summary.parts.items()},
        "cibles": [_target_data(target) for target in summary.targets],
        "autorisations": [
            {
                "cle": item.key,
                "activite": item.activity,
                "site": item.finess_et,
                "fin": _day_data(item.ends_on),
            }
            for item in summary.authorisations
        ],
        "references": [
            {"code": item.code, "article": item.article, "statut": item.status}
            for item in summary.references
        ],
        "identite": summary.identity,
        "revendique": _claims_data(summary.claims),
    }


def _parse_contract(data: Mapping[str, Any]) -> ContractSummary:
    return ContractSummary(
        code=data["code"],
        finess_ej=data["finess_ej"],
        legal_name=data["raison_sociale"],
        type=data["type"],
        department=data["departement"],
        category=data["categorie"],
        effective_date=date.fromisoformat(data["date_effet"]),
        end_date=date.fromisoformat(data["date_fin"]),
        version=data["version"],
        status=data["statut"],
        pages=data["pages"],
        gaps=data["lacunes"],
        warnings=data["avertissements"],
        objectives=tuple(data["objectifs"]),
        fundings={
            envelope: {int(year): Decimal(amount) for year, amount in years.items()}
            for envelope, years in data["financements"].items()
        },
        amounts={key: Decimal(amount) for key, amount in data["montants"].items()},
        parts={
            key: PartFingerprint(name, digest) for key, (name, digest) in data["textes"].items()
        },
        targets=tuple(map(_parse_target, data["cibles"])),
        authorisations=tuple(
            SummaryAuthorisation(
                item["cle"], item["activite"], item["site"], _parse_day(item["fin"])
            )
            for item in data["autorisations"]
        ),
        references=tuple(
            SummaryReference(item["code"], item["article"], item["statut"])
            for item in data["references"]
        ),
        identity=data["identite"],
        claims=_parse_claims(data["revendique"]),
    )


def _target_data(target: SummaryTarget) -> dict[str, Any]:
    return {
        "fiche": target.sheet,
        "volet": target.volet,
        "categorie": target.category,
        "annee": target.year,
        "texte": target.text,
        "type": target.type,
        "valeur": target.value,
        "origine": target.origin,
    }


def _parse_target(data: Mapping[str, Any]) -> SummaryTarget:
    return SummaryTarget(
        data["fiche"],
        data["volet"],
        data["categorie"],
        data["annee"],
        data["texte"],
        data["type"],
        data["valeur"],
        data["origine"],
    )


def _claims_data(claims: ProfileClaims) -> dict[str, Any]:
    """The entity first among the numbers."""
    return {
        "profil": claims.name,
        "du": claims.first_day.isoformat(),
        "au": claims.last_day.isoformat(),
        "numeros": [
            [number, place.file, place.line, place.column]
            for number, place in (claims.entity, *claims.sites)
        ],
    }


def _parse_claims(data: Mapping[str, Any]) -> ProfileClaims:
    """A place has lost the text of its file."""
    first, *others = [
        (number, Place(SourceFile(file, ()), line, column))
        for number, file, line, column in data["numeros"]
    ]
    first_day, last_day = date.fromisoformat(data["du"]), date.fromisoformat(data["au"])
    return ProfileClaims(data["profil"], first_day, last_day, first, tuple(others))


def _amended_data(summary: AmendedSummary) -> dict[str, Any]:
    amendment = summary.amendment
    return {
        "code": summary.code,
        "finess_ej": summary.finess_ej,
        "raison_sociale": summary.legal_name,
        "departement": summary.department,
        "statut": summary.status,
        "pages": summary.pages,
        "en_vigueur": summary.in_force,
        "avenant": None if amendment is None else _amendment_data(amendment),
    }


def _parse_amended(data: Mapping[str, Any]) -> AmendedSummary:
    amendment = data["avenant"]
    return AmendedSummary(
        code=data["code"],
        finess_ej=data["finess_ej"],
        legal_name=data["raison_sociale"],
        department=data["departement"],
        status=data["statut"],
        pages=data["pages"],
        in_force=data["en_vigueur"],
        amendment=None if amendment is None else _parse_amendment(amendment),
    )


def _amendment_data(amendment: AmendmentSummary) -> dict[str, Any]:
    return {
        "numero": amendment.number,
        "date": _day_data(amendment.signed_on),
        "effet": amendment.effective_on.isoformat(),
        "articles": [
            {"numero": article.number, "titre": article.title, "operations": article.operations}
            for article in amendment.articles
        ],
        "lacunes": list(amendment.gaps),
        "remarques": list(amendment.remarks),
        "non_porte": amendment.not_carried,
        "credits": {
            str(year): [str(before), str(after)]
            for year, (before, after) in amendment.credits.items()
        },
        "version": amendment.version,
    }


def _parse_amendment(data: Mapping[str, Any]) -> AmendmentSummary:
    return AmendmentSummary(
        number=data["numero"],
        signed_on=_parse_day(data["date"]),
        effective_on=date.fromisoformat(data["effet"]),
        articles=tuple(
            ArticleSummary(article["numero"], article["titre"], article["operations"])
            for article in data["articles"]
        ),
        gaps=tuple(data["lacunes"]),
        remarks=tuple(data["remarques"]),
        not_carried=data["non_porte"],
        credits={
            int(year): (Decimal(before), Decimal(after))
            for year, (before, after) in data["credits"].items()
        },
        version=data["version"],
    )


def _day_data(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _parse_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
