"""The words of a page are never cut before « : » or within guillemets; the rest is as written."""

import pytest

from contract_builder.web.french_templates import bind_page


@pytest.mark.parametrize(
    ("source", "bound"),
    [
        ("<p>Votre choix : « oui » ?</p>", "<p>Votre choix\u00a0: «\u00a0oui\u00a0»\u00a0?</p>"),
        (
            "<h1>« {{ name }} » : {{ text }}</h1>",
            "<h1>«\u00a0{{ name }}\u00a0»\u00a0: {{ text }}</h1>",
        ),
        ("{% if a %}Fin{% endif %} ;", "{% if a %}Fin{% endif %}\u00a0;"),
        (
            '<b{% if a > b %} class="x"{% endif %}>Oui !</b>',
            '<b{% if a > b %} class="x"{% endif %}>Oui\u00a0!</b>',
        ),
    ],
)
def test_words_are_bound(source: str, bound: str) -> None:
    assert bind_page(source) == bound


@pytest.mark.parametrize(
    "source",
    [
        '{{ text|default:"a : b" }}',
        '{% include "x" with a="« b » : c" %}',
        '<input hx-trigger="input : load" placeholder="« a »">',
        "<code>accent = : « a »</code>",
        "<textarea>\n« a » : b</textarea>",
        "<p>12:30, a:b, http://x</p>",
        "{# note : a #}",
    ],
)
def test_what_is_not_a_word_of_the_page_is_as_written(source: str) -> None:
    assert bind_page(source) == source
