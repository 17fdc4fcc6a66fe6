"""The environment that fills Word templates: what it compiled serves again, for the same text."""

import jinja2
import pytest

from contract_builder.render.docx.template_language import TemplateEnvironment


def test_a_text_is_compiled_once_and_filled_with_each_contract() -> None:
    environment = TemplateEnvironment(str)
    first = environment.from_string("code {{ code }}")
    again = environment.from_string("code {{ code }}")
    assert again is first
    assert [first.render(code="A1"), again.render(code="B2")] == ["code A1", "code B2"]
    assert environment.from_string("{{ code }}").render(code="A1") == "A1"


def test_a_text_with_names_of_its_own_is_not_taken_for_the_same() -> None:
    environment = TemplateEnvironment(str)
    named = [environment.from_string("{{ code }}", {"code": code}) for code in ("A1", "B2")]
    assert [template.render() for template in named] == ["A1", "B2"]


def test_a_text_that_is_refused_is_refused_each_time() -> None:
    environment = TemplateEnvironment(str)
    for _ in range(2):
        with pytest.raises(jinja2.TemplateSyntaxError, match="n’appelle pas de fonction"):
            environment.from_string("{{ range(9) }}")
