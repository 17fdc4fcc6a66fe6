"""What was done with an establishment, for the tour that shows how it is done."""

from dataclasses import dataclass

from contract_builder.services.editing import list_states
from contract_builder.services.keeping import list_all_versions
from contract_builder.services.kept_returns import list_returns
from contract_builder.services.project import Project


@dataclass(frozen=True, slots=True)
class TourFacts:
    """What the store tells of an establishment.

    ``is_changed``: its profile was saved from the pages. ``reference`` names its last version,
    empty without one; ``is_sent`` when one went past « projet ». ``is_returned``: a file that came
    back is kept, of whatever version.
    """

    is_changed: bool
    reference: str
    is_sent: bool
    is_returned: bool


def find_tour_facts(project: Project, name: str, finess_ej: str) -> TourFacts:
    """The facts of the profile ``name``, whose legal entity is ``finess_ej``."""
    own = [v for v in list_all_versions(project) if v.reference.finess_ej == finess_ej]
    return TourFacts(
        bool(list_states(project, name)),
        str(own[-1].reference) if own else "",
        any(version.status != "projet" for version in own),
        bool(list_returns(project)),
    )
