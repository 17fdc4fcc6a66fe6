"""Every remedy has its words on the pages, and none of the command line's."""

from typing import get_args

import pytest

from contract_builder.errors import Remedy, RemedyAction, UserError
from contract_builder.web.remedies import SENTENCES, error_text


def test_every_remedy_is_worded():
    assert set(SENTENCES) == set(get_args(RemedyAction))


@pytest.mark.parametrize("action", get_args(RemedyAction))
def test_no_remedy_speaks_of_commands(action):
    told = error_text(UserError("Refusé.", Remedy(action, "détail")))
    assert told.startswith("Refusé. ")
    assert "--" not in told
    assert "cpom" not in told
