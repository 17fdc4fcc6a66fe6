"""The trajectories of a contract, drawn: each numeric target with its values, year by year."""

from collections.abc import Iterator

from contract_builder.follow.trajectories import find_trajectories
from contract_builder.services.following import FollowedStates
from contract_builder.tables.trajectory import draw_trajectory


def draw_states(followed: FollowedStates) -> Iterator[tuple[str, str]]:
    """Title and SVG of each indicator that has a number for a target, in the contract's order."""
    found = find_trajectories(followed.states.states).values()
    for rank, item in enumerate(found, start=1):
        yield item.title, draw_trajectory(item, f"trajectoire-{rank}")
