"""The forms of a profile: filled in, checked as one types, saved, taken back."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contract_builder.errors import UserError
from contract_builder.reading.tree import Tree
from contract_builder.reading.tree_merging import iter_tree_differences, merge_trees
from contract_builder.services.editing import (
    ProfileChange,
    ProfileFile,
    StaleProfileError,
    find_kept_file,
    list_states,
    open_profile,
    restore_state,
    save_change,
    show_as_it_is,
)
from contract_builder.web.forms.editing import (
    bind_section,
    parse_section,
    try_form,
    without_ranks,
)
from contract_builder.web.forms.fields import label_path
from contract_builder.web.forms.pasting import paste_lines
from contract_builder.web.forms.posted import count_blank_lines, read_sent_text
from contract_builder.web.forms.sections import SECTIONS, FormSection, find_following, find_section
from contract_builder.web.pages.authorisations import AUTHORISATIONS_PAGE
from contract_builder.web.pages.completed_sections import FUNDING_PAGE, JOINED_FILES_PAGE
from contract_builder.web.pages.effects import NO_EFFECT, tell_effects
from contract_builder.web.pages.identity import IDENTITY_PAGE
from contract_builder.web.pages.live_check import tell_at_once
from contract_builder.web.pages.lookup import get_path, get_state
from contract_builder.web.pages.section_page import Asked, SectionPage, Told
from contract_builder.web.pages.targets import TARGETS_PAGE
from contract_builder.web.pages.value_sources import NO_SOURCES, find_sources
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_STALE = 409
_PAGES = {
    page.section.slug: page
    for page in (
        IDENTITY_PAGE,
        AUTHORISATIONS_PAGE,
        TARGETS_PAGE,
        JOINED_FILES_PAGE,
        FUNDING_PAGE,
    )
}


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PageRequest, name: str, slug: str) -> HttpResponse:
    """One section on the page made for it: shown, changed line by line, checked, saved."""
    section = find_section(slug)
    if section is None:
        raise Http404(slug)
    return _edit(request, name, _PAGES.get(slug) or SectionPage(section))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_lines(request: PageRequest, name: str, slug: str) -> HttpResponse:
    """One section with every key of the profile, line by line."""
    section = find_section(slug)
    if section is None:
        raise Http404(slug)
    return _edit(request, name, SectionPage(section))


def _edit(request: PageRequest, name: str, page: SectionPage) -> HttpResponse:
    get_path(request, name)
    file = open_profile(request.hall.project, name)
    if request.method != "POST":
        return _show(request, page, file, file.tree)
    action = request.POST.get("_action", "verifier")
    if action == "direct":
        return tell_at_once(request, page, file)
    tree = _read_form(request, page, file)
    verb, _, key = action.partition(":")
    if verb in ("coller", "apercu"):
        return _paste(request, page, file, tree, Paste(key, is_preview=verb == "apercu"))
    if ":" in action:
        return _show(
            request,
            page,
            file,
            page.act(page.section, tree, action, request.POST),
            Showing(typed=True),
        )
    _tell_blank_lines(request)
    if action == "verifier":
        return _show(request, page, file, tree, Showing(typed=True))
    return _save(request, page, file, tree, action)


def _tell_blank_lines(request: PageRequest) -> None:
    """A line that was added and left blank is no line: that it goes is said."""
    blank = count_blank_lines(request.POST.lists())
    if blank == 1:
        messages.info(request, "Une ligne laissée vide n’est pas gardée.")
    elif blank:
        messages.info(request, f"{blank} lignes laissées vides ne sont pas gardées.")


def _read_form(request: PageRequest, page: SectionPage, file: ProfileFile) -> dict[str, Tree]:
    """What the file would say; of one that changed meanwhile, with what others made of it."""
    seen = request.POST.get("_vu", "")
    base = file
    if seen != file.sha256:
        with suppress(UserError):
            base = find_kept_file(request.hall.project, file.name, seen) or file
    tree = page.tidy(parse_section(page.section, request.POST, base))
    return tree if base is file else merge_trees(base.tree, tree, file.tree)


@dataclass(frozen=True, slots=True)
class Showing:
    """How a page is shown: with what was ``typed`` and not saved, and ``more`` for its template."""

    typed: bool = False
    status: int = 200
    more: Told = field(default_factory=dict)


_AS_IT_STANDS = Showing()


@dataclass(frozen=True, slots=True)
class Paste:
    """Rows pasted into the list ``key``: to be shown first, or added."""

    key: str
    is_preview: bool


def _paste(
    request: PageRequest, page: SectionPage, file: ProfileFile, tree: dict[str, Tree], paste: Paste
) -> HttpResponse:
    text = read_sent_text(request.POST.get(f"{paste.key}._coller", ""))
    pasted = paste_lines(page.section, tree, paste.key, text)
    if paste.is_preview and pasted.count:
        more = {"pasted": pasted, "pasted_text": text, "pasted_key": paste.key}
        return _show(request, page, file, tree, Showing(typed=True, more=more))
    told = f"{pasted.count} lignes ajoutées : relisez-les, puis enregistrez."
    if pasted.unknown:
        told += f" Colonnes laissées de côté : {', '.join(pasted.unknown)}."
    if pasted.count:
        messages.info(request, told)
    else:
        messages.warning(request, "Rien à coller : la première ligne doit nommer les colonnes.")
    return _show(request, page, file, pasted.tree, Showing(typed=True))


def _save(
    request: PageRequest,
    page: SectionPage,
    file: ProfileFile,
    tree: dict[str, Tree],
    action: str,
) -> HttpResponse:
    hall, section = request.hall, page.section
    seen = request.POST.get("_vu", "")
    change = ProfileChange(file.name, seen, tree, hall.now(), hall.actor, section.title)
    try:
        saved = save_change(hall.project, change)
    except StaleProfileError as stale:
        messages.error(request, str(stale))
        return _show(request, page, stale.current, tree, Showing(typed=True, status=_STALE))
    except UserError as refused:  # no room on the disk, no right to write, no store
        messages.error(request, error_text(refused))
        return _show(request, page, file, tree, Showing(typed=True, status=422))
    hall.states.refresh(file.name)
    if saved.sha256 == file.sha256:
        messages.info(request, "Rien n’a changé.")
    else:
        messages.success(request, f"« {section.title} » est enregistré.")
    following = find_following(section)
    if action == "suivante" and following is not None:
        return redirect("etablissement-section", name=file.name, slug=following.slug)
    return redirect(request.path)


def _show(
    request: PageRequest,
    page: SectionPage,
    file: ProfileFile,
    tree: Mapping[str, Tree],
    how: Showing = _AS_IT_STANDS,
) -> HttpResponse:
    typed, status = how.typed, how.status
    project, section = request.hall.project, page.section
    given = dict(tree)
    if typed:
        trial = try_form(project, file, given)
    else:
        trial = show_as_it_is(project, file.path, request.hall.prepared.prepare(file.path))
    profile = trial.prepared.profile
    years: tuple[int, ...] = ()
    if profile is not None:
        years = tuple(range(profile.contrat.date_effet.year, profile.contrat.last_day.year + 1))
    told: Told = {}
    sources = NO_SOURCES
    if profile is not None:
        told = page.tell(Asked(request, file, without_ranks(given), trial.prepared, profile))
        sources = find_sources(request, file, profile, section.keys, typed=typed)
    form = bind_section(section, page.pad(given, told), trial, sources.values, years)
    context = {
        **told,
        "form": form,
        "both": tuple(_compare(section, file, tree)) if status == _STALE else (),
        "inherited": sources.lines,
        "all_elsewhere": sources.all_elsewhere,
        "section": section,
        "sections": SECTIONS,
        "name": file.name,
        "legal_name": (profile.etablissement.raison_sociale if profile else "") or file.name,
        "seen": _seen(request, file, typed=typed, status=status),
        "typed": typed,
        "effects": tell_effects(request, file, section, trial) if typed else NO_EFFECT,
        "following": find_following(section),
        "has_states": _has_states(request, file),
    }
    if profile is not None:
        context |= page.lay(form, told)
    context |= how.more
    template = page.template if profile is not None else "web/section.html"
    return render(request, template, context, status=status)


def _seen(request: PageRequest, file: ProfileFile, *, typed: bool, status: int) -> str:
    """From which file the form is made: once both states were shown, the one that stands."""
    return request.POST.get("_vu", file.sha256) if typed and status != _STALE else file.sha256


def _compare(
    section: FormSection, file: ProfileFile, tree: Mapping[str, Tree]
) -> Iterator[tuple[str, str, str, str]]:
    """Where the form says something else than the file: path, label, the file's, the form's."""
    for key in section.keys:
        for found in iter_tree_differences(file.tree.get(key), tree.get(key), key):
            label = label_path(found.path)
            yield found.path, label, _shown(found.old), _shown(found.new)


def _shown(tree: Tree | None) -> str:
    if tree is None or isinstance(tree, str):
        return tree or ""
    parts = tree.values() if isinstance(tree, dict) else tree
    return " ; ".join(filter(None, map(_shown, parts)))


def _has_states(request: PageRequest, file: ProfileFile) -> bool:
    """False too when the store cannot be read: what was typed is shown all the same."""
    with suppress(UserError):
        return bool(list_states(request.hall.project, file.name))
    return False


@require_safe
def show_states(request: PageRequest, name: str) -> HttpResponse:
    """The kept states of a profile, the last first, each of which can be brought back."""
    legal_name = get_state(request, name).legal_name
    file = open_profile(request.hall.project, name)
    states = tuple(reversed(list_states(request.hall.project, name)))
    context = {"name": name, "legal_name": legal_name, "states": states, "file": file}
    return render(request, "web/etats.html", context)


@require_POST
def restore(request: PageRequest, name: str, sequence: int) -> HttpResponse:
    """Brings back a kept state, as a new one."""
    get_path(request, name)
    hall = request.hall
    note = f"état n° {sequence} repris"
    seen = request.POST.get("_vu", "")
    change = ProfileChange(name, seen, {}, hall.now(), hall.actor, note)
    try:
        restore_state(hall.project, sequence, change)
    except StaleProfileError as stale:
        messages.error(request, str(stale))
    else:
        messages.success(request, "L’état choisi est repris ; celui d’avant reste gardé.")
        hall.states.refresh(name)
    return redirect("etablissement-etats", name=name)
