"""Where an article of law is cited: in the library, in the profiles, in the stored versions.

Reads all three and writes nothing. UserError when the question cannot be answered.
"""

from dataclasses import dataclass

from contract_builder.diagnostics import Problems
from contract_builder.errors import UserError
from contract_builder.library.citations import CitationKind
from contract_builder.library.where_cited import find_places_citing, parse_article_reference
from contract_builder.services.cited_passages import find_passages
from contract_builder.services.project import Project
from contract_builder.services.stored_contracts import iter_stored_contracts


@dataclass(frozen=True, slots=True)
class CitingLocation:
    """One place that cites an article; ``how`` is direct, plage (range) or suivants."""

    kind: str
    id: str
    version: str
    place: str
    how: str


def find_citing_places(project: Project, text: str) -> tuple[tuple[str, str], list[CitingLocation]]:
    """The article that ``text`` names, and every clause, sheet and profile that cites it.

    UserError when the text does not name exactly one article with its code.
    """
    wanted = parse_article_reference(text)
    if wanted is None:
        raise UserError(
            f"« {text} » ne nomme pas un article et son code ; écrivez par exemple « CSP R6123-9 »."
        )
    library, _ = project.open_library()
    found = [
        CitingLocation(place.kind, place.id, place.version, str(place.place), place.how)
        for place in find_places_citing(library, *wanted)
    ]
    problems: Problems = []
    for path in project.profile_paths():
        profile = project.find_profile(path, problems)
        for mission in profile.missions if profile else ():
            if " ".join(wanted) in mission.references:
                place = str(mission.place_of("references"))
                found.append(CitingLocation("profil", path.stem, "", place, "direct"))
    return wanted, found


@dataclass(frozen=True, slots=True)
class CitingVersion:
    """A stored version that cites an article, and its sections, each with how it does.

    « direct » before « plage » before « suivants » where a section does in several ways.
    """

    reference: str
    sections: tuple[tuple[str, CitationKind], ...]


def find_citing_versions(
    project: Project, code: str, article: str
) -> tuple[tuple[CitingVersion, ...], tuple[str, ...]]:
    """The stored versions that cite an article; then, in French, those that cannot be read.

    Nothing without a store.
    """
    if not project.has_store():
        return (), ()
    found: list[CitingVersion] = []
    unread: list[str] = []
    store = project.get_store()
    for reference, contract in iter_stored_contracts(store, store.iter_references(), unread):
        sections: dict[str, CitationKind] = {}
        for passage in find_passages(contract, code, article):
            how = sections.get(passage.section, passage.how)
            sections[passage.section] = min(how, passage.how)
        if sections:
            found.append(CitingVersion(str(reference), tuple(sections.items())))
    return tuple(found), tuple(unread)
