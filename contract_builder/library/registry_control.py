"""The registry beside an extract of the code: what one of them says and the other denies.

The standing of an article is derived from all its versions in the extract, and only from them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from contract_builder.diagnostics import Diagnostic, Problems, library_problems
from contract_builder.library.law_versions import ExtractedVersion, LawExtract
from contract_builder.model.french import long_date
from contract_builder.model.reference import ReferenceFile, ReferenceVersion


@dataclass(frozen=True, slots=True)
class LawChange:
    """An article of the registry that changes after the day when it was last checked.

    ``is_end``: no version follows on the day ``since``. ``known``: the registry has that day.
    """

    article: str
    since: date
    checked: date
    is_end: bool
    known: bool


def find_changes_since_check(file: ReferenceFile, extract: LawExtract) -> tuple[LawChange, ...]:
    """What became of each article of ``file`` after its last ``verifie_le``, by day, then article.

    Future days that the extract announces are among them.
    """
    entries: dict[str, list[ReferenceVersion]] = {}
    for version in file.references:
        entries.setdefault(version.article, []).append(version)
    found = []
    for article, versions in entries.items():
        checked = max(version.verifie_le for version in versions)
        known = {version.depuis for version in versions}
        for since, is_end in _iter_days(extract.articles.get(article, ())):
            if since > checked:
                found.append(LawChange(article, since, checked, is_end, since in known))
    return tuple(sorted(found, key=lambda item: (item.since, item.article)))


def _iter_days(versions: Sequence[ExtractedVersion]) -> Iterator[tuple[date, bool]]:
    """The first day of each version, and the day after the last one that nothing follows."""
    starts = {version.start for version in versions}
    for version in versions:
        yield version.start, False
        if version.end is not None and version.end + timedelta(days=1) not in starts:
            yield version.end + timedelta(days=1), True


def control_registry(file: ReferenceFile, extract: LawExtract) -> Problems:
    """What the extract denies of the entries of ``file``, at the place of each value.

    As warnings: a version that starts on another day, a version that the registry lacks after the
    oldest that it knows, an end that another version denies, an end that is not written. As a
    note: an article in force for the registry and absent from the extract, which holds only
    those in force on its day.
    """
    entries: dict[str, list[ReferenceVersion]] = {}
    for version in file.references:
        entries.setdefault(version.article, []).append(version)
    return [
        problem
        for article, versions in entries.items()
        for problem in _control_article(
            f"{file.code} {article}",
            sorted(versions, key=lambda version: version.depuis),
            extract.articles.get(article),
            extract.on,
        )
    ]


def _control_article(
    name: str,
    entries: Sequence[ReferenceVersion],
    versions: Sequence[ExtractedVersion] | None,
    on: date,
) -> Iterator[Diagnostic]:
    """The problems of one article."""
    if versions is None:
        for entry in entries:
            if entry.statut == "en_vigueur" and entry.holds(on):
                yield library_problems.article_absent_de_l_extrait(
                    entry.place_of("article"), name, long_date(on)
                )
        return
    for entry in entries:
        if entry.statut == "abroge":
            yield from _control_abrogation(name, entry, versions)
        else:
            yield from _control_wording(name, entry, versions)
    known = {entry.depuis for entry in entries}
    for version in versions:
        if version.start > entries[0].depuis and version.start not in known:
            before = next(item for item in reversed(entries) if item.depuis < version.start)
            yield library_problems.registre_contredit(
                before.place_of("depuis"),
                name,
                f"une version commence le {long_date(version.start)}, que le registre n’a pas",
            )


def _control_abrogation(
    name: str, entry: ReferenceVersion, versions: Sequence[ExtractedVersion]
) -> Iterator[Diagnostic]:
    held = _find_held(versions, entry.depuis)
    if held is not None:
        yield library_problems.registre_contredit(
            entry.place_of("statut"),
            name,
            f"une version est en vigueur le {long_date(entry.depuis)}, jour où le registre abroge "
            "l’article",
        )


def _control_wording(
    name: str, entry: ReferenceVersion, versions: Sequence[ExtractedVersion]
) -> Iterator[Diagnostic]:
    held = _find_held(versions, entry.depuis)
    if held is None:
        yield library_problems.registre_contredit(
            entry.place_of("depuis"),
            name,
            f"aucune version n’est en vigueur le {long_date(entry.depuis)}",
        )
    elif held.start != entry.depuis:
        yield library_problems.registre_contredit(
            entry.place_of("depuis"),
            name,
            f"la version en vigueur ce jour-là commence le {long_date(held.start)}",
        )
    elif held.end is not None and entry.jusqu_au is None:
        yield library_problems.registre_contredit(
            entry.place_of("depuis"),
            name,
            f"cette version prend fin le {long_date(held.end)}, que le registre n’écrit pas",
        )
    elif entry.jusqu_au is not None and entry.jusqu_au != held.end:
        after = entry.jusqu_au + timedelta(days=1)
        end = "n’a pas de fin connue" if held.end is None else f"finit le {long_date(held.end)}"
        yield library_problems.registre_contredit(
            entry.place_of("jusqu_au"),
            name,
            f"cette version {end}, et le registre la remplace le {long_date(after)}",
        )


def _find_held(versions: Sequence[ExtractedVersion], on: date) -> ExtractedVersion | None:
    """The version in force on a day."""
    return next(
        (
            version
            for version in versions
            if version.start <= on and (version.end is None or on <= version.end)
        ),
        None,
    )
