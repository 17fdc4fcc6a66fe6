"""Why the avenant that an evaluation concludes changes each sheet, in the words of the parties."""

from collections.abc import Iterable, Mapping

from contract_builder.model.evaluation import EVALUATION_WORDS, EvaluationFile, ProposedTarget
from contract_builder.model.french import NBSP, enumerate_words, long_date


def word_reasons(file: EvaluationFile) -> Mapping[str, str]:
    """The reason of each sheet whose targets change, by its code, in the order of the file.

    « l’évaluation à mi-parcours du 20 janvier 2028 conclut à de nouvelles cibles pour 2028 et
    2029 : Montée en charge. » A reason given for several years is said once; of several reasons,
    each has its years.
    """
    targets = file.conclusions.cibles if file.conclusions else ()
    sheets = dict.fromkeys(target.fiche for target in targets)
    return {
        sheet: _word_reason(file, [item for item in targets if item.fiche == sheet])
        for sheet in sheets
    }


def join_reasons(known: str, reason: str, file: EvaluationFile) -> str:
    """What a profile says already, then the reason; one of the same evaluation gives way to it."""
    before, _, _ = known.partition(_opening(file))
    return f"{before.rstrip()} {reason}".strip()


def _word_reason(file: EvaluationFile, targets: list[ProposedTarget]) -> str:
    by_reason: dict[str, list[ProposedTarget]] = {}
    for target in targets:
        by_reason.setdefault(target.motif.strip().rstrip("."), []).append(target)
    told = [
        reason if len(by_reason) == 1 else f"{reason} ({_word_years(own)})"
        for reason, own in by_reason.items()
    ]
    what = "une nouvelle cible" if len(targets) == 1 else "de nouvelles cibles"
    return (
        f"{_opening(file)} conclut à {what} pour {_word_years(targets)}{NBSP}: {' ; '.join(told)}."
    )


def _opening(file: EvaluationFile) -> str:
    day = file.reunion.date if file.reunion else None
    held = f" du {long_date(day)}" if day else ""
    return f"l’évaluation {EVALUATION_WORDS[file.genre]}{held}"


def _word_years(targets: Iterable[ProposedTarget]) -> str:
    return enumerate_words([str(year) for year in sorted({item.annee for item in targets})])
