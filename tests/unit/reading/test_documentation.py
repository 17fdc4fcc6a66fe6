"""The documentation as a piece of a page."""

from contract_builder.reading.documentation import render_documentation


def test_marks_become_elements_and_tags_stay_text() -> None:
    made = render_documentation("**Que faire.** `a` <b>x</b> ![i](https://exemple.fr/i.png)")
    assert "<strong>Que faire.</strong> <code>a</code> &lt;b&gt;x&lt;/b&gt;" in made
    assert "<img" not in made


def test_a_table_and_a_block_of_code_are_kept() -> None:
    made = render_documentation("| a | b |\n|---|---|\n| 1 | 2 |\n\n```text\n<x>\n```")
    assert "<td>2</td>" in made
    assert "&lt;x&gt;" in made
