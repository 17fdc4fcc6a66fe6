"""Where an article is cited, for a program."""

from contract_builder.services.as_json.citations import citing_data
from contract_builder.services.citing import CitingLocation, CitingVersion


def test_places_come_before_versions_each_with_how_it_cites() -> None:
    place = CitingLocation("clause", "objet", "2025-01-01", "corps/objet.md:3:1", "plage")
    version = CitingVersion("990000010@1", (("objet", "direct"), ("duree", "suivants")))
    assert citing_data("CSP R6123-9", [place], [version]) == {
        "reference": "CSP R6123-9",
        "lieux": [
            {"genre": "clause", "id": "objet", "version": "2025-01-01",
             "place": "corps/objet.md:3:1", "mode": "plage"},
        ],
        "versions": [
            {"reference": "990000010@1", "sections": ["objet", "duree"],
             "modes": ["direct", "suivants"]},
        ],
    }  # fmt: skip
