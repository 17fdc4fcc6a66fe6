"""Lists of formats as they are typed: « docx,pdf »."""

from collections.abc import Sequence
from typing import TypeVar

from contract_builder.errors import UsageError

F = TypeVar("F", bound=str)


def parse_formats(text: str, known: Sequence[F]) -> tuple[F, ...]:
    """The formats of a comma-separated list, in the order of ``known``; UsageError for others."""
    wanted = tuple(name.strip() for name in text.split(",") if name.strip())
    unknown = [name for name in wanted if name not in known]
    if unknown or not wanted:
        named = ", ".join(unknown) or "aucun"
        raise UsageError(f"Format inconnu : {named}. Formats possibles : {', '.join(known)}.")
    return tuple(name for name in known if name in wanted)
