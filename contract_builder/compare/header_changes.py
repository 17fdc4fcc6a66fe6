"""Differences between two headers: what identifies the contracts, their covers, who signs."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from contract_builder.compare.change import Change, ChangeClass, ChangeKind, Where, make_words
from contract_builder.compare.inlines import edit_plain
from contract_builder.compare.numbering import Numbering
from contract_builder.compare.typography import differ_in_typography_only
from contract_builder.model.contract import ContractHeader, Signatory
from contract_builder.model.french import long_date
from contract_builder.model.status import STATUS_WORDS

_TABLE = "contrat"
PARTY = "signataire : "

_FIELDS: tuple[tuple[str, Callable[[ContractHeader], object], ChangeClass], ...] = (
    ("type de contrat", lambda header: header.type, "substance"),
    ("code du contrat", lambda header: header.code, "substance"),
    ("FINESS de l’entité juridique", lambda header: header.finess_ej, "substance"),
    ("raison sociale", lambda header: header.legal_name, "substance"),
    ("date d’effet", lambda header: header.effective_date, "substance"),
    ("date de fin", lambda header: header.end_date, "substance"),
    ("titre", lambda header: header.title, "substance"),
    ("sous-titre", lambda header: header.subtitle, "substance"),
    ("agence", lambda header: header.agency, "substance"),
    ("campagne", lambda header: header.campaign, "substance"),
    ("version", lambda header: header.version, "substance"),
    ("état", lambda header: STATUS_WORDS[header.status], "substance"),
)
"""What a header holds; the last two are ``STANDING_FIELDS``."""


def tell_header_changes(old: ContractHeader, new: ContractHeader) -> tuple[Change, ...]:
    """One change for each field, cover line and signatory that differ.

    A cover line that repeats a field is its detail.
    """
    fields = list(_iter_fields(old, new))
    cover = list(
        _iter_pairs(
            [(line.label, line.value) for line in old.cover_lines],
            [(line.label, line.value) for line in new.cover_lines],
            "couverture",
        )
    )
    told: list[Change] = []
    for change in fields:
        same = [line for line in cover if (line.old, line.new) == (change.old, change.new)]
        cover = [line for line in cover if line not in same]
        told.append(change.with_details(same))
    return (*told, *cover, *_iter_signatories(old.signatories, new.signatories))


def _iter_signatories(old: Sequence[Signatory], new: Sequence[Signatory]) -> Iterator[Change]:
    """Parties known by their name; one that is renamed keeps who signs for it, or its place."""
    before = {item.organisation: item for item in old}
    after = {item.organisation: item for item in new}
    gone = [item for name, item in before.items() if name not in after]
    come = [item for name, item in after.items() if name not in before]
    renamed: dict[str, Signatory] = {}
    for item in gone:
        same = [other for other in come if _signs_as(other) == _signs_as(item)]
        if not same and len(gone) == len(come) == 1:
            same = come
        if same:
            renamed[same[0].organisation] = item
            come.remove(same[0])
    for name in dict.fromkeys([*before, *after]):
        if name not in before or before[name] not in renamed.values():
            former = renamed.get(name, before.get(name))
            yield from _signatory_changes(former, after.get(name))


def _signatory_changes(old: Signatory | None, new: Signatory | None) -> Iterator[Change]:
    """A party that comes or goes, or what differs of it: its name, who signs, as what."""
    if old is None or new is None:
        only = old or new
        if only is not None:
            text = _signatory_text(only)
            sides = ("", text) if old is None else (text, "")
            yield _make_change(_party_key(only), *sides, "substance")
        return
    for before, after in zip(
        (old.organisation, *_signs_as(old)), (new.organisation, *_signs_as(new)), strict=True
    ):
        if before != after:
            yield _make_change(_party_key(new), before, after, "substance")


def _party_key(item: Signatory) -> str:
    return f"{PARTY}{item.organisation}"


def _signs_as(item: Signatory) -> tuple[str, str]:
    return item.function, item.capacity


def _iter_fields(old: ContractHeader, new: ContractHeader) -> Iterator[Change]:
    for name, value_of, cls in _FIELDS:
        before, after = _text(value_of(old)), _text(value_of(new))
        if before != after:
            yield _make_change(name, before, after, cls)


def _iter_pairs(
    old: list[tuple[str, str]], new: list[tuple[str, str]], name: str
) -> Iterator[Change]:
    """Lines known by their label, which stays unique on a cover and among the parties."""
    before, after = dict(old), dict(new)
    for label in dict.fromkeys([*before, *after]):
        if before.get(label) != after.get(label):
            key = f"{name} : {label}"
            yield _make_change(key, before.get(label, ""), after.get(label, ""), "substance")


def _make_change(key: str, old: str, new: str, cls: ChangeClass) -> Change:
    kind: ChangeKind = "modify" if old and new else "insert" if new else "delete"
    if differ_in_typography_only(old, new):
        cls = "typographie"
    words = make_words(edit_plain(old, new, Numbering({}, {}))) if old and new else ()
    return Change(kind, cls, "contrat", Where(table=_TABLE, key=key), old, new, words, typed=True)


def _signatory_text(item: Signatory) -> str:
    told = (item.function, item.capacity, item.scope, item.date)
    return ", ".join(part for part in told if part) or item.organisation


def _text(value: object) -> str:
    return long_date(value) if isinstance(value, date) else str(value)
