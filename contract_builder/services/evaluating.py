"""The evaluation of a contract: its file begun, its report written, its new targets carried on.

The figures are those that the store has on the day given by the caller. No penalty is applied, no
avenant drafted: the conclusions that the parties agreed go into the profile, from which the next
contract and its avenant are made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from contract_builder.diagnostics import Problems, has_errors, in_file_order
from contract_builder.errors import InternalRenderError, ProblemsError, TemplateError, UserError
from contract_builder.files.publish import Published, follow_stem, publish
from contract_builder.files.write import create_file
from contract_builder.follow.amendment_reasons import join_reasons, word_reasons
from contract_builder.follow.evaluation import (
    EvaluationFacts,
    check_evaluation,
    find_evaluated_years,
)
from contract_builder.follow.evaluation_skeleton import write_evaluation_skeleton
from contract_builder.follow.line_fields import line_fields
from contract_builder.follow.line_states import LineState
from contract_builder.follow.pages import lines_table, render_plots_page
from contract_builder.follow.report import REPORT_TITLES, assemble_report
from contract_builder.follow.trajectories import report_trajectories
from contract_builder.model.blocks import Gap, iter_inlines
from contract_builder.model.contract import Contract
from contract_builder.model.evaluation import EvaluationFile, EvaluationKind, ProposedTarget
from contract_builder.reading.files import load_yaml
from contract_builder.reading.records import read_record
from contract_builder.reading.tree import Tree, get_group, get_lines, get_text, make_group
from contract_builder.services.editing import ProfileChange, ProfileFile, open_profile, save_change
from contract_builder.services.following import FollowedStates, follow_contract
from contract_builder.services.making import Format
from contract_builder.services.project import Project
from contract_builder.services.templating import refuse_faulty_templates
from contract_builder.tables.trajectory import draw_trajectory

_FIELDS = (
    "code",
    "precision",
    "annee",
    "attendu",
    "valeur_declaree",
    "valeur_validee",
    "ecart",
    "part_realisee",
    "appreciation",
    "critere",
)


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """The files of a report, the pages of its PDF, what is left to complete, what to know."""

    published: Published
    page_count: int | None
    gaps: tuple[str, ...]
    proposed: int


def begin_evaluation(
    project: Project, name: str, kind: EvaluationKind, out: Path, on: date
) -> Path:
    """Writes the file of an evaluation to fill, for a contract in force; UserError if it exists."""
    followed = follow_contract(project, name, on)
    states = _evaluated(followed, kind)
    sheets = {state.line.key.item: state.line.title for state in states if _is_objective(state)}
    text = write_evaluation_skeleton(followed.in_force.header, kind, sheets)
    create_file(out, text.encode())
    return out


def write_evaluation_report(
    project: Project, name: str, path: Path, on: date, out: Path, formats: Sequence[Format]
) -> EvaluationReport:
    """Writes the report of the evaluation whose file is at ``path``, and the page of its plots.

    ProblemsError when the file has an error, or is about another contract.
    """
    facts = load_evaluation(project, name, path, on)
    document = assemble_report(facts)
    stem = follow_stem(facts.header, f"evaluation-{facts.file.genre}")
    products, pages = _render(project.root, document, formats, stem)
    products[f"{stem}-trajectoires.html"] = _render_plots(facts)
    gaps = tuple(
        item.label
        for section in document.iter_sections()
        for item in iter_inlines(section.blocks)
        if isinstance(item, Gap)
    )
    conclusions = facts.file.conclusions
    proposed = len(conclusions.cibles) if conclusions else 0
    return EvaluationReport(publish(out, products), pages, gaps, proposed)


def load_evaluation(project: Project, name: str, path: Path, on: date) -> EvaluationFacts:
    """What a report is made from; ProblemsError when the file does not fit the contract."""
    file = _load_file(project, path)
    followed = follow_contract(project, name, on)
    in_force = followed.in_force
    states = _evaluated(followed, file.genre)
    course = followed.states.states
    facts = EvaluationFacts(
        in_force.header, in_force.reference, states, file, on, course, followed.doubts
    )
    problems = list(check_evaluation(facts))
    if has_errors(problems):
        raise ProblemsError(in_file_order(problems))
    return facts


@dataclass(frozen=True, slots=True)
class CarriedTargets:
    """How many targets went into a profile, and the profile's file as it is then."""

    count: int
    profile: ProfileFile


