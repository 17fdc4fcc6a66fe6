"""Where an article is cited, as JSON."""

from collections.abc import Sequence
from typing import Any

from contract_builder.services.citing import CitingLocation, CitingVersion


def citing_data(
    reference: str, places: Sequence[CitingLocation], versions: Sequence[CitingVersion]
) -> dict[str, Any]:
    """The places of the library and the profiles, then the stored versions."""
    return {
        "reference": reference,
        "lieux": [
            {
                "genre": place.kind,
                "id": place.id,
                "version": place.version,
                "place": place.place,
                "mode": place.how,
            }
            for place in places
        ],
        "versions": [
            {
                "reference": version.reference,
                "sections": [section for section, _ in version.sections],
                "modes": [how for _, how in version.sections],
            }
            for version in versions
        ],
    }
