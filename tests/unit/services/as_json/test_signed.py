"""What was found of a signed PDF is kept as JSON and read back the same."""

import json

from contract_builder.services.as_json.signed import parse_signed, signed_data
from tests.unit.services.signed_samples import SCAN, SIGNED


def test_what_is_read_back_is_what_was_kept() -> None:
    for findings in (SIGNED, SCAN):
        assert parse_signed(json.loads(json.dumps(signed_data(findings)))) == findings


def test_keys_stand_in_the_order_of_the_journal() -> None:
    data = signed_data(SIGNED)
    assert json.dumps(data) == json.dumps(data, sort_keys=True)
    assert (data["texte"], signed_data(SCAN)["texte"]) == ("conforme", "numérisé")
