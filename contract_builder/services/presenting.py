"""One text of the library with all that is known of it: versions, conditions, citations, problems.

Reads the library and writes nothing. What is shown of the law is what the registry says of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from contract_builder.assembly.condition_words import describe_condition
from contract_builder.compare.change import Word, make_words
from contract_builder.compare.inlines import edit_plain
from contract_builder.compare.numbering import Numbering
from contract_builder.compare.texts import blocks_text
from contract_builder.diagnostics import Diagnostic, in_file_order
from contract_builder.library.checks import check_library
from contract_builder.library.cited_texts import CitingText, iter_citing_texts
from contract_builder.library.in_force import find_first_day, find_last_day
from contract_builder.library.reference_checks import check_references_at
from contract_builder.library.registry import Registry, index_references, is_reference
from contract_builder.model.blocks import Block
from contract_builder.model.clause import Clause, SourceReference
from contract_builder.model.fiche import Fiche
from contract_builder.model.french import long_date
from contract_builder.model.library import Library
from contract_builder.model.reference import (
    STANDING_LABELS,
    ReferenceFile,
    ReferenceVersion,
    standing_at,
)
from contract_builder.services.browsing import list_titles, name_reference, read_with_titles
from contract_builder.services.checking import check_texts
from contract_builder.services.project import Project
from contract_builder.services.restricting import WORD_LABELS


@dataclass(frozen=True, slots=True)
class ArticleState:
    """An article that a text cites, and what the registry says of it on the day asked."""

    name: str
    words: str
    is_sound: bool


@dataclass(frozen=True, slots=True)
class CitingItem:
    """A clause version or a sheet that cites an article; ``where`` says which, in words."""

    kind: str
    id: str
    version: str
    title: str
    where: str


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """One version of an item: of a clause from its first day, of a sheet in its catalogue.

    ``blocks`` is the text with values under their names; ``text`` the same in plain words.
    ``sheet`` or ``reference`` is the record itself for these kinds. ``file`` is its path in the
    project, ``line`` where it starts.
    """

    name: str
    since: date | None
    until: date | None
    holds: bool
    blocks: tuple[Block, ...]
    text: str
    condition: str
    articles: tuple[ArticleState, ...]
    problems: tuple[Diagnostic, ...]
    source: str
    to_verify: str
    file: str
    line: int
    sheet: Fiche | None = None
    reference: ReferenceVersion | None = None

    @property
    def days(self) -> str:
        """« du 1er janvier 2018 au 19 novembre 2020 », « depuis le 20 novembre 2020 »."""
        if self.since is None:
            return "sans date"
        if self.until is None:
            return f"depuis le {long_date(self.since)}"
        return f"du {long_date(self.since)} au {long_date(self.until)}"


@dataclass(frozen=True, slots=True)
class LibraryItem:
    """A clause, a sheet or an article of law, with its versions, the oldest first.

    ``audience`` says in words for which contracts it is. ``cited_in`` are the texts that cite an
    article.
    """

    kind: str
    id: str
    title: str
    audience: str
    versions: tuple[ItemVersion, ...]
    cited_in: tuple[CitingItem, ...] = ()

    def find_version(self, name: str) -> ItemVersion | None:
        """The version of that name; None without one."""
        return next((version for version in self.versions if version.name == name), None)


class LibraryReview:
    """Every problem of the library on a day, worked out once for its files. May be shared."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = Lock()
        self._known: tuple[str, date, tuple[Diagnostic, ...]] | None = None

    def problems(self, on: date) -> tuple[Diagnostic, ...]:
        """What ``cpom check`` says of the library, and of the law that it cites on a day."""
        library, found = self._project.open_library()
        with self._lock:
            if self._known is None or self._known[:2] != (library.version, on):
                found += [*check_library(library), *check_texts(library)]
                found += check_references_at(library, on)
                self._known = (library.version, on, tuple(in_file_order(found)))
            return self._known[2]


