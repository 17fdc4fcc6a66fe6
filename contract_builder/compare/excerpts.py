"""A change in few words: what goes and what comes, cut where it gets long."""

from contract_builder.compare.change import Change
from contract_builder.model.french import NBSP

LONGEST = 160
"""Characters of a change where there is room for a few words."""
_ELLIPSIS = "…"


def short(text: str, longest: int = LONGEST) -> str:
    """One line of at most ``longest`` characters, cut between words."""
    line = " ".join(part for part in text.replace("\n", " ").split(" ") if part)
    if len(line) <= longest:
        return line
    return line[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:") + _ELLIPSIS


def change_text(change: Change, longest: int = LONGEST) -> str:
    """« 19 741,00 € → 21 000,00 € », « « trois ans » → « cinq ans » », « ajout : … »."""

    def quoted(text: str) -> str:
        return f"«{NBSP}{short(text, longest)}{NBSP}»"

    def value(text: str) -> str:
        return f"{NBSP}: {short(text, longest)}" if text.strip() else ""

    match change.kind:
        case "insert":
            return f"ajout{value(change.new)}"
        case "delete":
            return f"suppression{value(change.old)}"
        case "move":
            return f"déplacement{value(change.new)}"
        case _:
            old, new = changed_parts(change)
            if change.difference is not None or _is_bare(change):
                return f"{short(change.old) or '–'} → {short(change.new) or '–'}"
            if not old:
                return f"ajout de {quoted(new)}"
            if not new:
                return f"suppression de {quoted(old)}"
            return f"{quoted(old)} → {quoted(new)}"


def _is_bare(change: Change) -> bool:
    """True for a value or a field, whose whole text is short enough to be shown as it is."""
    return change.topic in ("contrat", "financement", "autorisation", "reference", "cible") or (
        change.topic == "renumerotation"
    )


def changed_parts(change: Change) -> tuple[str, str]:
    """The stretch that changes on each side, from the first changed word to the last."""
    changed = [index for index, (op, _) in enumerate(change.words) if op in ("insert", "delete")]
    if not changed:
        return change.old, change.new
    words = change.words[changed[0] : changed[-1] + 1]
    return (
        "".join(text for op, text in words if op != "insert").strip(),
        "".join(text for op, text in words if op != "delete").strip(),
    )
