"""How a sentence says where an operation applies: alinéa, table, row, note, whole unit."""

from dataclasses import dataclass

from contract_builder.amend.unit_names import UnitName, UnitNames
from contract_builder.amend.wording import ordinal, quoted
from contract_builder.model.amendment import Operation
from contract_builder.model.contract import Section


@dataclass(frozen=True, slots=True)
class SentencePlace:
    """The place of one operation in words; ``inside`` when a heading already names the unit."""

    operation: Operation
    names: UnitNames
    inside: bool

    @property
    def unit(self) -> UnitName:
        """The unit that the operation names."""
        return self.names.get(self.operation.where.unit)

    def target(self, label: str) -> UnitName:
        """The unit of this number or code, next to which another one is put."""
        found = self.names.find_any(label)
        if found is None:
            raise ValueError(f"no unit {label!r}")
        return found

    @property
    def part(self) -> Section | None:
        """The titled part of an annex or a sheet that the operation names."""
        return self.unit.find_part(self.operation.where.section)

    @property
    def of_unit(self) -> str:
        """« de la partie « Engagements » de l’annexe A8 », with a space before it, or nothing."""
        part = "" if self.part is None else f" de {_part_name(self.part)}"
        return part + ("" if self.inside else f" {self.unit.complement}")

    @property
    def whole(self) -> str:
        """The unit or its part as a subject: « l’article 6.2 », « il » under its heading."""
        if self.part is not None:
            return _part_name(self.part) + ("" if self.inside else f" {self.unit.complement}")
        return self.unit.pronoun if self.inside else self.unit.name

    @property
    def ending(self) -> str:
        """What a participle that agrees with ``whole`` takes."""
        return self.unit.ending if self.part is None else "e"

    @property
    def auxiliary(self) -> str:
        """« est » or « sont »."""
        return self.unit.auxiliary if self.part is None else "est"

    @property
    def completed(self) -> str:
        """« est complété », « sont complétés »."""
        return f"{self.auxiliary} complété{self.ending}"

    @property
    def at_start(self) -> str:
        """« au début de l’article 6.2 »."""
        return f"au début{self.of_unit}"

    @property
    def is_range(self) -> bool:
        """True for several paragraphs, named by the first and the last."""
        where = self.operation.where
        return where.last_paragraph is not None and where.last_paragraph != where.paragraph

    @property
    def paragraph(self) -> str:
        """« le deuxième alinéa de l’article 6.2 », « les deuxième à quatrième visas »."""
        if not self.is_range:
            return f"le {self._ranked}"
        where, noun = self.operation.where, self.unit.paragraph_noun
        first, last = ordinal(where.paragraph or 1), ordinal(where.last_paragraph or 1)
        return f"les {first} à {last} {noun}s{self._of_paragraphs}"

    @property
    def of_paragraph(self) -> str:
        """« du deuxième alinéa de l’article 6.2 »."""
        return f"du {self._ranked}"

    @property
    def in_paragraph(self) -> str:
        """« au deuxième alinéa de l’article 6.2, à la première occurrence, »."""
        occurrence = self.operation.where.occurrence
        located = ""
        if occurrence == "each":
            located = "à chaque occurrence, "
        elif occurrence is not None:
            located = f"à la {ordinal(occurrence, feminine=True)} occurrence, "
        return f"au {self._ranked}, {located}"

    @property
    def _ranked(self) -> str:
        rank = self.operation.where.paragraph
        if rank is None:
            raise ValueError("the operation names no paragraph")
        return f"{ordinal(rank)} {self.unit.paragraph_noun}{self._of_paragraphs}"

    @property
    def _of_paragraphs(self) -> str:
        """A visa or a considérant needs no unit: its name says it."""
        return "" if self.unit.is_plural else self.of_unit

    @property
    def table(self) -> str:
        """« le tableau « T » de l’annexe A5 », « le premier tableau de l’article 9.3 »."""
        return f"le {self._table}"

    @property
    def of_table(self) -> str:
        """« du tableau « T » de l’annexe A5 »."""
        return f"du {self._table}"

    @property
    def in_table(self) -> str:
        """« dans le tableau « T » de l’annexe A5, »."""
        return f"dans le {self._table}, "

    @property
    def _table(self) -> str:
        where = self.operation.where
        rank = "" if where.table_rank is None else f"{ordinal(where.table_rank)} "
        title = f" {quoted(where.table)}" if where.table else ""
        if not rank and not title:
            rank = f"{ordinal(1)} "
        return f"{rank}tableau{title}{self.of_unit}"

    @property
    def row(self) -> str:
        """« la ligne « K » », « la deuxième ligne « K » », « la troisième ligne »."""
        where = self.operation.where
        rank = "" if where.row_rank is None else f"{ordinal(where.row_rank, feminine=True)} "
        if not where.row and not rank:
            raise ValueError("the operation names no row")
        return f"la {rank}ligne" + (f" {quoted(where.row)}" if where.row else "")

    @property
    def note(self) -> str:
        """« la note du tableau « T » de l’annexe A5 », « la deuxième note du tableau »."""
        rank = self.operation.where.occurrence
        ranked = f"{ordinal(rank, feminine=True)} " if isinstance(rank, int) else ""
        return f"la {ranked}note {self.of_table}"


def _part_name(part: Section) -> str:
    return f"la partie {quoted(part.title)}"
