"""Names that must stand on a cover, in a header or in a cell: their length."""

from collections.abc import Iterator

from contract_builder.diagnostics import Diagnostic, profile_problems
from contract_builder.model.library import Library
from contract_builder.model.profile import Profile
from contract_builder.model.record import Record

_MOST = 500  # characters; FINESS stops at 60, and a cover holds this in every format


def check_name_lengths(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """The names printed on covers and in headers fit there: one pasted page does not."""
    entity = profile.etablissement
    named: list[tuple[Record, str]] = [
        (profile.contrat, "code"),
        (profile.contrat, "lieu_signature"),
        (entity, "raison_sociale"),
        (entity, "nom_court"),
        (entity, "statut_juridique"),
        *((site, "nom") for site in profile.sites),
    ]
    for record, key in named:
        length = len(getattr(record, key))
        if length > _MOST:
            yield profile_problems.nom_trop_long(record.place_of(key), key, length, _MOST)
