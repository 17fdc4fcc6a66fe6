"""A process that declares values one after the other and tells each once it is kept.

``python -m tests.follow_writer PROJECT NAME COUNT``, for the tests of writers at once and of kills.
"""

import sys
from pathlib import Path

from contract_builder.model.follow_up import FollowAct
from contract_builder.services.declaring import declare_entries
from contract_builder.services.project import Project
from tests.followed_contracts import AT, CONTRACT, declaration


def declare_values(folder: str, name: str, count: int) -> None:
    """Declares ``count`` values, each with a comment of its own."""
    with Project(Path(folder), {}) as project:
        for number in range(count):
            comment = f"{name}-{number}"
            act = FollowAct(CONTRACT, "saisie", (declaration("RATE", "80", comment=comment),))
            declare_entries(project, act, at=AT, actor=name)
            sys.stdout.write(f"{comment}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    declare_values(sys.argv[1], sys.argv[2], int(sys.argv[3]))
