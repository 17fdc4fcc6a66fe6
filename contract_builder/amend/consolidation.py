"""A contract and its avenants, in order → the text in force, and where each passage comes from.

An avenant applies to the text that it was drafted from, known by its SHA-256: the contract itself,
what the avenant before it makes of it, or that text as it was consolidated here. Two avenants
drafted from one text are merged when they touch other places. Whatever does not hold is told, and
nothing comes out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from contract_builder.amend.amendment_json import amendment_sha256
from contract_builder.amend.applying import apply_operations
from contract_builder.amend.beside_text import put_beside
from contract_builder.amend.conflicts import find_conflicts
from contract_builder.amend.failures import OperationError
from contract_builder.amend.integrity import find_flaw
from contract_builder.amend.numberless import say_the_same_but_numbers
from contract_builder.amend.numbers import number_as_consolidated
from contract_builder.amend.origins import PassageOrigins, trace_origins
from contract_builder.amend.typography_kept import adopt_typography
from contract_builder.amend.unit_names import name_units
from contract_builder.errors import UserError
from contract_builder.model.amendment import Amendment, Operation
from contract_builder.model.contract import Contract
from contract_builder.model.french import NBSP, enumerate_words
from contract_builder.render.json import contract_sha256

_SHOWN_CONFLICTS = 5


@dataclass(frozen=True, slots=True)
class IntegratedAmendment:
    """An avenant that was applied, and the text that its sentences name things in."""

    amendment: Amendment
    before: Contract


@dataclass(frozen=True, slots=True)
class Consolidation:
    """The text in force: ``contract``, its passages' ``origins``, the avenants in it, in order."""

    contract: Contract
    origins: PassageOrigins
    integrated: tuple[IntegratedAmendment, ...]


@dataclass(frozen=True, slots=True)
class _State:
    """A text that avenants can speak of; ``names`` are the SHA-256 that it is known by."""

    contract: Contract
    names: frozenset[str]
    origins: PassageOrigins


