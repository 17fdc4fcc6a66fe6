"""The contract's header: what identifies it, its cover and its signatories."""

from contract_builder.assembly.context import Context
from contract_builder.model.contract import ContractHeader, CoverLine, Signatory
from contract_builder.model.french import long_date


def build_header(context: Context) -> ContractHeader:
    """The header at the contract's date of effect, with the lines of the cover."""
    profile = context.profile
    entity, terms = profile.etablissement, profile.contrat
    cover = (
        ("Établissement", entity.raison_sociale),
        ("FINESS de l’entité juridique", entity.finess_ej),
        ("Agence", profile.ars.nom),
        ("Code du contrat", terms.code),
        ("Date d’effet", long_date(context.on)),
        ("Date de fin", long_date(context.end)),
        ("Version", str(terms.version)),
    )
    return ContractHeader(
        type=profile.type_contrat,
        code=terms.code,
        finess_ej=entity.finess_ej,
        legal_name=entity.raison_sociale,
        effective_date=context.on,
        end_date=context.end,
        version=terms.version,
        status=terms.statut,
        title=context.outline.titre,
        subtitle=context.campaign.intitule,
        agency=profile.ars.nom,
        campaign=context.campaign.id,
        cover_lines=tuple(CoverLine(label, value) for label, value in cover),
        signatories=_signatories(context),
    )


def _signatories(context: Context) -> tuple[Signatory, ...]:
    """The agency, the establishment, then the bodies called to the contract."""
    profile = context.profile
    agency = profile.ars.representant
    parties = [Signatory(profile.ars.nom, agency.fonction, agency.qualite)]
    representative = profile.etablissement.representant
    parties.append(
        Signatory(
            profile.etablissement.raison_sociale,
            representative.fonction if representative else "",
            representative.qualite if representative else "",
        )
    )
    if profile.etablissement.departement_cosignataire:
        parties.append(Signatory(profile.etablissement.departement_cosignataire, "", ""))
    parties.extend(
        Signatory(body.nom, body.representant, body.qualite) for body in profile.appeles_au_contrat
    )
    return tuple(parties)
