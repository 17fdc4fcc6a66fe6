"""Near names for a hint: « vouliez-vous dire … ? »."""

import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches


def near_names_hint(name: str, known: Sequence[str]) -> str:
    """« vouliez-vous dire … ? » with up to three near names, else the known names when few.

    Case and accents do not part two names; a name that differs by them alone is the only one told.
    """
    plain: dict[str, str] = {}
    for item in known:
        plain.setdefault(without_case_and_accents(item), item)
    wanted = without_case_and_accents(name)
    close = [wanted] if wanted in plain else get_close_matches(wanted, plain, n=3, cutoff=0.6)
    if close:
        return f"vouliez-vous dire {' ou '.join(f'« {plain[item]} »' for item in close)} ?"
    if 0 < len(known) <= 12:
        return f"connus : {', '.join(sorted(known))}."
    return ""


def without_case_and_accents(name: str) -> str:
    """The letters of a text for comparison: « Équipe » and « equipe » are one."""
    letters = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
