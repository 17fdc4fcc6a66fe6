"""The trajectories of a contract, drawn from what was said of it."""

from pathlib import Path

from contract_builder.model.follow_up import FollowAct
from contract_builder.services.declaring import declare_entries
from contract_builder.services.following import follow_contract
from contract_builder.services.plotting import draw_states
from tests.followed_contracts import AT, CONTRACT, ON, declaration, make_followed_project


def test_each_numeric_target_is_drawn_with_its_values(mini_project: Path) -> None:
    with make_followed_project(mini_project) as project:
        act = FollowAct(CONTRACT, "saisie", (declaration("RATE", "80"),))
        declare_entries(project, act, at=AT, actor="la cellule")
        plots = dict(draw_states(follow_contract(project, "990000010", ON)))
    assert list(plots) == ["RATE", "COUNT", "LESS", "GROWTH, gagné dans l’année", "THIRDS"]
    assert "2025 : cible 85 %, déclaré 80 %, non validé." in plots["RATE"]
    assert "2025 : cible 4, non déclaré." in plots["COUNT"]
