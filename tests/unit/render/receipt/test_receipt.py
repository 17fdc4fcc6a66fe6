"""A receipt as data and as a page: the same facts, nothing that could run but its own script."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from contract_builder.model.receipt import DispatchedFile, JournalLine, Receipt
from contract_builder.render.receipt import render_receipt_html, render_receipt_json
from tests.contract_samples import small_contract

FILES = (
    DispatchedFile("docx", "contrat.docx", 12, "a" * 64),
    DispatchedFile("pdf", "contrat.pdf", 34, "b" * 64),
)


def receipt(recipient: str = "Direction générale") -> Receipt:
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    line = JournalLine(7, "d" * 64)
    header = small_contract().header
    return Receipt("990000011@3", header, "c" * 64, 2, at, recipient, FILES, line)


def expected_of(page: str) -> dict[str, str]:
    found = re.search(r'data-attendus="([^"]*)"', page)
    assert found is not None
    known: dict[str, str] = json.loads(found[1].replace("&#34;", '"'))
    return known


def test_the_data_say_which_files_left_and_where_it_is_kept() -> None:
    data = json.loads(render_receipt_json(receipt()))
    assert data["version"] == "990000011@3"
    assert data["envoi"] == {
        "numero": 2,
        "le": "2026-03-02T09:30:00+00:00",
        "destinataire": "Direction générale",
        "avenant": None,
    }
    assert [(file["nom"], file["octets"]) for file in data["fichiers"]] == [
        ("contrat.docx", 12),
        ("contrat.pdf", 34),
    ]
    assert data["journal"] == {"ligne": 7, "sha256": "d" * 64}


def test_an_avenant_that_left_alone_is_named() -> None:
    alone = replace(receipt(), amendment=4)
    assert json.loads(render_receipt_json(alone))["envoi"]["avenant"] == 4
    assert "Avenant n°\u00a04 au contrat" in render_receipt_html(alone).decode()


def test_a_receipt_to_nobody_in_particular_says_so() -> None:
    assert json.loads(render_receipt_json(receipt("")))["envoi"]["destinataire"] is None
    assert "non précisé" in render_receipt_html(receipt("")).decode()


def test_the_page_knows_each_file_the_contract_and_the_data_of_the_receipt() -> None:
    known = expected_of(render_receipt_html(receipt()).decode())
    data = sha256(render_receipt_json(receipt())).hexdigest()
    assert set(known) == {"a" * 64, "b" * 64, "c" * 64, data}
    assert known["a" * 64] == "contrat.docx"


def test_a_recipient_is_never_markup() -> None:
    page = render_receipt_html(receipt('<script>alert("x")</script>')).decode()
    assert page.count("<script>") == 1
    assert "&lt;script&gt;" in page


def test_the_policy_lets_that_script_run_and_nothing_else() -> None:
    page = render_receipt_html(receipt()).decode()
    policy = page.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]
    assert re.search(r"script-src 'sha256-[\w+/=]{44}';", policy)
    assert "unsafe" not in policy
    assert "connect-src" not in policy
    assert policy.startswith("default-src 'none'")
