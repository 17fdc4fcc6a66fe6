"""Where the values of a form come from: other layers, a registry, a negotiation, who typed them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.timezone import localtime

from contract_builder.model.french import long_date
from contract_builder.model.profile import Profile
from contract_builder.services.attributing import ValueAuthor
from contract_builder.services.editing import ProfileFile
from contract_builder.services.explaining import ValueOrigin, iter_overruled, iter_value_origins
from contract_builder.web.forms.bound import ValueSource, ValueSources
from contract_builder.web.forms.fields import shape_of_key
from contract_builder.web.forms.inherited import OWN_LAYER, InheritedLines, find_inherited
from contract_builder.web.forms.sections import SECTION_TITLES
from contract_builder.web.requests import PageRequest

_ELSEWHERE = "saisi hors de l’application"


@dataclass(frozen=True, slots=True)
class SectionSources:
    """Where the values of a section come from, and the lines of its lists that others give.

    ``all_elsewhere``: everything that its own file says was written with another program, which is
    told once and not at each value.
    """

    values: ValueSources
    lines: Mapping[str, InheritedLines]
    all_elsewhere: bool = False


NO_SOURCES = SectionSources({}, {})


def find_sources(
    request: PageRequest,
    file: ProfileFile,
    profile: Profile,
    keys: Sequence[str],
    *,
    typed: bool,
) -> SectionSources:
    """The sources of what a form shows under ``keys``.

    Of a form that was ``typed`` in and not saved, nothing is told of who typed, nor of lines: they
    may have moved.
    """
    project = request.hall.project
    origins = [
        value
        for value in iter_value_origins(project, profile, file.path)
        if value.path.partition(".")[0].partition("[")[0] in keys
    ]
    values = {
        value.path: ValueSource(value.text, value.registry or value.layer)
        for value in origins
        if value.layer != OWN_LAYER
    }
    for found in iter_overruled(project, profile, file.path):
        if not typed or found.field == found.path:
            values[found.field] = ValueSource(found.text, found.origin)
    lines = {key: find_inherited(shape_of_key(key), origins) for key in keys}
    inherited = {key: found for key, found in lines.items() if found}
    if typed:
        return SectionSources(values, inherited)
    authors = {
        path: author
        for path, author in request.hall.authors.list_authors(file).items()
        if path.partition(".")[0] in keys
    }
    said = _word_all(authors, origins)
    all_elsewhere = bool(said) and set(said.values()) == {_ELSEWHERE}
    if not all_elsewhere:
        for path, words in said.items():
            known = values.get(path, ValueSource())
            values[path] = ValueSource(known.below, known.origin, words)
    return SectionSources(values, inherited, all_elsewhere)


def _word_all(
    authors: Mapping[str, ValueAuthor], origins: Iterable[ValueOrigin]
) -> Mapping[str, str]:
    """What is said of each value of the file: negotiated, typed by somebody, or both."""
    said = {path: word_author(author) for path, author in authors.items()}
    for value in origins:
        if value.negotiation and value.field:
            typed = said.get(value.field, "")
            said[value.field] = " ; ".join(filter(None, (f"valeur {value.negotiation}", typed)))
    return said


def word_author(author: ValueAuthor) -> str:
    """« saisi par le chargé de mission, le 12 octobre 2026 »; what was done, when not in a form."""
    if author.at is None:
        return _ELSEWHERE
    when = long_date(localtime(author.at).date())
    if author.note in SECTION_TITLES:
        return f"saisi par {author.actor}, le {when}"
    done = f" ({author.note})" if author.note else ""
    return f"enregistré par {author.actor}, le {when}{done}"
