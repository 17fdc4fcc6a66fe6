"""What the printed units of a contract are called in a sentence; found by what they are called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from contract_builder.amend.units import Unit, UnitKind, list_units
from contract_builder.amend.wording import quoted, told_text
from contract_builder.model.blocks import Table
from contract_builder.model.contract import Contract, Section, iter_tree
from contract_builder.model.french import NBSP

PARTIES_NAME: Final = "désignation des parties"
_PARAGRAPH_NOUNS: Final[dict[UnitKind, str]] = {"visas": "visa", "considerants": "considérant"}

_CALLED: Final[dict[str, UnitKind]] = {
    "visas": "visas",
    "considérants": "considerants",
    "parties": "parties",
}


@dataclass(frozen=True, slots=True)
class UnitName:
    """What one unit is called; ``annex`` is the number of the annex that holds a sheet."""

    unit: Unit
    annex: str = ""

    @property
    def kind(self) -> UnitKind:
        """What the unit is."""
        return self.unit.kind

    @property
    def name(self) -> str:
        """As a subject: « l’article 6.2 », « la fiche CPOM_CT_5 de l’annexe A1 », « les visas »."""
        label = self.unit.label
        match self.kind:
            case "article":
                return f"l’article{NBSP}{fixed(label)}"
            case "annexe":
                return f"l’annexe{NBSP}{fixed(label)}"
            case "fiche":
                annex = f" de l’annexe{NBSP}{fixed(self.annex)}" if self.annex else ""
                return f"la fiche {label}{annex}"
            case "visas":
                return "les visas"
            case "considerants":
                return "les considérants"
            case "parties":
                return f"la {PARTIES_NAME}"
            case "partie":
                return f"la partie {quoted(self.unit.name)}"

    @property
    def short_name(self) -> str:
        """As ``name``; a sheet without its annex: « la fiche CPOM_CT_5 »."""
        return f"la fiche {self.unit.label}" if self.kind == "fiche" else self.name

    @property
    def complement(self) -> str:
        """After « le deuxième alinéa »: « de l’article 6.2 », « des visas »."""
        return f"des {self.name.removeprefix('les ')}" if self.is_plural else f"de {self.name}"

    @property
    def is_plural(self) -> bool:
        """True for « les visas », « les considérants »."""
        return self.kind in _PARAGRAPH_NOUNS

    @property
    def ending(self) -> str:
        """What a participle takes: nothing, « e », « s »."""
        return "s" if self.is_plural else "" if self.kind == "article" else "e"

    @property
    def pronoun(self) -> str:
        """« il », « elle », « ils »."""
        return "ils" if self.is_plural else "il" if self.kind == "article" else "elle"

    @property
    def auxiliary(self) -> str:
        """« est » or « sont »."""
        return "sont" if self.is_plural else "est"

    @property
    def paragraph_noun(self) -> str:
        """What its alinéas are called: « alinéa », « visa », « considérant »."""
        return _PARAGRAPH_NOUNS.get(self.kind, "alinéa")

    def find_part(self, section: str | None) -> Section | None:
        """The titled part with this id, when its title names it alone."""
        return None if section is None else self.unit.find_part(section)

    def find_table(self, title: str | None, rank: int | None) -> Table | None:
        """The table that is called so."""
        found = self.unit.find_table(title, rank)
        return None if found is None else found.block


@dataclass(slots=True)
class UnitNames:
    """The units of one contract, by id and by what they are called.

    ``holders`` tells for each unit the one at the top of the contract that holds it.
    """

    units: tuple[UnitName, ...]
    holders: Mapping[str, str]
    _by_id: dict[str, UnitName] = field(init=False)
    _by_label: dict[tuple[UnitKind, str], UnitName] = field(init=False)

    def __post_init__(self) -> None:
        """Builds both ways in."""
        self._by_id = {name.unit.id: name for name in self.units}
        self._by_label = {
            (name.kind, told_text(name.unit.name)): name for name in reversed(self.units)
        }

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the units."""
        return frozenset(self._by_id)

    def get(self, unit: str) -> UnitName:
        """The unit of a section; KeyError when the section is no unit of this contract."""
        return self._by_id[unit]

    def holder(self, unit: str) -> UnitName:
        """The article, annex or part at the top of the contract that holds a unit, or itself."""
        return self._by_id[self.holders.get(unit, unit)]

    def find(self, kind: UnitKind, label: str = "") -> UnitName | None:
        """The unit that is called so."""
        if kind in ("visas", "considerants", "parties"):
            return next((name for name in self.units if name.kind == kind), None)
        return self._by_label.get((kind, told_text(label)))

    def call(self, unit: str) -> str:
        """What ``find_any`` finds a unit by: « 6 », « A5 », « visas »; empty when nothing does."""
        name = self._by_id.get(unit)
        if name is None:
            return ""
        word = next((word for word, kind in _CALLED.items() if kind == name.kind), name.unit.name)
        return word if self.find_any(word) == name else ""

    def find_any(self, called: str) -> UnitName | None:
        """The unit of this number, code or title, or that is called so: « visas », « parties »."""
        kind = _CALLED.get(called)
        if kind is not None:
            return self.find(kind)
        wanted = told_text(called)
        return next((name for name in self.units if told_text(name.unit.name) == wanted), None)


def name_units(contract: Contract) -> UnitNames:
    """Every unit of a contract, in reading order; the annex of gaps is none."""
    units = list_units(contract)
    labels = {unit.id: unit.label for unit in units if unit.kind == "annexe"}
    holders = {section.id: top.id for top in contract.sections for section in iter_tree(top)}
    named = tuple(UnitName(unit, labels.get(unit.annex, "")) for unit in units)
    return UnitNames(named, holders)


def fixed(label: str) -> str:
    """A number that no line break parts: « 6.2-1 A »."""
    return label.replace(" ", NBSP)