@dataclass(slots=True)
class Consolidator:
    """Takes the avenants of one contract one by one, in order.

    ``old_identity`` is the SHA-256 that the first one names. ``known`` has, by their SHA-256, the
    contracts that avenants were drafted to make: what they hold beside the text (cover, typed
    tables) is taken, and their text is compared with what comes out.
    """

    old: Contract
    old_identity: str
    known: Mapping[str, Contract] = field(default_factory=dict)
    _states: list[_State] = field(init=False)
    _parents: list[int] = field(default_factory=list)
    _taken: list[IntegratedAmendment] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begins with the contract itself."""
        self._states = [_State(self.old, frozenset({self.old_identity}), {})]

    @property
    def result(self) -> Consolidation:
        """The text after the avenants taken so far."""
        last = self._states[-1]
        return Consolidation(last.contract, last.origins, tuple(self._taken))

    def take(self, amendment: Amendment, later: Sequence[Amendment] = ()) -> None:
        """Applies the next avenant; ``later`` are those still to come.

        UserError when it was applied already, speaks of another text, was tampered with, or
        changes the same passages as another one drafted from the same text.
        """
        parent = self._find_parent(amendment, later)
        spoken = self._states[parent].contract
        flaw = find_flaw(amendment, spoken)
        if flaw:
            raise UserError(f"{_the(amendment)} ne peut pas être intégré{NBSP}: {flaw}")
        before = self._states[-1]
        try:
            made = self._apply(amendment, parent)
        except OperationError as error:
            raise UserError(
                f"{_the(amendment)} ne peut pas être intégré. {error} Vérifiez que le contrat et "
                "les avenants donnés sont bien ceux qui ont été signés."
            ) from error
        made = adopt_typography(made, amendment.not_carried)
        made = replace(made, header=before.contract.header, tables=before.contract.tables)
        made = put_beside(made, amendment, spoken)
        bare = replace(made, header=replace(made.header, status="signe"))
        made = self._complete(bare, amendment, is_next=parent == len(self._states) - 1)
        origins = trace_origins(before.contract, made, amendment, before.origins)
        names = frozenset({amendment.new, contract_sha256(bare), contract_sha256(made)})
        self._taken.append(IntegratedAmendment(amendment, spoken))
        self._parents.append(parent)
        self._states.append(_State(made, names, origins))

    def _complete(self, made: Contract, amendment: Amendment, *, is_next: bool) -> Contract:
        """With what the contract that the avenant makes holds beside its text, if it is known.

        UserError when the text is not that contract's.
        """
        new = self.known.get(amendment.new)
        if new is None or not is_next:
            return made
        if not say_the_same_but_numbers(made, new):
            raise UserError(
                f"{_the(amendment)} ne peut pas être intégré{NBSP}: appliqué, il ne donne pas le "
                "contrat que le registre garde pour lui. Son fichier a été modifié, ou le contrat "
                "de départ n’est pas le bon. Reprenez les fichiers écrits avec l’avenant."
            )
        header = replace(new.header, status=made.header.status)
        return replace(made, header=header, tables=new.tables)

    def _find_parent(self, amendment: Amendment, later: Sequence[Amendment]) -> int:
        """The rank of the last text that the avenant can speak of."""
        identity = amendment_sha256(amendment)
        for taken in self._taken:
            if amendment_sha256(taken.amendment) == identity:
                raise UserError(
                    f"{_the(amendment)} est donné deux fois{NBSP}: ne le donnez qu’une fois."
                )
        for rank in range(len(self._states) - 1, -1, -1):
            if amendment.old in self._states[rank].names:
                return rank
        raise UserError(_explain_orphan(amendment, self.old_identity, later))

    def _apply(self, amendment: Amendment, parent: int) -> Contract:
        """The text after it; of several avenants of one text, all speak at once."""
        current = self._states[-1].contract
        between = self._taken[parent:]
        spoken = self._states[parent].contract
        for taken in between:
            conflicts = find_conflicts(
                taken.amendment.operations, amendment.operations, name_units(spoken)
            )
            if conflicts:
                raise UserError(_explain_conflict(taken.amendment, amendment, conflicts))
        if not between:
            return _renumber(current, apply_operations(amendment.operations, current))
        if any(other != parent for other in self._parents[parent:]):
            return self._apply_apart(amendment, parent)
        operations = [op for taken in between for op in taken.amendment.operations]
        every = _named_apart([*operations, *amendment.operations])
        return _renumber(spoken, apply_operations(every, spoken))

    def _apply_apart(self, amendment: Amendment, parent: int) -> Contract:
        """Applied to the text as it now stands, whose units it alone changes since it was drafted.

        The alinéas that it counts are then still the same.
        """
        names = name_units(self._states[parent].contract)
        mine = {operation.where.unit for operation in amendment.operations}
        for taken in self._taken[parent:]:
            theirs = {operation.where.unit for operation in taken.amendment.operations}
            shared = [names.get(unit).name for unit in mine & theirs if unit in names.ids]
            if shared:
                raise UserError(_explain_conflict(taken.amendment, amendment, sorted(shared)))
        current = self._states[-1].contract
        return _renumber(current, apply_operations(amendment.operations, current))


def _named_apart(operations: Sequence[Operation]) -> list[Operation]:
    """The operations of several avenants, each with an id of its own."""
    return [replace(item, id=f"op-{rank}") for rank, item in enumerate(operations, start=1)]


def _renumber(before: Contract, made: Contract) -> Contract:
    """What stands keeps the number that it has, even where the avenant names another one."""
    return number_as_consolidated(before, made)


def _the(amendment: Amendment) -> str:
    return f"L’avenant n°{NBSP}{amendment.number}"


def _explain_orphan(amendment: Amendment, identity: str, later: Sequence[Amendment]) -> str:
    """Why an avenant has no text to speak of, and what to do."""
    if amendment.new == identity:
        return (
            f"{_the(amendment)} est déjà dans le contrat donné{NBSP}: retirez-le, ou donnez le "
            "contrat tel qu’il était avant lui."
        )
    before = next((other for other in later if other.new == amendment.old), None)
    if before is not None:
        return (
            f"{_the(amendment)} a été rédigé à partir du texte que donne l’avenant n°{NBSP}"
            f"{before.number}{NBSP}: donnez l’avenant n°{NBSP}{before.number} avant lui."
        )
    return (
        f"{_the(amendment)} a été rédigé pour un autre texte que celui-ci (son empreinte commence "
        f"par {amendment.old[:8]}). Donnez le contrat et tous les avenants signés, dans l’ordre "
        "de leurs numéros, sans en répéter un qui est déjà dans le texte."
    )


def _explain_conflict(first: Amendment, second: Amendment, passages: Sequence[str]) -> str:
    shown = list(passages[:_SHOWN_CONFLICTS])
    if len(passages) > _SHOWN_CONFLICTS:
        shown.append(f"{len(passages) - _SHOWN_CONFLICTS} autres passages")
    numbers = f"n°{NBSP}{first.number} et n°{NBSP}{second.number}"
    return (
        f"Les avenants {numbers} ont été rédigés à partir du même texte et changent tous deux"
        f"{NBSP}: {enumerate_words(shown)}. Rédigez le second à nouveau, à partir du texte "
        "consolidé avec le premier."
    )
