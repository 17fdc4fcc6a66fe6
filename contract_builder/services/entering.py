"""One value typed in a form: read as a workbook's cell is, kept as its row would be."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import PurePath

from contract_builder.errors import UserError
from contract_builder.follow.line_states import LineState
from contract_builder.follow.values import (
    RefusedValueError,
    WrittenValue,
    parse_declared_day,
    parse_value,
)
from contract_builder.follow.workbook_layout import LONGEST_DECLARED_TEXT
from contract_builder.model.follow_up import (
    NOT_APPLICABLE,
    Evidence,
    FollowAct,
    FollowEntry,
    FollowStep,
)
from contract_builder.reading.characters import FORBIDDEN
from contract_builder.services.declaring import ENTERED, MOST_EVIDENCE, declare_entries
from contract_builder.services.following import FollowedStates
from contract_builder.services.project import Project


@dataclass(frozen=True, slots=True)
class TypedValue:
    """What a form says of one line; texts as they were typed.

    ``mark`` names the line (``str`` of its key). ``day`` is empty for the day ``on``; ``file`` is
    the name and the bytes of a file of evidence.
    """

    mark: str
    step: FollowStep
    value: str
    function: str
    day: str = ""
    justified: str = ""
    reference: str = ""
    comment: str = ""
    file: tuple[str, bytes] | None = None


def enter_value(
    project: Project, followed: FollowedStates, typed: TypedValue, *, at: datetime, actor: str
) -> FollowEntry:
    """Keeps the value, and its evidence, beside what was said before; UserError says why not.

    The day of ``at`` is the last one that a declaration may bear.
    """
    on = at.date()
    state = _find_state(followed, typed.mark)
    last = state.declared if typed.step == "declaration" else state.validated
    entry = FollowEntry(
        key=state.line.key,
        step=typed.step,
        value=_parse(state, typed.value, on, "la valeur"),
        on=_parse_day(state, typed.day, on),
        function=" ".join(_read_text(typed.function, "La fonction").split()),
        evidence=_evidence_of(typed, last),
        justified=_parse_justified(state, typed.justified, on),
        comment=_read_text(typed.comment, "L’explication"),
    )
    if not entry.function:
        raise UserError("Dites qui donne cette valeur : une fonction, jamais un nom.")
    if entry == last:
        raise UserError("Cette valeur est déjà celle qui est gardée : rien n’a changé.")
    files = [typed.file[1]] if typed.file else []
    act = FollowAct(followed.in_force.contract, ENTERED, (entry,))
    declare_entries(project, act, at=at, actor=actor, files=files)
    return entry


def _find_state(followed: FollowedStates, mark: str) -> LineState:
    for state in followed.states.states:
        if str(state.line.key) == mark:
            return state
    raise UserError("Cette ligne n’est plus au contrat : rouvrez la page.")


def _read_text(typed: str, what: str) -> str:
    """A text as it is kept; UserError when it is too long to be kept whole."""
    text = FORBIDDEN.sub(" ", typed).strip()
    if len(text) > LONGEST_DECLARED_TEXT:
        raise UserError(
            f"{what} a {len(text)} signes, {LONGEST_DECLARED_TEXT} au plus sont gardés."
        )
    return text


def _parse(state: LineState, text: str, on: date, what: str) -> str:
    if not text.strip():
        raise UserError(f"Donnez {what}, ou « sans objet » avec une explication.")
    try:
        return parse_value(state.line, WrittenValue(text), on)
    except RefusedValueError as error:
        raise UserError(f"« {text.strip()} » n’est pas gardé : {error.reason}.") from error


def _parse_day(state: LineState, text: str, on: date) -> date:
    if not text.strip():
        return on
    try:
        return parse_declared_day(WrittenValue(text), state.line.key.year, on)
    except RefusedValueError as error:
        raise UserError(f"Le jour « {text.strip()} » n’est pas gardé : {error.reason}.") from error


def _parse_justified(state: LineState, text: str, on: date) -> Decimal | None:
    if not text.strip() or state.line.key.kind != "financement":
        return None
    value = _parse(state, text, on, "le montant justifié")
    return None if value == NOT_APPLICABLE else Decimal(value)


def _evidence_of(typed: TypedValue, last: FollowEntry | None) -> Evidence | None:
    """The file that is sent, else the one that is kept already when nothing replaces it."""
    reference = _read_text(typed.reference, "La référence")
    if typed.file is not None:
        name, data = typed.file
        if len(data) > MOST_EVIDENCE:
            raise UserError(f"La pièce dépasse {MOST_EVIDENCE >> 20} Mio.")
        if not data:
            raise UserError("La pièce est vide : joignez le fichier lui-même.")
        kept_name = PurePath(name.replace("\\", "/")).name
        return Evidence(kept_name, sha256(data).hexdigest(), reference)
    if last is not None and last.evidence is not None and last.evidence.sha256:
        return Evidence(last.evidence.name, last.evidence.sha256, reference)
    return Evidence(reference=reference) if reference else None
