"""The changes of the page that are not words: header, money, objectives, targets, references.

By topic, in the order of the comparison; in a topic, what concerns one record stands together.
"""

from collections.abc import Iterable
from itertools import groupby

from contract_builder.compare.change import Change, Topic
from contract_builder.compare.labels import record_text, year_text
from contract_builder.compare.views.page_filters import Tag, change_tags
from contract_builder.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """A change as the page refers to it: its number, counted from 1, and where it is told."""

    number: int
    change: Change
    is_detail: bool = False

    @property
    def part(self) -> str:
        """Which part of a record changed: a year, else a column; empty for the whole record."""
        where = self.change.where
        return year_text(where.year) or where.column

    @property
    def tags(self) -> tuple[Tag, ...]:
        """What the filters look for."""
        return change_tags(self.change)


@dataclass(frozen=True, slots=True)
class DataRecord:
    """The changes of one record: a financing line, a sheet's targets, a reference.

    ``entry`` is the index of the section that prints it, None when none does.
    """

    title: str
    entry: int | None
    notices: tuple[Notice, ...]

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Those of its changes, each once."""
        return tuple(dict.fromkeys(tag for notice in self.notices for tag in notice.tags))


@dataclass(frozen=True, slots=True)
class DataTopic:
    """The records of one topic that changed."""

    topic: Topic
    records: tuple[DataRecord, ...]

    @property
    def count(self) -> int:
        """How many changes it tells."""
        return sum(len(record.notices) for record in self.records)

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Those of its changes, each once."""
        return tuple(dict.fromkeys(tag for record in self.records for tag in record.tags))


def build_data(notices: Iterable[Notice]) -> tuple[DataTopic, ...]:
    """The changes arranged by topic and record; neighbours alone are put together."""
    return tuple(
        DataTopic(topic, tuple(_build_records(members)))
        for topic, members in groupby(notices, key=lambda notice: notice.change.topic)
    )


def _build_records(notices: Iterable[Notice]) -> Iterable[DataRecord]:
    for title, members in groupby(notices, key=lambda notice: record_text(notice.change)):
        same = tuple(members)
        yield DataRecord(title, same[0].change.where.entry, same)
