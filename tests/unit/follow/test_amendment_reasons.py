"""Why an avenant changes a sheet, as an evaluation concluded it."""

from datetime import date

from contract_builder.follow.amendment_reasons import join_reasons, word_reasons
from contract_builder.model.evaluation import (
    EvaluationConclusions,
    EvaluationFile,
    EvaluationMeeting,
    ProposedTarget,
)


def target(sheet: str, year: int, reason: str) -> ProposedTarget:
    return ProposedTarget(
        fiche=sheet, annee=year, texte="3", type="nombre", motif=reason, auteur="le directeur"
    )


def file(*targets: ProposedTarget) -> EvaluationFile:
    return EvaluationFile(
        contrat="990000010AA",
        genre="mi-parcours",
        reunion=EvaluationMeeting(date=date(2028, 1, 20)),
        conclusions=EvaluationConclusions(cibles=targets),
    )


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_each_sheet_has_its_reason_with_the_years_it_is_given_for() -> None:
    found = word_reasons(
        file(
            target("A_1", 2029, "Montée en charge."),
            target("A_1", 2028, "Montée en charge"),
            target("B_2", 2028, "Poste vacant"),
            target("B_2", 2029, "Travaux"),
        )
    )
    opening = "l’évaluation à mi-parcours du 20 janvier 2028 conclut à de nouvelles cibles pour "
    assert {sheet: plain(text) for sheet, text in found.items()} == {
        "A_1": f"{opening}2028 et 2029 : Montée en charge.",
        "B_2": f"{opening}2028 et 2029 : Poste vacant (2028) ; Travaux (2029).",
    }


def test_a_reason_written_by_somebody_stays_and_that_of_the_evaluation_is_said_once() -> None:
    first, second = file(target("A_1", 2028, "Un motif")), file(target("A_1", 2028, "Un autre"))
    written = join_reasons("les parties en conviennent.", word_reasons(first)["A_1"], first)
    again = join_reasons(written, word_reasons(second)["A_1"], second)
    assert written.startswith("les parties en conviennent. l’évaluation à mi-parcours")
    assert again.startswith("les parties en conviennent. l’évaluation à mi-parcours")
    assert ("Un motif" in again, "Un autre" in again) == (False, True)


def test_an_evaluation_without_new_targets_gives_no_reason() -> None:
    assert word_reasons(EvaluationFile(contrat="990000010AA", genre="finale")) == {}
