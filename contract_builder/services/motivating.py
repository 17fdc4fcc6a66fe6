"""Why an avenant changes each article or annex: read from the profile, written into it.

The reasons stand under ``motifs_avenant`` of the profile, so that the avenant is drafted again with
them. Every function raises UserError with a French text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from contract_builder.reading.tree import Tree, get_group
from contract_builder.services.drafted_amendments import DraftedAmendment
from contract_builder.services.editing import (
    ProfileChange,
    ProfileFile,
    open_profile,
    save_change,
)
from contract_builder.services.project import Project

_KEY = "motifs_avenant"


@dataclass(frozen=True, slots=True)
class ArticleReason:
    """The reason of one article of an avenant; ``called`` is its key in the profile.

    ``given`` is what the establishment's own file says, ``shared`` what another layer says in its
    place when it says nothing.
    """

    called: str
    title: str
    given: str
    shared: str = ""


def list_reasons(
    project: Project, file: ProfileFile, draft: DraftedAmendment
) -> tuple[ArticleReason, ...]:
    """The reasons of the articles that need one, in the order of the avenant."""
    profile = project.find_profile(file.path, [])
    told = {} if profile is None else profile.motifs_avenant or {}
    own = _own(file)
    return tuple(
        ArticleReason(
            called,
            title,
            own.get(called, ""),
            "" if own.get(called) else told.get(called, ""),
        )
        for called, title in zip(draft.called, draft.articles, strict=True)
        if called
    )


def save_reasons(
    project: Project, reasons: Mapping[str, str], change: ProfileChange
) -> ProfileFile:
    """Writes reasons by what the profile calls each article; a blank one is taken out.

    The tree of ``change`` is not looked at; StaleProfileError as in ``editing``.
    """
    file = open_profile(project, change.name)
    given = {key: " ".join(text.split()) for key, text in reasons.items()}
    kept: dict[str, Tree] = {key: text for key, text in {**_own(file), **given}.items() if text}
    tree: dict[str, Tree] = {**file.tree, _KEY: kept}
    if not kept:
        del tree[_KEY]
    return save_change(project, replace(change, tree=tree))


def _own(file: ProfileFile) -> dict[str, str]:
    told = get_group(file.tree, _KEY)
    return {key: text for key, text in told.items() if isinstance(text, str)}