def find_item(
    project: Project, kind: str, name: str, on: date, problems: Sequence[Diagnostic]
) -> LibraryItem | None:
    """A clause by its id, a sheet by its code, an article by « CODE ARTICLE »; None without one.

    ``on`` is the day whose law is told. ``problems`` are those of the library, of which each
    version bears its own.
    """
    library, _ = project.open_library()
    shower = _Presenter(library, on, problems)
    match kind:
        case "clause":
            return shower.find_clause(name)
        case "fiche":
            return shower.find_sheet(name)
        case "reference":
            return shower.find_reference(name)
        case _:
            return None


def list_citing_items(project: Project, on: date) -> Mapping[str, tuple[CitingItem, ...]]:
    """The texts that a contract of a day can hold, by each article that they cite."""
    library, _ = project.open_library()
    shower = _Presenter(library, on, ())
    found: dict[str, dict[CitingItem, None]] = {}
    for text in iter_citing_texts(library, on):
        item = shower.citing_item(text)
        for name in shower.iter_names(text):
            found.setdefault(name, {})[item] = None
    return {name: tuple(items) for name, items in found.items()}


def list_documents(project: Project) -> Mapping[str, str]:
    """The titles of the documents that texts come from, by identifier."""
    library, _ = project.open_library()
    return {name: document.intitule for name, document in library.documents.items()}


def compare_texts(old: str, new: str) -> tuple[Word, ...]:
    """What changes from one text to another, in words: equal, deleted, inserted."""
    return make_words(edit_plain(old, new, Numbering({}, {})))


def is_article_name(text: str) -> bool:
    """True for « CODE ARTICLE », known or not."""
    return is_reference(text)


