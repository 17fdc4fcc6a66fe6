"""The avenant of one contract of a batch, made inside a worker.

From what the store says is in force, laid beside the documents by the batch, to what the profile
now says; nothing where nothing changed.
"""

import json
from pathlib import Path

from contract_builder.batch.earlier import hash_of
from contract_builder.batch.fingerprints import content_hash
from contract_builder.batch.summarising import summarise_amended
from contract_builder.batch.task import (
    AmendingPlan,
    Outcome,
    OutcomeStatus,
    Settings,
    Task,
    refused,
    tell_problems,
)
from contract_builder.diagnostics import has_errors, in_file_order
from contract_builder.errors import InternalError
from contract_builder.files.publish import amendment_prefix
from contract_builder.services.amendable import AmendableSide, side_of_contract
from contract_builder.services.drafted_amendments import (
    AmendingTerms,
    AmendmentSides,
    publish_amendment,
)
from contract_builder.services.in_force import open_amending_start
from contract_builder.services.kept_amendments import lay_wanted
from contract_builder.services.making import (
    BuildOptions,
    contract_folder,
    forget_documents,
    prepare,
)
from contract_builder.services.project import Project


def amend_task(settings: Settings, task: Task, project: Project) -> Outcome:
    """The avenant between what is in force and what the profile says, its files published.

    ProblemsError or UserError when there can be none. Drafts of an avenant that is not signed yet
    make room for this one; those of signed avenants stay.
    """
    plan, out = settings.amending, Path(settings.out)
    if plan is None:
        raise InternalError("a batch of contracts makes no avenant")
    prepared = prepare(project, Path(task.path))
    problems = in_file_order(prepared.problems)
    if prepared.assembly is None or prepared.profile is None or has_errors(problems):
        return refused(task, problems)
    contract, profile = prepared.assembly.contract, prepared.profile
    reasons, levels = profile.motifs_avenant or {}, profile.niveaux_avenant
    new = side_of_contract(contract, task.shown_path)
    wishes = json.dumps([dict(reasons), *map(repr, levels)], sort_keys=True)
    content = _content_of(settings, task, new, wishes)
    folder = out / contract_folder(contract)
    if plan.record:
        lay_wanted(folder, contract)
    told = tell_problems(problems)
    if content == task.previous_content and all((out / f).is_file() for f in task.previous_files):
        unchanged: OutcomeStatus = "inchange" if task.previous_files else "sans_objet"
        return Outcome(
            task.name, unchanged, task.inputs, content, task.previous_files, told, None, 0.0
        )
    old, lineage = open_amending_start(out / task.start)
    sides = AmendmentSides(old, new, lineage, reasons, levels)
    prefix = amendment_prefix(contract.header, lineage.next_number)
    drafts = [name for f in task.previous_files if (name := Path(f).name).startswith(prefix)]
    terms = _terms_of(plan, settings.options)
    draft = publish_amendment(Path(settings.root), sides, terms, folder, drafts)
    if "pdf" in settings.options.formats:
        forget_documents()
    files = tuple(path.relative_to(out).as_posix() for path in draft.files)
    summary = summarise_amended(profile, sides, draft)
    status: OutcomeStatus = "sans_objet" if draft.amendment is None else "produit"
    return Outcome(task.name, status, task.inputs, content, files, told, summary, 0.0)


def _content_of(settings: Settings, task: Task, new: AmendableSide, reasons: str) -> str:
    """What the avenant depends on: both contracts, what the store says, dates and reasons.

    It names the identity of the new contract, which the library's version is part of.
    """
    plan = settings.amending
    start = hash_of(Path(settings.out) / task.start)
    terms = "" if plan is None else plan.terms
    known = " ".join((new.identity, start, terms, reasons))
    return content_hash(known, Path(settings.root), settings.options)


def _terms_of(plan: AmendingPlan, options: BuildOptions) -> AmendingTerms:
    return AmendingTerms(
        plan.today,
        options.formats,
        signed_on=plan.signed_on,
        effective_on=plan.effective_on,
        pdf_standard=options.pdf_standard,
        track_changes=options.track_changes,
    )
