"""What is wrong with the negotiated wordings of a profile, before anything is assembled."""

from collections.abc import Iterator

from contract_builder.diagnostics import Diagnostic, negotiation_problems
from contract_builder.model.clause import Clause
from contract_builder.model.french import long_date
from contract_builder.model.library import Library
from contract_builder.model.negotiation import NegotiatedVariant, fingerprint_of_text
from contract_builder.model.profile import Profile


def check_variants(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """Each is of a known clause, once, complete, of today's standard text, and says another."""
    first: dict[str, int] = {}
    for variant in profile.variantes:
        name, place = variant.clause, variant.place_of("clause")
        if name in first:
            yield negotiation_problems.variante_en_double(place, name, first[name])
            continue
        first[name] = place.line
        if bool(variant.texte.strip()) == variant.retiree:
            yield negotiation_problems.variante_incomplete(place, name, removed=variant.retiree)
        versions = library.clauses.get(name)
        if versions is None:
            yield negotiation_problems.variante_inconnue(place, name, tuple(library.clauses))
            continue
        on = profile.contrat.date_effet
        current = next((item for item in versions if item.is_in_force(on)), None)
        if current is not None:
            yield from _compare(variant, current)


def _compare(variant: NegotiatedVariant, current: Clause) -> Iterator[Diagnostic]:
    """A variant beside the standard text of its day."""
    known = fingerprint_of_text(current.body)
    started = current.header.en_vigueur_du
    if variant.version not in (None, started) or variant.empreinte not in ("", known):
        yield negotiation_problems.variante_perimee(
            variant.place_of("clause"), variant.clause, long_date(started)
        )
    same_title = variant.titre in ("", current.header.titre)
    if same_title and not variant.retiree and fingerprint_of_text(variant.texte) == known:
        yield negotiation_problems.variante_sans_effet(variant.place_of("texte"), variant.clause)
