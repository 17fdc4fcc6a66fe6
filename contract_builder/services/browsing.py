"""Finding a text of the library by what it says: clauses, sheets, references of the law.

The index holds what people read, values under their French names, and is made again when the
library is another.
"""

from collections.abc import Iterable, Iterator, Mapping
from threading import Lock

from contract_builder.assembly.named_values import read_with_names
from contract_builder.compare.texts import blocks_text
from contract_builder.library.cited_texts import CitingText, iter_citing_texts, iter_printed_texts
from contract_builder.library.in_force import find_first_day, find_last_day
from contract_builder.library.registry import Registry, index_references
from contract_builder.library.text_index import (
    Excerpt,
    FoundText,
    Hint,
    SearchAnswer,
    SearchedKind,
    SearchedText,
    SearchRequest,
    TextIndex,
)
from contract_builder.model.blocks import Block
from contract_builder.model.clause import Clause
from contract_builder.model.fiche import Fiche
from contract_builder.model.library import Library
from contract_builder.reading.markdown import MarkdownText
from contract_builder.services.project import Project
from contract_builder.source import SourceFile

__all__ = [
    "Excerpt",
    "FoundText",
    "Hint",
    "LibrarySearch",
    "SearchAnswer",
    "SearchRequest",
    "SearchedKind",
    "list_audiences",
    "list_titles",
    "name_reference",
    "read_with_titles",
]


class LibrarySearch:
    """The search over a project's library; made when it is first asked. May be shared by threads.

    A library with broken files is searched without them.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = Lock()
        self._known: tuple[str, TextIndex] | None = None

    def search(self, asked: SearchRequest) -> SearchAnswer:
        """What the library, as its files are now, has for a request."""
        library, _ = self._project.open_library()
        with self._lock:
            if self._known is None or self._known[0] != library.version:
                registry = index_references(library)
                self._known = (library.version, TextIndex(_iter_texts(library, registry), registry))
            index = self._known[1]
        return index.search(asked)


def list_audiences(project: Project) -> Mapping[str, str]:
    """The kinds of contract, each with what the party that signs with the agency is called."""
    library, _ = project.open_library()
    return {outline.type: outline.nom_partie for outline in library.outlines.values()}


def list_titles(library: Library) -> Mapping[str, str]:
    """What each clause, and each part of a contract, is called, by its id."""
    titles = {name: versions[-1].header.titre for name, versions in library.clauses.items()}
    parts = (entry for outline in library.outlines.values() for entry in outline.contenu)
    return {**titles, **{entry.id: entry.titre for entry in parts}}


def name_reference(code: str, article: str) -> str:
    """« CSP L6114-1 »: the name of an article's own item."""
    return f"{code} {article}"


def read_with_titles(text: Clause | Fiche, titles: Mapping[str, str]) -> tuple[Block, ...]:
    """The text of a clause or sheet, values under their names; ``titles`` are ``list_titles``."""
    key = text.id if isinstance(text, Clause) else text.code
    return read_with_names(MarkdownText(text.source, text.body, text.body_line, key), titles, [])


def read_passage(text: str, titles: Mapping[str, str]) -> str:
    """A passage of a clause or sheet in one line, as it is read: values under their names."""
    source = SourceFile.of_text("", text)
    blocks = read_with_names(MarkdownText(source, text, 1, ""), titles, [])
    return " ".join(blocks_text(blocks).split()) or text


def read_new_text(
    library: Library, kind: str, name: str, texts: Mapping[str, str | None]
) -> tuple[Block, ...]:
    """A clause or sheet as ``read_with_titles``, of a library that was changed by these files.

    Of a clause that two files hold, the later version. Empty when none can be read.
    """
    clauses: Iterable[Clause | Fiche] = library.clauses.get(name, ()) if kind == "clause" else ()
    sheets = (sheets[name] for sheets in library.fiches.values() if name in sheets)
    found = (*clauses, *(sheets if kind == "fiche" else ()))
    written = [text for text in found if texts.get(text.source.name) is not None]
    return read_with_titles(written[-1], list_titles(library)) if written else ()


def _iter_texts(library: Library, registry: Registry) -> Iterator[SearchedText]:
    titles = list_titles(library)
    cited = {
        (text.kind, text.id, text.version): tuple(_iter_cited(text, registry))
        for text in iter_citing_texts(library)
    }
    audiences = _clause_audiences(library)
    for name, versions in library.clauses.items():
        for clause in versions:
            articles = cited["clause", name, clause.header.en_vigueur_du.isoformat()]
            yield _clause_text(clause, titles, articles, audiences.get(name, ()))
    for catalogue, sheets in library.fiches.items():
        for sheet in sheets.values():
            yield _sheet_text(library, sheet, titles, cited["fiche", sheet.code, catalogue])
    yield from _iter_references(library)


def _iter_cited(text: CitingText, registry: Registry) -> Iterator[str]:
    yield from (declared.text for declared in text.declared)
    for found in text.found:
        citation = found.citation
        code = citation.code or "?"
        yield from (name_reference(code, article) for article in (citation.article, citation.last))
        if citation.kind != "direct":
            yield from (name_reference(code, article) for article in registry.expand(citation))


def _clause_text(
    clause: Clause, titles: Mapping[str, str], articles: tuple[str, ...], kinds: tuple[str, ...]
) -> SearchedText:
    header = clause.header
    return SearchedText(
        kind="clause",
        id=clause.id,
        version=header.en_vigueur_du.isoformat(),
        title=header.titre,
        text=blocks_text(read_with_titles(clause, titles)),
        articles=articles,
        start=header.en_vigueur_du,
        end=header.en_vigueur_au,
        audiences=kinds,
    )


def _sheet_text(
    library: Library, sheet: Fiche, titles: Mapping[str, str], articles: tuple[str, ...]
) -> SearchedText:
    header = sheet.header
    printed = [text for _, text, _ in iter_printed_texts(header) if text != header.intitule]
    campaigns = (item for item in library.campaigns.values() if item.fiches == sheet.catalogue)
    return SearchedText(
        kind="fiche",
        id=sheet.code,
        version=sheet.catalogue,
        title=header.intitule,
        text="\n".join([*filter(None, printed), blocks_text(read_with_titles(sheet, titles))]),
        articles=articles,
        start=find_first_day(library, sheet.catalogue, None),
        end=find_last_day(library, sheet.catalogue),
        audiences=tuple(sorted({campaign.type for campaign in campaigns})),
    )


def _iter_references(library: Library) -> Iterator[SearchedText]:
    for file in library.references:
        for version in file.references:
            name = name_reference(file.code, version.article)
            yield SearchedText(
                kind="reference",
                id=name,
                version=version.depuis.isoformat(),
                title=version.objet,
                text="\n".join(filter(None, (file.intitule, version.modifie_par))),
                articles=(name,),
                start=version.depuis,
                end=version.jusqu_au,
            )


def _clause_audiences(library: Library) -> Mapping[str, tuple[str, ...]]:
    """The kinds of contract whose plan names a clause, by the clause's id."""
    kinds: dict[str, list[str]] = {}
    for outline in library.outlines.values():
        for entry in outline.contenu:
            for name in entry.clauses:
                if outline.type not in kinds.setdefault(name, []):
                    kinds[name].append(outline.type)
    return {name: tuple(found) for name, found in kinds.items()}
