"""The prose of the delivered library reads as print does."""

import re

from contract_builder.model.library import Library

_STRAY_SPACE = re.compile(r"\w [.,](?=\s|$)", re.M)


def test_no_space_stands_before_a_full_stop_or_a_comma(real_library: Library) -> None:
    bodies = {
        clause.source.name: clause.body
        for versions in real_library.clauses.values()
        for clause in versions
    }
    bodies |= {
        fiche.source.name: fiche.body
        for catalogue in real_library.fiches.values()
        for fiche in catalogue.values()
    }
    assert len(bodies) > 100
    assert {name for name, body in bodies.items() if _STRAY_SPACE.search(body)} == set()
