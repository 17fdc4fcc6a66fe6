"""What a new version follows: its parents, its kind, the number of an « avenant »."""

from contract_builder.errors import Remedy, UserError
from contract_builder.model.french import long_date
from contract_builder.store import journal
from contract_builder.store.errors import StoreError, TamperedDataError
from contract_builder.store.events import MAX_AMENDMENT
from contract_builder.store.history import recorded_facts, unpack, version_rows
from contract_builder.store.identity import ContractIdentity, parse_identity
from contract_builder.store.models import StatusRow, VersionRow
from contract_builder.store.records import (
    SIGNED_STATUSES,
    Recording,
    VersionKind,
    VersionReference,
)


def find_parents(
    alias: str, identity: ContractIdentity, recording: Recording
) -> tuple[VersionRow, ...]:
    """The versions that a new one follows, each once, the first one first; none for a first one.

    Raises UnknownVersionError, or StoreError when a named version cannot be followed.
    """
    if not recording.parents:
        previous = _find_previous(alias, identity)
        if previous is not None:
            return (previous,)
    named = tuple(dict.fromkeys(recording.parents or recording.follows))
    rows = tuple(journal.get_version_row(alias, reference) for reference in named)
    for row in rows:
        _check_parent(alias, identity, row, is_merger=recording.is_merger)
    return rows


def find_kind(
    alias: str, identity: ContractIdentity, parents: tuple[VersionRow, ...]
) -> VersionKind:
    """A signed contract is revised by « avenant » (CSP L6114-1); another one is a renewal."""
    if not parents:
        return "initial"
    if not all(_is_same_contract(identity, parent) for parent in parents):
        return "renouvellement"
    if journal.get_status(alias, parents[0]) in SIGNED_STATUSES:
        return "avenant"
    recorded = recorded_facts(version_rows(alias).get(pk=parents[0].pk))
    if recorded is None:
        raise TamperedDataError(
            f"L’écriture de la version « {reference_of(parents[0])} » est illisible.",
            Remedy("verify_store"),
        )
    return recorded.kind


def find_amendment(
    alias: str, identity: ContractIdentity, kind: VersionKind, recording: Recording
) -> int | None:
    """The number of an « avenant »: the given one, else that after the last signed one.

    Drafts of one « avenant » bear the same number. None for another kind; UserError when another
    kind is given a number, or the number is not from 1 to ``MAX_AMENDMENT``.
    """
    given = recording.amendment
    if kind != "avenant":
        if given is not None:
            raise UserError("Seul un avenant porte un numéro : cette version n’en est pas un.")
        return None
    if given is None:
        return _last_signed_amendment(alias, identity) + 1
    if not 1 <= given <= MAX_AMENDMENT:
        raise UserError(f"Un avenant porte un numéro de 1 à {MAX_AMENDMENT}, pas {given}.")
    return given


def reference_of(row: VersionRow) -> VersionReference:
    """The name of a version."""
    return VersionReference(row.finess_ej, row.number)


def _find_previous(alias: str, identity: ContractIdentity) -> VersionRow | None:
    """The last version of the same contract."""
    rows = VersionRow.objects.using(alias).defer("body").select_related("contract")
    return (
        rows.filter(
            contract__finess_ej=identity.finess_ej,
            contract__code=identity.code,
            contract__type=identity.type,
        )
        .order_by("-number")
        .first()
    )


def _is_same_contract(identity: ContractIdentity, row: VersionRow) -> bool:
    contract = row.contract
    return (contract.finess_ej, contract.code, contract.type) == (
        identity.finess_ej,
        identity.code,
        identity.type,
    )


def _check_parent(
    alias: str, identity: ContractIdentity, row: VersionRow, *, is_merger: bool
) -> None:
    """A version of another entity, or of a contract that still runs, is followed in a merger."""
    if is_merger or _is_same_contract(identity, row):
        return
    reference = reference_of(row)
    if row.finess_ej != identity.finess_ej:
        raise StoreError(
            f"La version « {reference} » est celle d’une autre entité juridique que le contrat "
            f"{identity.code}, qui est celui de {identity.finess_ej}. Rien n’a été enregistré.",
            Remedy("declare_merger"),
        )
    if journal.get_status(alias, row) == "resilie":
        return
    body = unpack(VersionRow.objects.using(alias).values_list("body", flat=True).get(pk=row.pk))
    if body is None:
        raise TamperedDataError(
            f"Le contrat de la version « {reference} » est illisible.", Remedy("verify_store")
        )
    term, start = parse_identity(body).end_date, identity.effective_date
    if term is not None and start is not None and term >= start:
        raise StoreError(
            f"Le contrat de la version « {reference} » court jusqu’au {long_date(term)} inclus : "
            f"le contrat {identity.code}, qui prend effet le {long_date(start)}, ne peut pas en "
            "être la suite. Rien n’a été enregistré.",
            Remedy("declare_ended", str(reference)),
        )


def _last_signed_amendment(alias: str, identity: ContractIdentity) -> int:
    """The number of the last signed « avenant » of a contract, 0 without one.

    Those that were recorded before they had numbers count by their rank.
    """
    rows = version_rows(alias).filter(
        kind="avenant",
        contract__finess_ej=identity.finess_ej,
        contract__code=identity.code,
        contract__type=identity.type,
    )
    signed = StatusRow.objects.using(alias).filter(status__in=SIGNED_STATUSES).values("version_id")
    facts = [recorded_facts(row) for row in rows.filter(pk__in=signed)]
    return max([len(facts), *(item.amendment or 0 for item in facts if item is not None)])
