"""The policy of a page: nothing comes from elsewhere, nothing runs, its own styles are known."""

import base64
from hashlib import sha256

import pytest

from contract_builder.tables.content_policy import with_content_policy

PAGE = (
    '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><style>p { color: red; }\r\n'
    "</style></head><body>{body}</body></html>"
)


def hash_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


def test_a_style_sheet_is_allowed_by_its_hash_as_a_browser_reads_it() -> None:
    page = with_content_policy(PAGE)
    assert hash_of("p { color: red; }\n") in page
    assert "unsafe" not in page


def test_nothing_else_may_be_loaded_run_or_sent() -> None:
    page = with_content_policy(PAGE.replace("{body}", "<script>alert(1)</script>"))
    policy = page.split('content="')[1].split('"')[0]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules.keys() == {
        *("default-src", "style-src", "img-src", "font-src", "base-uri", "form-action"),
    }
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["img-src"] == rules["font-src"] == "data:"


def test_a_style_in_a_tag_is_allowed_by_its_own_hash() -> None:
    page = with_content_policy(PAGE.replace("{body}", '<p class="a" style="width: 5&#37;">x</p>'))
    assert "'unsafe-hashes'" in page
    assert hash_of("width: 5%") in page


def test_a_page_without_a_style_sheet_has_none() -> None:
    assert "style-src 'none';" in with_content_policy("<!DOCTYPE html><p>Texte</p>")


@pytest.mark.parametrize(
    ("page", "before"),
    [
        ('<!DOCTYPE html><head><meta charset="utf-8"><title>', '<meta charset="utf-8">'),
        ("<!DOCTYPE html><head><title>", "<head>"),
        ("<!doctype html><title>", "<!doctype html>"),
        ("<p>Texte", ""),
    ],
)
def test_the_policy_stands_before_all_that_it_is_about(page: str, before: str) -> None:
    above, _, _ = with_content_policy(page).partition("\n<meta http-equiv=")
    assert above == page[: page.index(before) + len(before)]
