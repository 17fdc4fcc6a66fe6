"""Gives the fields, cross-references and tables of a clause their content for one contract."""

from collections.abc import Mapping

from contract_builder.assembly.answers import path_of_answer
from contract_builder.assembly.context import Context
from contract_builder.assembly.expressions import FormatError, evaluate_expression, parse_field
from contract_builder.assembly.introductions import NOTHING_BLOCK
from contract_builder.assembly.lacks import empty_table_blocks
from contract_builder.assembly.numbering import SectionLabel
from contract_builder.assembly.tables import TABLES
from contract_builder.diagnostics import Problems, file_problems
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import (
    Block,
    CrossReference,
    Field,
    Inline,
    Text,
)
from contract_builder.model.french import NBSP
from contract_builder.reading.markdown import Emphasis
from contract_builder.source import Place


@dataclass(frozen=True, slots=True)
class ContractFiller:
    """Fills from the profile; ``labels`` names every section of this contract.

    ``known_targets`` are the ids that exist in the library: a reference to one that this contract
    does not hold is told apart from a misspelt one.
    """

    context: Context
    labels: Mapping[str, SectionLabel]
    known_targets: tuple[str, ...]

    def fill_field(self, expression: str, place: Place, style: Emphasis) -> Inline | None:
        """The value as a ``Field``, or a marked gap when the profile does not have it."""
        parsed = parse_field(expression, place, self.context.problems)
        if parsed is None:
            return None
        try:
            found = evaluate_expression(parsed, self.context)
        except FormatError as error:
            self.context.problems.append(file_problems.champ_mal_forme(place, str(error)))
            return None
        if isinstance(found, tuple):
            name, label = found
            place = self._missing_place(name)
            return self.context.gap(name, label, place, path_of_answer(name))
        return Field(parsed.fields[0], found, style.bold, style.italic)

    def fill_reference(
        self, target: str, text: str, place: Place, style: Emphasis
    ) -> Inline | None:
        """A link whose words follow from the target's number, or the author's own words."""
        label = self.labels.get(target)
        if label is None:
            problem = (
                file_problems.renvoi_absent(place, target)
                if target in self.known_targets
                else file_problems.renvoi_inconnu(place, target, self.known_targets)
            )
            self.context.problems.append(problem)
            return None
        words = text or label.reference.replace(" ", NBSP, 1)
        return CrossReference(target, words, style.bold, style.italic)

    def fill_table(self, name: str, place: Place) -> tuple[Block, ...]:
        """The table; without a line for it a gap, a declared « Néant », else « Néant. » alone."""
        build = TABLES.get(name)
        if build is None:
            self.context.problems.append(
                file_problems.champ_inconnu(
                    place, f"tableau.{name}", tuple(f"tableau.{key}" for key in TABLES)
                )
            )
            return ()
        table = build(self.context)
        if table is not None:
            return (table,)
        return empty_table_blocks(name, self.context) or (NOTHING_BLOCK,)

    def _missing_place(self, field: str) -> Place:
        """Where the officer would write the missing value: its group of keys in the profile."""
        group: object = self.context.profile
        for name in field.split(".")[:-1]:
            group = getattr(group, name, None) or self.context.profile
        place = getattr(group, "place", self.context.profile.place)
        return place if isinstance(place, Place) else self.context.profile.place


@dataclass(frozen=True, slots=True)
class NameChecker:
    """Fills nothing: only verifies the names, for the checks of the library."""

    problems: Problems
    known_targets: tuple[str, ...]

    def fill_field(self, expression: str, place: Place, style: Emphasis) -> Inline | None:
        """A neutral text; unknown names are recorded."""
        parse_field(expression, place, self.problems)
        return Text("…", style.bold, style.italic)

    def fill_reference(
        self, target: str, text: str, place: Place, style: Emphasis
    ) -> Inline | None:
        """A neutral text; unknown targets are recorded."""
        if target not in self.known_targets:
            self.problems.append(file_problems.renvoi_inconnu(place, target, self.known_targets))
        return Text(text or "…", style.bold, style.italic)

    def fill_table(self, name: str, place: Place) -> tuple[Block, ...]:
        """Nothing; unknown tables are recorded."""
        if name not in TABLES:
            known = tuple(f"tableau.{key}" for key in TABLES)
            self.problems.append(file_problems.champ_inconnu(place, f"tableau.{name}", known))
        return ()
