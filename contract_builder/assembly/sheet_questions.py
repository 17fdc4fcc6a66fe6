"""What a sheet leaves to ask: which part of it, which category, which negotiated target.

A question is a marked gap in the document, a problem, and records without value; never a choice
made in silence.
"""

from collections.abc import Sequence

from contract_builder.assembly.context import Setting
from contract_builder.assembly.targets import RowChoice, category_label
from contract_builder.assembly.typography import typeset
from contract_builder.diagnostics import contract_problems
from contract_builder.model.blocks import Block, Inline, Paragraph, Text
from contract_builder.model.contract import TargetRecord
from contract_builder.model.fiche import Fiche
from contract_builder.model.french import enumerate_words
from contract_builder.model.profile import ChosenSheet


def find_open_volets(chosen: ChosenSheet, choice: RowChoice) -> tuple[str, ...]:
    """The parts that the profile has yet to choose from; empty when there is no such choice."""
    if chosen.volet:
        return ()
    volets = tuple(dict.fromkeys(row.row.volet for row in choice.rows if row.row.volet))
    return volets if len(volets) > 1 else ()


def ask_volet(
    fiche: Fiche, chosen: ChosenSheet, volets: Sequence[str], setting: Setting
) -> tuple[Block, ...]:
    """« Pharmacie ou Biologie »: one part is to be chosen, for one indicator an objective."""
    words = enumerate_words(volets, "ou")
    label = f"volet de la fiche {fiche.code} : {words}"
    gap = setting.gap(f"fiches.{fiche.code}.volet", label, chosen.place_of("code"))
    told = f" La fiche laisse le choix : {typeset(words)}."
    return (Paragraph((gap, Text(told))),)


def ask_category(
    fiche: Fiche, chosen: ChosenSheet, choice: RowChoice, setting: Setting
) -> tuple[Block, ...]:
    """No row of the sheet, or several, fit the establishment, or none can be told yet."""
    candidates = enumerate_words(
        list(dict.fromkeys(category_label(row, setting) for row, _ in choice.verdicts)), "ou"
    )
    if choice.rows:
        label = f"cible de la fiche {fiche.code}, plusieurs lignes conviennent"
    else:
        label = f"cible de la fiche {fiche.code}, aucune ligne ne convient"
    reasons = " ; ".join(
        f"{category_label(row, setting)} ({', '.join(verdict.reasons())})"
        for row, verdict in choice.verdicts
    )
    place = chosen.place_of("code")
    question = f"quelle cible retenir ? {reasons}."
    setting.problems.append(contract_problems.cible_sans_ligne(place, fiche.code, question))
    gap = setting.gap(f"cible.{fiche.code}", label, place)
    told = f"La fiche distingue : {typeset(candidates)}." if candidates else ""
    content: tuple[Inline, ...] = (gap, Text(f" {told}")) if told else (gap,)
    return (Paragraph(content),)


def blank_records(
    fiche: Fiche, volet: str, years: Sequence[int], category: str = ""
) -> tuple[TargetRecord, ...]:
    """A record without value for each year that is asked."""
    return tuple(
        TargetRecord(fiche.code, volet, category, year, "", "texte", "", "lacune") for year in years
    )


def tell_row_problems(
    fiche: Fiche, chosen: ChosenSheet, choice: RowChoice, setting: Setting
) -> None:
    """Starting values that lack, agreed targets that ask less, targets that nothing can reach."""
    for row in choice.rows:
        for baseline in row.missing_baselines:
            name = baseline.libelle or fiche.label_of_indicator(baseline.indicateur)
            setting.gap(
                f"valeur_initiale.{fiche.code}.{baseline.indicateur}",
                f"valeur de départ {baseline.annee} « {name} » de la fiche {fiche.code}",
                chosen.place_of("code"),
            )
        for departure in row.departures:
            target = departure.negotiated
            if not target.derogation:
                setting.problems.append(
                    contract_problems.cible_en_retrait(
                        target.place_of("texte"),
                        fiche.code,
                        target.annee,
                        target.texte,
                        departure.asked,
                    )
                )
        for item in row.unreachable:
            value = (chosen.valeurs_initiales or {})[item.indicator]
            setting.problems.append(
                contract_problems.cible_inatteignable(
                    value.place_of("valeur"),
                    fiche.code,
                    item.year,
                    f"{item.label}, {item.reason}",
                )
            )
