"""A template of the page may cost what a page needs; what would cost more is refused at once."""

import pytest

from contract_builder.errors import TemplateError
from contract_builder.render.html import render_html
from tests.contract_samples import small_contract

DOUBLE = "{% macro d(x) %}{{ x }}{{ x }}{% endmacro %}"


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{{ 'a' * 1000000000 }}", "« * » ne sert qu’entre deux nombres"),
        ("{% if 'a' * 1000000000 %}{% endif %}", "« * » ne sert qu’entre deux nombres"),
        ("{{ [1] * 1000000000 }}", "« * » ne sert qu’entre deux nombres"),
        ("{{ 9 ** 9 ** 9 }}", "« ** » ne sert qu’entre deux nombres"),
        ("{{ '%1000000000d' % 1 }}", "« % » ne sert qu’entre deux nombres"),
        ("{{ '{:>1000000000}'.format('a') }}", "format"),
        ("{{ 'a'.ljust(1000000000) }}", "ljust"),
        ("{{ 'a'.zfill(1000000000) }}", "zfill"),
        ("{{ 'a' | center(1000000000) }}", "center"),
        ("{{ 'a' | indent(1000000000) }}", "indent"),
        ("{{ [] | batch(1000000000, 'a') | list }}", "batch"),
        ("{{ 1 | round(-1000000000) }}", "round"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "s’appelle elle-même sans fin"),
        (
            "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}"
            "{{ m(60) }}",
            "ses boucles ou ses macros n’en finissent pas",
        ),
        (
            "{% set l = 'a b c d e f g h i j k l m n o p q r s t u v w x y z'.split() %}"
            + "{% for a in l %}" * 8
            + "{% endfor %}" * 8,
            "ses boucles ou ses macros n’en finissent pas",
        ),
        (
            DOUBLE + "{{ " + "d(" * 40 + "'aaaaaaaa'" + ")" * 40 + " }}",
            "il écrit démesurément",
        ),
        ("{% set a = 'aaaa' %}" + "{% set a = a ~ a %}" * 60, "il écrit démesurément"),
        ("{% set a = 'aaaa' %}" + "{% set a = a + a %}" * 60, "il écrit démesurément"),
        ("{% set a = [1, 2] %}" + "{% set a = a + a %}" * 60, "il écrit démesurément"),
        ("{% set a = 'aaaa' %}" + "{% set a = [a, a] | join %}" * 60, "il écrit démesurément"),
        ("{% set a = [[1], [1]] | sum(start=[]) %}", "sum"),
        (
            "{% set ns = namespace(x='aa') %}{% for c in 'a b c d e f g h i j k l m n'.split() %}"
            "{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
            "une boucle garde un texte ou une liste démesurés",
        ),
        ("{% for i in range(10) %}{% endfor %}", "range"),
        ("{% if x %}" * 300 + "{% endif %}" * 300, "contrat.html"),
        ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "contrat.html"),
        ("{{ ''.__class__ }}", "__class__"),
        ("{% include '/etc/passwd' %}", "contrat.html"),
        ("{{ 1 // 0 }}", "contrat.html"),
        ("{{ contract.absent.name }}", "absent"),
    ],
)
def test_a_template_that_would_cost_too_much_or_fails_is_refused_by_name(
    template: str, told: str
) -> None:
    with pytest.raises(TemplateError, match=r"contrat\.html") as caught:
        render_html(small_contract(), template)
    assert told in str(caught.value)


def test_what_pages_are_made_of_still_works() -> None:
    template = (
        "{% set ns = namespace(n=0) %}{% for w in 'a b'.split() %}{% set ns.n = ns.n + 2 %}"
        "{{ loop.index * 10 // 5 }}{{ w ~ '<' ~ w | upper }};{% endfor %}"
        "{{ ns.n }}{{ ['x', '<'] | join(', ') }}{{ [1, 2] | sum }}"
    )
    assert render_html(small_contract(), template).decode().endswith("2a&lt;A;4b&lt;B;4x, &lt;3")


def test_the_cost_of_one_page_is_not_counted_for_the_next() -> None:
    template = "{% for w in 'a b'.split() %}{{ w }}{% endfor %}"
    pages = {render_html(small_contract(), template) for _ in range(3)}
    assert len(pages) == 1
