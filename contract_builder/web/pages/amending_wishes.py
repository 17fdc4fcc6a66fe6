"""The level of an operation as words and buttons, and what a button sends, read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args
from urllib.parse import parse_qsl, urlencode

from contract_builder.errors import UserError
from contract_builder.model.amending_levels import WHOLE, AmendingLevel, ChosenLevel
from contract_builder.model.amendment import Operation
from contract_builder.services.levelling import LevelWish, OperationLevel
from contract_builder.web.forms.bound import parse_rank

_KINDS: Final[Mapping[str, str]] = {
    "words": "quelques mots",
    "paragraph": "alinéa",
    "paragraphs": "alinéas",
    "section": "article",
    "title": "titre",
    "row": "ligne de tableau",
    "rows": "lignes de tableau",
    "table": "tableau",
    "note": "note",
    "sheet": "fiche",
    "annex": "annexe",
}
"""The end of an operation's kind → the level at which it changes the contract."""
_BUTTONS: Final[Mapping[AmendingLevel, str]] = {
    "mots": "Remplacer les mots",
    "alinea": "Remplacer l’alinéa",
    "lignes": "Remplacer les lignes",
    "tableau": "Remplacer le tableau",
    "entier": "Remplacer l’article entier",
    "detail": "Modifier seulement ce qui change",
}
_WHOLE_BUTTONS: Final[Mapping[str, str]] = {
    "annexe": "Remplacer l’annexe entière",
    "fiche": "Remplacer la fiche entière",
}
_ALINEA_BUTTONS: Final[Mapping[str, str]] = {
    "visas": "Remplacer le visa",
    "considerants": "Remplacer le considérant",
}
_UNDO: Final = "Laisser le logiciel choisir"
_UNITS: Final[Mapping[str, str]] = {"annexe": "l’annexe", "fiche": "la fiche"}
_UNDONE: Final = "defaire"


@dataclass(frozen=True, slots=True)
class WishButton:
    """What may be chosen instead: ``value`` is what the button sends."""

    label: str
    value: str


def tell_level(operation: Operation) -> str:
    """The level of an operation in words; empty where there is none."""
    return _KINDS.get(operation.kind.rpartition("_")[2], "")


def list_buttons(level: OperationLevel) -> tuple[WishButton, ...]:
    """A button for each level that may be chosen instead, in the order of the service."""
    return tuple(WishButton(_label(wish, level.kind), _write(wish)) for wish in level.wishes)


def _label(wish: LevelWish, kind: str) -> str:
    wanted = wish.passage.niveau
    if wish.is_undone:
        inside = wish.passage.alinea or wish.passage.tableau or wish.passage.rang
        return _UNDO if inside else f"{_UNDO} pour {_UNITS.get(kind, 'l’article')}"
    if wanted == WHOLE:
        return _WHOLE_BUTTONS.get(kind, _BUTTONS[wanted])
    if wanted == "alinea":
        return _ALINEA_BUTTONS.get(kind, _BUTTONS[wanted])
    return _BUTTONS[wanted]


def _write(wish: LevelWish) -> str:
    passage = wish.passage
    pairs = {
        "ou": passage.ou,
        "partie": passage.partie,
        "alinea": passage.alinea or "",
        "tableau": passage.tableau,
        "rang": passage.rang or "",
        "niveau": passage.niveau,
        _UNDONE: "oui" if wish.is_undone else "",
    }
    return urlencode({key: value for key, value in pairs.items() if value})


def parse_wish(text: str) -> LevelWish:
    """What a button sent; UserError for what no button of ours sends."""
    given = dict(parse_qsl(text))
    level = next((item for item in get_args(AmendingLevel) if item == given.get("niveau")), None)
    ranks = [parse_rank(given.get(key, "0")) for key in ("alinea", "rang")]
    if level is None or not given.get("ou") or min(ranks) < 0:
        raise UserError("Ce choix n’est pas de ceux que la page propose : rouvrez l’avenant.")
    passage = ChosenLevel(
        ou=given["ou"],
        partie=given.get("partie", ""),
        alinea=ranks[0] or None,
        tableau=given.get("tableau", ""),
        rang=ranks[1] or None,
        niveau=level,
    )
    return LevelWish(passage, is_undone=_UNDONE in given)