def carry_targets(
    project: Project, path: Path, profile: str, *, at: datetime, actor: str
) -> CarriedTargets:
    """Writes the targets that an evaluation concluded into a profile, as negotiated ones.

    Their reasons become those of the next avenant, sheet by sheet, after what is written there.

    UserError when it concluded none, or when the profile is that of another contract, or does not
    choose a sheet. A target of the same year and indicator is replaced; every state is kept.
    """
    file = _load_file(project, path)
    targets = file.conclusions.cibles if file.conclusions else ()
    if not targets:
        raise UserError("Cette évaluation ne conclut à aucune cible nouvelle : rien à reporter.")
    opened = open_profile(project, profile)
    contract = opened.tree.get("contrat")
    code = contract.get("code") if isinstance(contract, dict) else ""
    if code != file.contrat:
        raise UserError(
            f"Le profil « {profile} » est celui du contrat {code or '(sans code)'}, et "
            f"l’évaluation celle du contrat {file.contrat}."
        )
    tree = _with_reasons(_with_targets(opened, targets), file)
    note = f"cibles de l’évaluation ({file.genre})"
    change = ProfileChange(profile, opened.sha256, tree, at, actor, note)
    return CarriedTargets(len(targets), save_change(project, change))


def _with_targets(file: ProfileFile, targets: Sequence[ProposedTarget]) -> dict[str, Tree]:
    sheets = get_lines(file.tree, "fiches")
    for target in targets:
        if target.fiche not in {sheet.get("code") for sheet in sheets}:
            raise UserError(f"Le profil « {file.name} » ne choisit pas la fiche {target.fiche}.")
    return {**file.tree, "fiches": [_with_own(sheet, targets) for sheet in sheets]}


def _with_reasons(tree: dict[str, Tree], file: EvaluationFile) -> dict[str, Tree]:
    """What a profile says, with why the next avenant changes each sheet."""
    reasons = dict(get_group(tree, "motifs_avenant"))
    for sheet, reason in word_reasons(file).items():
        reasons[sheet] = join_reasons(get_text(reasons, sheet), reason, file)
    return {**tree, "motifs_avenant": reasons}


def _with_own(sheet: dict[str, Tree], targets: Sequence[ProposedTarget]) -> Tree:
    own = [target for target in targets if target.fiche == sheet.get("code")]
    if not own:
        return sheet
    replaced = {(str(target.annee), target.indicateur) for target in own}
    kept = [
        line
        for line in get_lines(sheet, "cibles")
        if (line.get("annee"), line.get("indicateur", "")) not in replaced
    ]
    return {**sheet, "cibles": [*kept, *(_target_tree(target) for target in own)]}


def _target_tree(target: ProposedTarget) -> dict[str, Tree]:
    return make_group(
        {
            "annee": target.annee,
            "indicateur": target.indicateur,
            "texte": target.texte,
            "type": target.type,
            "valeur": target.valeur,
            "motif": target.motif,
            "auteur": target.auteur,
            "derogation": target.derogation,
        }
    )


def _load_file(project: Project, path: Path) -> EvaluationFile:
    problems: Problems = []
    node = load_yaml(path, project.name_of(path), problems)
    file = None if node is None else read_record(EvaluationFile, node, problems)
    if file is None or has_errors(problems):
        raise ProblemsError(in_file_order(problems))
    return file


def _evaluated(followed: FollowedStates, kind: EvaluationKind) -> tuple[LineState, ...]:
    years = find_evaluated_years(followed.in_force.header, kind)
    return tuple(state for state in followed.states.states if state.line.key.year in years)


def _is_objective(state: LineState) -> bool:
    return state.line.key.kind == "objectif"


def _render(
    root: Path, document: Contract, formats: Sequence[Format], stem: str
) -> tuple[dict[str, bytes], int | None]:
    """The printed formats, through the gates of contracts, and the pages of the PDF."""
    from contract_builder.render.products import PdfChoice, WordChoice, render_all

    word = WordChoice()
    used = [word.template] if "docx" in formats else []
    refuse_faulty_templates(root, used)
    choice = PdfChoice(standard="a-2a")
    try:
        rendered = render_all(root / "templates", document, formats, choice, word=word)
    except (InternalRenderError, TemplateError):
        refuse_faulty_templates(root, [*used, "contrat.typ", "contrat.html"])
        raise
    return {f"{stem}.{name}": rendered.files[name] for name in formats}, rendered.page_count


def _render_plots(facts: EvaluationFacts) -> bytes:
    plots = [
        (item.title, draw_trajectory(item, f"trajectoire-{rank}"))
        for rank, item in enumerate(report_trajectories(facts).values(), start=1)
    ]
    rows = [
        line_fields(facts.header, facts.reference, state)
        for state in facts.states
        if _is_objective(state)
    ]
    heading = f"{REPORT_TITLES[facts.file.genre]} : trajectoires"
    about = f"{facts.header.legal_name}, contrat {facts.header.code}."
    table = lines_table(rows, _FIELDS, "objectifs", "Objectifs, année par année")
    drawn = ("Cibles et valeurs", plots)
    return render_plots_page(heading, about, drawn, [table], facts.on)
