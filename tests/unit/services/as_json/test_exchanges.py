"""What was sent and what was decided on what came back, for a program."""

from pathlib import Path

from contract_builder.services.as_json.exchanges import copies_data, dispatch_data, settled_data
from contract_builder.services.deciding import Settlement
from contract_builder.services.project import Project
from contract_builder.services.receiving import read_copies
from contract_builder.services.sending import SendRequest, prepare_profile_to_send, send
from tests.mini_project import PROFILE
from tests.unit.store.samples import ACTOR, START


def test_a_sending_is_its_receipt_with_the_paths_of_the_files(project: Project) -> None:
    departing = prepare_profile_to_send(project, project.root / PROFILE)
    dispatch = send(project, departing, SendRequest(START, ACTOR, "Direction générale"))
    data = dispatch_data(dispatch)
    assert data["chemins"] == [str(path) for path in dispatch.published.written]
    assert len(data) > 1


def test_decisions_stand_beside_what_was_read_back(project: Project) -> None:
    departing = prepare_profile_to_send(project, project.root / PROFILE)
    sent = send(project, departing, SendRequest(START, ACTOR, "Direction générale"))
    word = next(path for path in sent.published.written if path.suffix == ".docx")
    copies = read_copies(project, [word])
    done = Settlement((), "valmont", ("objet",), ("contrat.code",), (), {"accepter": 2})
    read = copies_data(copies)
    assert read["changes"] == []
    assert settled_data(copies, done, [Path("reponse.docx")]) == {
        **read,
        "decisions": {
            "profile": "valmont",
            "clauses": ["objet"],
            "values": ["contrat.code"],
            "counts": {"accepter": 2},
            "answers": ["reponse.docx"],
            "told": [],
        },
    }
