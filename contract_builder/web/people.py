"""Who asks for a page: a name for the journal, a role, the departments that are seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Role = Literal["relecteur", "redacteur", "operateur", "administrateur"]

ROLE_WORDS: Mapping[Role, str] = {
    "relecteur": "relecteur",
    "redacteur": "rédacteur",
    "operateur": "opérateur",
    "administrateur": "administrateur",
}
ROLES: tuple[Role, ...] = tuple(ROLE_WORDS)


def normal_name(text: str) -> str:
    """The name of an account as it is kept: no blanks around, small letters."""
    return text.strip().lower()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody let in; ``departments`` are their codes, None for the whole region.

    ``enters_by_directory``: named by the server placed before the application, which alone can
    end that. ``must_change_password``: the one they entered by was given by somebody else.
    """

    name: str
    role: Role
    departments: frozenset[str] | None = None
    has_account: bool = True
    enters_by_directory: bool = False
    must_change_password: bool = False

    def sees(self, department: str) -> bool:
        """True for what lies in one of their departments; what tells none is the region's."""
        return self.departments is None or department in self.departments


def word_departments(person: Person) -> str:
    """« toute la région », or the departments that are seen."""
    if person.departments is None:
        return "toute la région"
    return f"départements {', '.join(sorted(person.departments))}"
