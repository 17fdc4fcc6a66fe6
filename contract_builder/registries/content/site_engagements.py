"""What FINESS says that sites are bound by: their CPOM, the label of local hospital.

Told once an import, for the establishments that it concerns, and never written in a profile: a
CPOM of a retirement home is another contract than the one being written, to be listed by whoever
knows it (CSP D6114-1), and the label is given by the agency.
"""

from dataclasses import dataclass, field
from datetime import date

from contract_builder.diagnostics import Problems, identity_problems
from contract_builder.model.french import counted, short_date
from contract_builder.registries.readers.finess_json import CPOM, LOCAL_HOSPITAL
from contract_builder.registries.rows import SiteEngagement, SiteRow


@dataclass(slots=True)
class SiteEngagements:
    """The open sites with an engagement that has not ended, by kind and legal entity."""

    sites: dict[str, dict[str, list[tuple[SiteRow, SiteEngagement]]]] = field(default_factory=dict)

    def add(self, row: SiteRow) -> None:
        """Keeps the engagements of an open site that run on the day of the extract."""
        if row.datefermeture is not None:
            return
        for engagement in row.engagements:
            ended, extracted = engagement.until, row.file.extracted_on
            if ended is None or extracted is None or ended >= extracted:
                entities = self.sites.setdefault(engagement.kind, {})
                entities.setdefault(row.nofinessej, []).append((row, engagement))

    def report(self, concerned: list[str], problems: Problems) -> None:
        """One note for each kind, about the legal entities ``concerned`` alone."""
        for kind, make_problem in (
            (CPOM, identity_problems.cpom_dans_finess),
            (LOCAL_HOSPITAL, identity_problems.label_de_proximite),
        ):
            found = self.sites.get(kind, {})
            told = [(finess, found[finess]) for finess in concerned if finess in found]
            if told:
                place = told[0][1][0][0].place
                problems.append(make_problem(place, [_describe(*item) for item in told]))


def _describe(finess: str, found: list[tuple[SiteRow, SiteEngagement]]) -> str:
    """« 991000019 (2 sites, depuis le 02/06/2009) »: sites once each, the oldest day of effect."""
    sites = len({row.nofinesset for row, _ in found})
    days: list[date] = [item.since for _, item in found if item.since is not None]
    since = f", depuis le {short_date(min(days))}" if days else ""
    return f"{finess} ({counted(sites, 'site')}{since})"
