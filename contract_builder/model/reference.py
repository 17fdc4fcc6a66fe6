"""Legal references: (code, article, date), never the number alone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from contract_builder.frozen import dataclass
from contract_builder.model.record import Record

ReferenceStatus = Literal["en_vigueur", "abroge"]
RunningContracts = Literal["redaction_ancienne", "redaction_nouvelle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceVersion(Record):
    """One version of an article; ``depuis`` and ``jusqu_au`` are inclusive.

    ``creation`` says that nothing stood under this number before ``depuis``. ``fin_constatee`` is
    the day of the extract of the code where all versions of the article were read and none
    followed: that one version ends (« MODIFIE », « ABROGE_DIFF ») says nothing of the article.
    ``contrats_en_cours`` is what the transitional provisions say of the contracts that run on
    ``depuis``: which wording governs them to their term; None when they say nothing.
    """

    article: str
    objet: str
    statut: ReferenceStatus
    depuis: date
    jusqu_au: date | None = None
    fin_constatee: date | None = None
    creation: bool = False
    modifie_par: str = ""
    contrats_en_cours: RunningContracts | None = None
    verifie_le: date
    source: str = ""
    a_verifier: str = ""

    def holds(self, on: date) -> bool:
        """True when this is the version at the date ``on``."""
        return self.depuis <= on and (self.jusqu_au is None or on <= self.jusqu_au)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceFile(Record):
    """All that the library knows of one code or family of texts.

    ``etat_au`` is the day of the extract that was read, ``controle_le`` the day when every entry
    was compared with it.
    """

    code: str
    intitule: str
    etat_au: date
    controle_le: date | None = None
    references: tuple[ReferenceVersion, ...]


def find_unproven_ends(versions: Sequence[ReferenceVersion]) -> tuple[ReferenceVersion, ...]:
    """The versions of one article after which it is said to stand no more, without evidence.

    An end is proven by the version that starts on the next day, by the day when no version was
    seen to follow (``fin_constatee``), or, for an abrogation, by the text that made it
    (``modifie_par``). In order of time.
    """
    ordered = sorted(versions, key=lambda version: version.depuis)
    starts = {version.depuis for version in ordered}
    return tuple(
        version
        for version in ordered
        if version.fin_constatee is None
        and (
            not version.modifie_par
            if version.statut == "abroge"
            else version.jusqu_au is not None and version.jusqu_au + timedelta(days=1) not in starts
        )
    )


ReferenceStanding = Literal[
    "en_vigueur", "abroge", "pas_en_vigueur", "redaction_inconnue", "inconnu"
]

STANDING_LABELS: Mapping[str, str] = {
    "en_vigueur": "en vigueur",
    "abroge": "abrogé",
    "pas_en_vigueur": "pas en vigueur",
    "redaction_inconnue": "rédaction inconnue à la date d’effet",
    "inconnu": "absent de la bibliothèque",
}


def find_version(versions: Sequence[ReferenceVersion], on: date) -> ReferenceVersion | None:
    """The version that holds at ``on``, abrogation included."""
    return next((version for version in versions if version.holds(on)), None)


def standing_at(versions: Sequence[ReferenceVersion], on: date) -> ReferenceStanding:
    """What the registry can say of an article at ``on``.

    ``pas_en_vigueur``: it was not yet created, or its end is known. ``redaction_inconnue``: only
    later wordings are known, which says nothing of the earlier law.
    """
    version = find_version(versions, on)
    if version is not None:
        return version.statut
    if not versions:
        return "inconnu"
    first = min(versions, key=lambda item: item.depuis)
    before_all = on < first.depuis and not first.creation
    return "redaction_inconnue" if before_all else "pas_en_vigueur"


@dataclass(frozen=True, slots=True)
class ReferenceChange:
    """What became of an article between two days, ``since`` which day, by which text.

    ``abroge`` and ``fin`` (its end is known, and nothing after it) leave no wording;
    ``deja_abroge`` was so on the first day; ``modifie`` and ``cree`` give another wording.
    """

    kind: Literal["modifie", "abroge", "deja_abroge", "fin", "cree"]
    since: date
    by: str = ""


def find_reference_change(
    versions: Sequence[ReferenceVersion], start: date, on: date
) -> ReferenceChange | None:
    """What the registry knows of an article's change after ``start``, up to ``on`` inclusive.

    None when it knows of none: the article stands, or nothing is known of it at ``start``.
    """
    before, after = find_version(versions, start), find_version(versions, on)
    if before is not None and before.statut == "abroge":
        return ReferenceChange("deja_abroge", before.depuis, before.modifie_par)
    if after is not None and start < after.depuis:
        if after.statut == "abroge":
            return ReferenceChange("abroge", after.depuis, after.modifie_par)
        kind: Literal["modifie", "cree"] = (
            "cree" if before is None and after.creation else "modifie"
        )
        return ReferenceChange(kind, after.depuis, after.modifie_par)
    ends = [item.jusqu_au for item in versions if item.jusqu_au and item.jusqu_au <= on]
    if before is not None and after is None and ends:
        return ReferenceChange("fin", max(ends) + timedelta(days=1))
    return None


def find_last_change(versions: Sequence[ReferenceVersion], on: date) -> ReferenceChange | None:
    """The last change of an article up to ``on`` inclusive; None when the registry knows none."""
    last = max((day for day in _iter_change_days(versions) if day <= on), default=None)
    if last is None:
        return None
    return find_reference_change(versions, last - timedelta(days=1), on)


def find_announced_day(versions: Sequence[ReferenceVersion], today: date) -> date | None:
    """The first day after ``today`` on which the registry says that an article changes."""
    return min((day for day in _iter_change_days(versions) if day > today), default=None)


def _iter_change_days(versions: Sequence[ReferenceVersion]) -> Iterator[date]:
    for version in versions:
        yield version.depuis
        if version.jusqu_au is not None:
            yield version.jusqu_au + timedelta(days=1)


def first_known_day(versions: Sequence[ReferenceVersion]) -> date:
    """The first day of the oldest known wording; ValueError without versions."""
    return min(version.depuis for version in versions)
