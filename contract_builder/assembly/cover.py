"""The contract's header: what identifies it, its cover and its signatories."""

from collections.abc import Iterator

from contract_builder.assembly.context import Context
from contract_builder.assembly.typography import typeset
from contract_builder.model.contract import ContractHeader, CoverLine, Signatory
from contract_builder.model.french import long_date


def build_header(context: Context) -> ContractHeader:
    """The header at the contract's date of effect, with the lines of the cover."""
    profile = context.profile
    entity, terms = profile.etablissement, profile.contrat
    cover = (
        (context.outline.nom_partie, entity.raison_sociale),
        *_own_number(context),
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


def _own_number(context: Context) -> Iterator[tuple[str, str]]:
    """The number of the party on the cover: a partner may have no FINESS number of its own."""
    entity = context.profile.etablissement
    if context.outline.numero_partie == "finess":
        yield ("FINESS de l’entité juridique", entity.finess_ej)
    elif entity.siren:
        yield ("SIREN", entity.siren)


def count_signatories(context: Context) -> int:
    """How many sign the contract, or an annex of it alone."""
    alone = {entry.signe_par for entry in context.annexes if entry.signe_par}
    return len(_signatories(context)) + len(alone)


def _signatories(context: Context) -> tuple[Signatory, ...]:
    """The agency, the establishment, then the bodies called to the contract for some clauses.

    Whoever signs one annex alone signs it there (``tables.signatures``).
    """
    profile = context.profile
    signed_on = profile.contrat.date_signature
    day = "" if signed_on is None else long_date(signed_on)
    agency, representative = profile.ars.representant, profile.etablissement.representant
    parties = [
        Signatory(profile.ars.nom, agency.fonction, agency.qualite, date=day),
        Signatory(
            profile.etablissement.raison_sociale,
            representative.fonction if representative else "",
            representative.qualite if representative else "",
            date=day,
        ),
    ]
    parties.extend(
        Signatory(body.nom, body.representant, body.qualite, _scope(body.clauses), day)
        for body in profile.appeles_au_contrat
    )
    return tuple(parties)


def _scope(clauses: tuple[str, ...]) -> str:
    return typeset(f"pour : {' ; '.join(clauses)}") if clauses else ""