class _Presenter:
    def __init__(self, library: Library, on: date, problems: Sequence[Diagnostic]) -> None:
        self._library = library
        self._on = on
        self._problems = problems
        self._titles = list_titles(library)
        self._registry = index_references(library)

    def find_clause(self, name: str) -> LibraryItem | None:
        versions = self._library.clauses.get(name, ())
        if not versions:
            return None
        cited = {text.version: text for text in self._iter_citing("clause", name)}
        kinds = [
            outline.nom_partie.lower()
            for outline in self._library.outlines.values()
            if any(name in entry.clauses for entry in outline.contenu)
        ]
        shown = tuple(self._clause_version(clause, cited) for clause in versions)
        title = versions[-1].header.titre or name
        return LibraryItem("clause", name, title, _audience(kinds), shown)

    def find_sheet(self, name: str) -> LibraryItem | None:
        found = [sheets[name] for sheets in self._library.fiches.values() if name in sheets]
        if not found:
            return None
        cited = {text.version: text for text in self._iter_citing("fiche", name)}
        campaigns = self._library.campaigns.values()
        kinds = [
            campaign.intitule
            for campaign in campaigns
            if any(campaign.fiches == sheet.catalogue for sheet in found)
        ]
        shown = tuple(self._sheet_version(sheet, cited) for sheet in found)
        audience = f"campagnes : {', '.join(kinds)}" if kinds else "aucune campagne ne la propose"
        return LibraryItem("fiche", name, found[-1].header.intitule, audience, shown)

    def find_reference(self, name: str) -> LibraryItem | None:
        code, _, article = name.partition(" ")
        found = [
            (file, version)
            for file in self._library.references
            for version in file.references
            if (file.code, version.article) == (code, article)
        ]
        if not found:
            return None
        found.sort(key=lambda pair: pair[1].depuis)
        shown = tuple(self._reference_version(file, version) for file, version in found)
        citing = tuple(
            self.citing_item(text)
            for text in iter_citing_texts(self._library)
            if name in _iter_names(text, self._registry)
        )
        title = found[-1][1].objet
        return LibraryItem("reference", name, title, found[0][0].intitule, shown, citing)

    def iter_names(self, text: CitingText) -> Iterator[str]:
        return _iter_names(text, self._registry)

    def citing_item(self, text: CitingText) -> CitingItem:
        if text.kind == "fiche":
            title = self._library.fiches[text.version][text.id].header.intitule
            return CitingItem(text.kind, text.id, text.version, title, f"fiche, {text.version}")
        title = self._titles.get(text.id) or text.id
        since = long_date(date.fromisoformat(text.version))
        return CitingItem(text.kind, text.id, text.version, title, f"clause, depuis le {since}")

    def _iter_citing(self, kind: str, name: str) -> Iterator[CitingText]:
        texts = iter_citing_texts(self._library)
        return (text for text in texts if (text.kind, text.id) == (kind, name))

    def _clause_version(self, clause: Clause, cited: Mapping[str, CitingText]) -> ItemVersion:
        header, version = clause.header, clause.header.en_vigueur_du.isoformat()
        blocks = read_with_titles(clause, self._titles)
        return ItemVersion(
            name=version,
            since=header.en_vigueur_du,
            until=header.en_vigueur_au,
            holds=clause.is_in_force(self._on),
            blocks=blocks,
            text=f"{header.titre}\n{blocks_text(blocks)}",
            condition=describe_condition(header.applicable_si, self._library, WORD_LABELS),
            articles=self._articles(cited.get(version)),
            problems=self._problems_of(clause.source.name),
            source=self._source(header.source),
            to_verify=header.a_verifier,
            file=clause.source.name,
            line=1,
        )

    def _sheet_version(self, sheet: Fiche, cited: Mapping[str, CitingText]) -> ItemVersion:
        header = sheet.header
        blocks = read_with_titles(sheet, self._titles)
        return ItemVersion(
            name=sheet.catalogue,
            since=find_first_day(self._library, sheet.catalogue, None),
            until=find_last_day(self._library, sheet.catalogue),
            holds=find_first_day(self._library, sheet.catalogue, self._on) is not None,
            blocks=blocks,
            text="\n".join([header.intitule, *header.objectifs, blocks_text(blocks)]),
            condition=describe_condition(header.applicable_si, self._library, WORD_LABELS),
            articles=self._articles(cited.get(sheet.catalogue)),
            problems=self._problems_of(sheet.source.name),
            source=self._source(header.source),
            to_verify="",
            file=sheet.source.name,
            line=1,
            sheet=sheet,
        )

    def _reference_version(self, file: ReferenceFile, version: ReferenceVersion) -> ItemVersion:
        place = version.place
        lines = sorted(item.place.line for item in file.references)
        after = next((line for line in lines if line > place.line), place.line + 1000)
        own = [
            problem
            for problem in self._problems_of(place.file)
            if place.line <= problem.place.line < after
        ]
        return ItemVersion(
            name=version.depuis.isoformat(),
            since=version.depuis,
            until=version.jusqu_au,
            holds=version.holds(self._on),
            blocks=(),
            text=version.objet,
            condition="",
            articles=(),
            problems=tuple(own),
            source=version.source,
            to_verify=version.a_verifier,
            file=place.file,
            line=place.line,
            reference=version,
        )

    def _articles(self, text: CitingText | None) -> tuple[ArticleState, ...]:
        names = dict.fromkeys(() if text is None else _iter_names(text, self._registry))
        return tuple(map(self._article, names))

    def _article(self, name: str) -> ArticleState:
        code, _, article = name.partition(" ")
        standing = standing_at(self._registry.versions.get((code, article), ()), self._on)
        is_sound = standing == "en_vigueur"
        return ArticleState(name, STANDING_LABELS[standing], is_sound)

    def _problems_of(self, file: str) -> tuple[Diagnostic, ...]:
        return tuple(problem for problem in self._problems if problem.place.file == file)

    def _source(self, source: SourceReference | None) -> str:
        if source is None:
            return ""
        document = self._library.documents.get(source.document)
        title = document.intitule if document else source.document
        lines = source.lignes
        return f"{title}, {'lignes ' if lines[:1].isdecimal() else ''}{lines}" if lines else title


def _iter_names(text: CitingText, registry: Registry) -> Iterator[str]:
    """The articles that a text declares or names, ranges included, in its order."""
    yield from (declared.text for declared in text.declared)
    for found in text.found:
        citation = found.citation
        if citation.code is None:
            continue
        if citation.kind == "direct":
            reached: Sequence[str] = registry.find_reached(citation)
        else:
            reached = registry.expand(citation)
        yield from (name_reference(citation.code, article) for article in reached)


def _audience(kinds: Sequence[str]) -> str:
    if not kinds:
        return "aucun contrat ne la contient"
    return f"contrats conclus avec : {', '.join(dict.fromkeys(kinds))}"
