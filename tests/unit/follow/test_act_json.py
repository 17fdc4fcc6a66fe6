"""Acts as the store keeps them."""

from decimal import Decimal

import pytest

from contract_builder.follow.act_json import FollowFileError, parse_act, render_act
from contract_builder.model.follow_up import Evidence, FollowAct
from tests.followed_contracts import CONTRACT, declaration, validation

ACT = FollowAct(
    CONTRACT,
    "suivi-2025.xlsx",
    (
        declaration("RATE", "85", evidence=Evidence("bilan.pdf", "a" * 64, "page 3")),
        declaration("fir-1", "10", justified=Decimal("9.50"), comment="« reste » à venir"),
        validation("RATE", "84"),
    ),
)


def test_an_act_comes_back_as_it_was() -> None:
    assert parse_act(render_act(ACT)) == ACT
    assert render_act(ACT) == render_act(parse_act(render_act(ACT)))


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"schema":1}', b'{"schema":"x"}'])
def test_what_is_no_act_is_refused(data: bytes) -> None:
    with pytest.raises(FollowFileError):
        parse_act(data)


def test_an_act_of_a_later_version_is_refused_with_its_reason() -> None:
    later = render_act(ACT).replace(b'"schema":1', b'"schema":2')
    with pytest.raises(FollowFileError, match="version plus récente"):
        parse_act(later)
