"""The imported layer of one legal entity: its values, and where each comes from.

One file ``_imports/<FINESS EJ>.yaml`` beside the profiles, written by the tool alone. Its section
``origines`` maps paths to file, lines and day of extraction; a path speaks for all under it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from contract_builder.reading.tree import Tree, get_group, get_text, make_group
from contract_builder.reading.yaml_text import render_yaml
from contract_builder.registries.rows import RegistryRow

LAYER_ORIGINS = "origines"
# The order of the sections in the file; a section has one owner, the import that replaces it.
LAYER_SECTIONS = (
    "etablissement",
    "sites",
    "capacites",
    "urgences",
    "autorisations",
    "reconnaissances",
    "missions",
    "fiches",
    "financements",
    "cooperations",
)
_BETWEEN_FILES = " ; "
_HEADER = """\
# Données importées des registres pour l’entité juridique {finess}.
# Ne modifiez pas ce fichier : chaque import le réécrit. Pour corriger une valeur, écrivez-la dans
# le profil de l’établissement : elle l’emporte sur celle-ci. La section « origines » dit d’où vient
# chaque donnée.
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where imported values were read: files, each with its lines, and the day of extraction.

    ``doubt`` says what is still to be checked by a person.
    """

    sources: tuple[tuple[str, tuple[int, ...]], ...]
    extracted_on: date | None = None
    doubt: str = ""

    @classmethod
    def of_rows(
        cls, rows: Iterable[RegistryRow], extracted_on: date | None, doubt: str = ""
    ) -> "Origin":
        """The origin of values read from ``rows``.

        ``extracted_on`` stands in for files that do not say when their data were extracted.
        """
        lines: dict[str, set[int]] = {}
        dates: list[date] = []
        for row in rows:
            lines.setdefault(row.file.short_name, set()).add(row.line)
            if row.file.extracted_on is not None:
                dates.append(row.file.extracted_on)
        sources = tuple((name, tuple(sorted(found))) for name, found in lines.items())
        return cls(sources, max(dates, default=extracted_on), doubt)

    @property
    def file_text(self) -> str:
        """The names of the files, in order."""
        return _BETWEEN_FILES.join(name for name, _ in self.sources)

    @property
    def line_text(self) -> str:
        """The lines, as « 12, 40 »; those of the second file after a semicolon."""
        return _BETWEEN_FILES.join(
            ", ".join(str(line) for line in lines) for _, lines in self.sources
        )

    @property
    def text(self) -> str:
        """« finess.csv, ligne 12 »."""
        return f"{self.file_text}, ligne {self.line_text}"


@dataclass(frozen=True, slots=True)
class ImportLayer:
    """The values of a layer by section, and their origins by path."""

    values: Mapping[str, Tree] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)

    def origin_of(self, path: str) -> Origin | None:
        """The origin of the value at ``path``: that of the longest path that speaks for it."""
        while path:
            if path in self.origins:
                return self.origins[path]
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return None

    def with_section(
        self, section: str, value: Tree, origins: Mapping[str, Origin]
    ) -> "ImportLayer":
        """This layer with one section, and the origins of all that is under it, replaced."""
        values = {key: self.values[key] for key in self.values if key != section}
        if value:
            values[section] = value
        kept = {path: item for path, item in self.origins.items() if not _is_under(path, section)}
        ordered = {key: values[key] for key in LAYER_SECTIONS if key in values}
        return replace(self, values=ordered, origins={**kept, **origins})


def parse_layer(tree: Mapping[str, Tree]) -> ImportLayer:
    """The layer that a file holds; what another hand added under other keys is dropped."""
    values = {key: tree[key] for key in LAYER_SECTIONS if key in tree}
    return ImportLayer(values, dict(_read_origins(get_group(tree, LAYER_ORIGINS))))


def render_layer(layer: ImportLayer, finess: str) -> str:
    """The text of the file, header included: the same layer always gives the same text."""
    origins: dict[str, Tree] = {
        path: make_group(
            {
                "fichier": item.file_text,
                "lignes": item.line_text,
                "extrait_le": item.extracted_on,
                "a_verifier": item.doubt,
            }
        )
        for path, item in sorted(layer.origins.items(), key=_section_order)
    }
    body = render_yaml({**layer.values, LAYER_ORIGINS: origins})
    return f"{_HEADER.format(finess=finess)}{body}"


def _read_origins(group: Mapping[str, Tree]) -> Iterable[tuple[str, Origin]]:
    for path, item in group.items():
        if not isinstance(item, dict):
            continue
        names = get_text(item, "fichier").split(_BETWEEN_FILES)
        lines = [_read_lines(text) for text in get_text(item, "lignes").split(_BETWEEN_FILES)]
        day = get_text(item, "extrait_le")
        yield (
            path,
            Origin(
                tuple(zip(names, lines, strict=False)),
                date.fromisoformat(day) if day else None,
                get_text(item, "a_verifier"),
            ),
        )


def _read_lines(text: str) -> tuple[int, ...]:
    parts = (part.strip() for part in text.split(","))
    return tuple(int(part) for part in parts if part.isdecimal())


def _is_under(path: str, section: str) -> bool:
    return path == section or path.startswith((f"{section}.", f"{section}["))


def _section_order(item: tuple[str, Origin]) -> tuple[int, str]:
    path = item[0]
    return (
        next(
            (rank for rank, name in enumerate(LAYER_SECTIONS) if _is_under(path, name)),
            len(LAYER_SECTIONS),
        ),
        path,
    )
