"""The text of a clause as people read it in the library: each value stands under its French name.

No profile is looked at: where a contract prints a date, the reader sees « [date d’effet] ».
"""

from collections.abc import Mapping
from dataclasses import dataclass

from contract_builder.assembly.expressions import parse_field
from contract_builder.assembly.fields import FIELDS
from contract_builder.diagnostics import Problems
from contract_builder.model.blocks import Block, CrossReference, Field, Inline, Paragraph
from contract_builder.reading.markdown import Emphasis, MarkdownText, parse_markdown
from contract_builder.source import Place

TABLE_LABELS: Mapping[str, str] = {
    "fiche_signaletique": "fiche signalétique",
    "sites": "sites",
    "capacites": "capacités",
    "deliberations": "délibérations",
    "appeles_au_contrat": "organismes appelés au contrat",
    "objectifs": "objectifs",
    "engagements_qualite": "engagements pour la qualité",
    "engagements_achats": "engagements pour les achats",
    "engagements_ressources_humaines": "engagements pour les ressources humaines",
    "engagements_budget": "engagements pour le budget",
    "engagements_systeme_information": "engagements pour le système d’information",
    "engagements_cooperation": "engagements de coopération",
    "engagements_autre": "autres engagements",
    "autorisations": "autorisations",
    "reconnaissances": "reconnaissances contractuelles",
    "missions": "missions",
    "financements": "échéancier des financements",
    "financements_enveloppes": "financements par enveloppe",
    "financements_conditions": "conditions des financements",
    "cooperations": "coopérations",
    "autres_contrats": "autres contrats",
    "annexes": "annexes",
    "annexes_jointes": "fichiers joints",
    "signature_departement": "signature du département",
}
"""What each table that a clause may call is named, where the library is read."""


def read_with_names(
    text: MarkdownText, titles: Mapping[str, str], problems: Problems
) -> tuple[Block, ...]:
    """The blocks of a text, each value a ``Field`` whose text is its name in brackets.

    ``titles`` are those of the sections that a cross-reference may name, by id.
    """
    return parse_markdown(text, _Namer(titles, problems), problems)


@dataclass(frozen=True, slots=True)
class _Namer:
    titles: Mapping[str, str]
    problems: Problems

    def fill_field(self, expression: str, place: Place, style: Emphasis) -> Inline | None:
        parsed = parse_field(expression, place, self.problems)
        if parsed is None:
            return None
        name = parsed.fields[0]
        return Field(name, f"[{FIELDS[name].label}]", style.bold, style.italic)

    def fill_reference(
        self, target: str, text: str, place: Place, style: Emphasis
    ) -> Inline | None:
        del place
        words = text or f"« {self.titles.get(target) or target} »"
        return CrossReference(target, words, style.bold, style.italic)

    def fill_table(self, name: str, place: Place) -> tuple[Block, ...]:
        del place
        label = TABLE_LABELS.get(name, name)
        return (Paragraph((Field(f"tableau.{name}", f"[tableau : {label}]"),)),)
