"""A sentence that introduces an empty table goes with it."""

from contract_builder.assembly.introductions import NOTHING_BLOCK, drop_empty_introductions
from contract_builder.model.blocks import Field, Paragraph, SubHeading, Text


def says(*texts: str) -> Paragraph:
    return Paragraph(tuple(Text(text) for text in texts))


RULE = says("L’Établissement suit ses délais.")


def test_the_sentence_that_introduces_nothing_disappears() -> None:
    blocks = (RULE, says("Les engagements propres sont les suivants :"), NOTHING_BLOCK, RULE)
    assert drop_empty_introductions(blocks) == (RULE, RULE)


def test_the_sentences_before_it_in_its_paragraph_stay() -> None:
    introduced = says("En vertu de l’article L. 6114-1, il agit. Il souscrit ce qui suit :")
    assert drop_empty_introductions((introduced, NOTHING_BLOCK)) == (
        says("En vertu de l’article L. 6114-1, il agit."),
    )


def test_a_value_inside_the_sentence_goes_with_it() -> None:
    sentence = Paragraph((Text("Les sites de "), Field("k", "A. B"), Text(" sont :")))
    assert drop_empty_introductions((RULE, sentence, NOTHING_BLOCK)) == (RULE,)


def test_what_is_about_the_table_alone_says_that_there_is_none() -> None:
    heading = SubHeading((Text("Sites"),))
    sentence = says("Les sites sont les suivants :")
    assert drop_empty_introductions((sentence, NOTHING_BLOCK)) == (NOTHING_BLOCK,)
    assert drop_empty_introductions((RULE, heading, sentence, NOTHING_BLOCK)) == (
        RULE, heading, NOTHING_BLOCK
    )  # fmt: skip


def test_nothing_that_no_sentence_introduces_stays() -> None:
    assert drop_empty_introductions((RULE, NOTHING_BLOCK)) == (RULE, NOTHING_BLOCK)
