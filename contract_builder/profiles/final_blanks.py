"""What a contract that is sent or signed would print as a blank, for a hand to fill in.

What a contract cannot do without is asked of every profile (``assembly.lacks``, the fields of the
clauses). Here stand the values that a draft may leave open, and that a reader of the final text
would take for forgotten: a date of signature, the year of a commitment, the payer of a credit.
"""

from collections.abc import Iterator, Mapping

from contract_builder.diagnostics import Diagnostic, contract_problems
from contract_builder.model.activities import Authorisation
from contract_builder.model.field_help import get_field_help
from contract_builder.model.french import long_date
from contract_builder.model.library import Library
from contract_builder.model.profile import Profile
from contract_builder.model.record import Record

_EXPECTED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "sites": ("nom", ("categorie", "adresse")),
    "reconnaissances": ("code", ("capacite", "date_debut", "date_fin")),
    "missions": ("intitule", ("modalites",)),
    "engagements": ("intitule", ("echeance", "indicateur")),
    "financements": ("libelle", ("payeur",)),
    "cooperations": ("intitule", ("partenaires",)),
    "autres_contrats": ("intitule", ("cocontractant", "date_debut", "date_fin")),
    "appeles_au_contrat": ("nom", ("representant", "clauses")),
}
"""For each list of the profile, the key that names a line, and the columns that expect a value.

A cooperation may still be to conclude, and a credit be paid by the rules of its envelope alone
(article 5.5): their date and their instalments may be left out.
"""


def check_final_blanks(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """Each blank that the contract would print, once it is no draft any more."""
    status = profile.contrat.statut
    if status == "projet":
        return
    if profile.contrat.date_signature is None:
        place = profile.contrat.place_of("statut")
        yield contract_problems.signature_sans_date(place, status)
    for name, (title, keys) in _EXPECTED.items():
        for line in getattr(profile, name):
            yield from _blanks(line, getattr(line, title), keys, status)
    for item in profile.autorisations:
        yield from _blanks(item, item.key, _dates_expected(item), status)


def _dates_expected(item: Authorisation) -> tuple[str, ...]:
    """An authorisation that is not in service yet has no day of end, but a deadline."""
    return ("date_limite",) if item.statut == "01" else ("date_mise_en_oeuvre", "date_fin")


def _blanks(line: Record, title: str, keys: tuple[str, ...], status: str) -> Iterator[Diagnostic]:
    for key in keys:
        if getattr(line, key) in (None, "", ()):
            label = get_field_help(type(line), key).label
            yield contract_problems.blanc_imprime(line.place_of(key), key, label, title, status)


def check_signature_date(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """The contract is signed once its advice and deliberations are given (they are its visas)."""
    signed = profile.contrat.date_signature
    if signed is None:
        return
    for item in profile.etablissement.deliberations:
        if item.date > signed:
            yield contract_problems.signature_avant_avis(
                item.place_of("date"), item.instance, long_date(signed)
            )
