"""The forms of the sentences, one by one, as a lawyer would write them."""

import pytest

from contract_builder.amend.sentences import SentenceMaker
from contract_builder.amend.unit_names import name_units
from contract_builder.model.amendment import Operation, OperationPlace
from contract_builder.model.blocks import Paragraph, SubHeading, Table, inline_text, iter_blocks
from contract_builder.model.contract import Section
from tests.contract_samples import paragraph
from tests.unit.amend.operation_samples import make, old_contract, table

MAKER = SentenceMaker(name_units(old_contract()))
ARTICLE = OperationPlace("clause-6.1", "6.1")
SECOND = OperationPlace("clause-6.1", "6.1", paragraph=2)
RANGE = OperationPlace("clause-6.1", "6.1", paragraph=2, last_paragraph=4)
MONEY = OperationPlace("a-5", "A5", table="Échéancier « FIR »")
MONEY_ROW = OperationPlace("a-5", "A5", table="Échéancier « FIR »", row="K", row_rank=2)
UNTITLED = OperationPlace("clause-6.2", "6.2", table_rank=1)
SHEET = OperationPlace("cpom-ct-5", "CPOM_CT_5", "CPOM_CT_5")
ANNEX = OperationPlace("a-5", "A5")
ROW = (("K", "9"),)


def _section(number: str, title: str, label: str = "") -> Section:
    return Section("neuf", "clause", title, number, label or number, (paragraph("Texte."),))


def said(operation: Operation, *, inside: bool = False) -> str:
    """The sentence and its quotation, a line each, with ordinary spaces; a table is « T »."""
    blocks = MAKER.make(operation, inside=inside).blocks("", ".")
    lines = []
    for block in iter_blocks(blocks):
        if isinstance(block, Paragraph | SubHeading):
            lines.append(inline_text(block.content))
        elif isinstance(block, Table):
            lines.append("T")
    return "\n".join(lines).replace("\u00a0", " ")


CASES = (
    (
        make("replace_words", SECOND, old="deux mots", new="12 %"),
        "Au deuxième alinéa de l’article 6.1, les mots : « deux mots » sont remplacés par le "
        "taux : « 12 % ».",
    ),
    (
        make("replace_words", SECOND, old="1er juin 2025", new="30"),
        "Au deuxième alinéa de l’article 6.1, la date : « 1er juin 2025 » est remplacée par le "
        "nombre : « 30 ».",
    ),
    (
        make("insert_words", SECOND, side="after", old="mot", new="10 €"),
        "Au deuxième alinéa de l’article 6.1, après le mot : « mot », est inséré le montant : "
        "« 10 € ».",
    ),
    (
        make("insert_words", SECOND, side="before", old="le mot", new="et les autres"),
        "Au deuxième alinéa de l’article 6.1, avant les mots : « le mot », sont insérés les mots : "
        "« et les autres ».",
    ),
    (
        make("insert_words", SECOND, side="end", new="et la suite"),
        "Le deuxième alinéa de l’article 6.1 est complété par les mots : « et la suite ».",
    ),
    (
        make(
            "delete_words", OperationPlace("visas", "", paragraph=3, occurrence=-1), old="texte dit"
        ),
        "Au troisième visa, à la dernière occurrence, les mots : « texte dit » sont supprimés.",
    ),
    (
        make(
            "delete_words",
            OperationPlace("a-8", "A8", section="p-1", paragraph=1, occurrence="each"),
            old="X",
        ),
        "Au premier alinéa de la partie « Engagements » de l’annexe A8, à chaque occurrence, le "
        "mot : « X » est supprimé.",
    ),
    (
        make("replace_paragraph", SECOND, new=("Un « vrai » texte.",)),
        "Le deuxième alinéa de l’article 6.1 est remplacé par un alinéa ainsi rédigé :\n"
        "« Un “ vrai ” texte. »",
    ),
    (
        make("replace_paragraph", SECOND, new=("Un.", "Deux.")),
        "Le deuxième alinéa de l’article 6.1 est remplacé par deux alinéas ainsi rédigés :\n"
        "« Un.\n« Deux. »",
    ),
    (
        make("replace_paragraph", OperationPlace("visas", "", paragraph=3), new=("Vu X ;",)),
        "Le troisième visa est remplacé par le visa suivant :\n« Vu X ; »",
    ),
    (
        make("insert_paragraphs", SECOND, side="after", new=("Un.",)),
        "Après le deuxième alinéa de l’article 6.1, il est inséré un alinéa ainsi rédigé :\n"
        "« Un. »",
    ),
    (
        make("insert_paragraphs", ARTICLE, side="end", new=("Un.",)),
        "L’article 6.1 est complété par un alinéa ainsi rédigé :\n« Un. »",
    ),
    (
        make("insert_paragraphs", ANNEX, side="end", new=("Un.",)),
        "L’annexe A5 est complétée par un alinéa ainsi rédigé :\n« Un. »",
    ),
    (
        make("insert_paragraphs", ARTICLE, side="start", new=("Un.",)),
        "Au début de l’article 6.1, il est inséré un alinéa ainsi rédigé :\n« Un. »",
    ),
    (
        make("delete_paragraphs", SECOND),
        "Le deuxième alinéa de l’article 6.1 est supprimé.",
    ),
    (
        make(
            "delete_paragraphs", OperationPlace("clause-6.1", "6.1", paragraph=2, last_paragraph=4)
        ),
        "Les deuxième à quatrième alinéas de l’article 6.1 sont supprimés.",
    ),
    (
        make("delete_paragraphs", OperationPlace("considerants", "", paragraph=21)),
        "Le 21e considérant est supprimé.",
    ),
    (
        make("replace_section", ARTICLE, content=(_section("6.1", "Titre"),)),
        "L’article 6.1 est remplacé par les dispositions suivantes :\n« 6.1 – Titre\n« Texte. »",
    ),
    (
        make("insert_section", ARTICLE, side="after", content=(_section("6.1-1", "Titre"),)),
        "Après l’article 6.1, il est inséré un article 6.1-1 ainsi rédigé :\n"
        "« 6.1-1 – Titre\n« Texte. »",
    ),
    (
        make("insert_section", ARTICLE, side="before", content=(_section("6.1 A", "Titre"),)),
        "Avant l’article 6.1, il est inséré un article 6.1 A ainsi rédigé :\n"
        "« 6.1 A – Titre\n« Texte. »",
    ),
    (make("delete_section", ARTICLE), "L’article 6.1 est supprimé."),
    (
        make("move_section", ARTICLE, side="after", new="6.2-1 A"),
        "L’article 6.1 est déplacé après l’article 6.2-1 A et garde son numéro.",
    ),
    (
        make("replace_title", ARTICLE, new="Nouveau titre"),
        "L’intitulé de l’article 6.1 est remplacé par l’intitulé : « Nouveau titre ».",
    ),
    (
        make("replace_row", MONEY_ROW, new=ROW),
        "Dans le tableau « Échéancier “ FIR ” » de l’annexe A5, la deuxième ligne « K » est "
        "remplacée par la ligne suivante :\nT",
    ),
    (
        make("insert_rows", MONEY_ROW, side="after", new=(*ROW, *ROW)),
        "Dans le tableau « Échéancier “ FIR ” » de l’annexe A5, après la deuxième ligne « K », "
        "sont insérées les deux lignes suivantes :\nT",
    ),
    (
        make("insert_rows", UNTITLED, side="end", new=ROW),
        "Le premier tableau de l’article 6.2 est complété par la ligne suivante :\nT",
    ),
    (
        make("insert_rows", UNTITLED, side="start", new=ROW),
        "Au début du premier tableau de l’article 6.2, est insérée la ligne suivante :\nT",
    ),
    (
        make(
            "delete_row",
            OperationPlace("cpom-ct-5", "CPOM_CT_5", "CPOM_CT_5", table="Cibles", row="Catégorie"),
        ),
        "Dans le tableau « Cibles » de la fiche CPOM_CT_5 de l’annexe A1, la ligne « Catégorie » "
        "est supprimée.",
    ),
    (
        make("replace_table", MONEY, content=(table("n", "Autre", ("a", "b")),)),
        "Le tableau « Échéancier “ FIR ” » de l’annexe A5 est remplacé par le tableau suivant :\nT",
    ),
    (
        make(
            "insert_table",
            OperationPlace("clause-6.1", "6.1", paragraph=2, table="Autre"),
            side="after",
            content=(table("n", "Autre", ("a", "b")),),
        ),
        "Après le deuxième alinéa de l’article 6.1, il est inséré le tableau « Autre » suivant :\n"
        "T",
    ),
    (
        make("delete_table", MONEY),
        "Le tableau « Échéancier “ FIR ” » de l’annexe A5 est supprimé.",
    ),
    (
        make("replace_note", MONEY, new="Nouvelle note."),
        "La note du tableau « Échéancier “ FIR ” » de l’annexe A5 est remplacée par la note "
        "suivante :\n« Nouvelle note. »",
    ),
    (
        make("replace_sheet", SHEET, content=(_section("CPOM_CT_5", "T"),)),
        "La fiche CPOM_CT_5 de l’annexe A1 est remplacée par la fiche jointe au présent avenant.",
    ),
    (
        make("insert_sheet", SHEET, side="after", content=(_section("CPOM_OS_2", "T"),)),
        "Après la fiche CPOM_CT_5 de l’annexe A1, il est inséré la fiche CPOM_OS_2 jointe au "
        "présent avenant.",
    ),
    (make("delete_sheet", SHEET), "La fiche CPOM_CT_5 de l’annexe A1 est supprimée."),
    (
        make("replace_annex", ANNEX, content=(_section("A5", "T", "Annexe A5"),)),
        "L’annexe A5 est remplacée par l’annexe A5 jointe au présent avenant.",
    ),
    (
        make("insert_annex", ANNEX, side="after", content=(_section("A9", "T", "Annexe A9"),)),
        "Après l’annexe A5, il est inséré l’annexe A9 jointe au présent avenant.",
    ),
    (make("delete_annex", ANNEX), "L’annexe A5 est supprimée."),
)


@pytest.mark.parametrize(("operation", "sentence"), CASES)
def test_each_kind_has_its_form(operation: Operation, sentence: str) -> None:
    assert said(operation) == sentence


@pytest.mark.parametrize(
    ("operation", "sentence"),
    [
        (
            make("insert_paragraphs", ANNEX, side="end", new=("Un.",)),
            "Elle est complétée par un alinéa ainsi rédigé :\n« Un. »",
        ),
        (
            make("insert_paragraphs", OperationPlace("visas", ""), side="end", new=("Vu.",)),
            "Ils sont complétés par un visa ainsi rédigé :\n« Vu. »",
        ),
        (make("delete_paragraphs", SECOND), "Le deuxième alinéa est supprimé."),
        (
            make("replace_title", ARTICLE, new="T"),
            "L’intitulé est remplacé par l’intitulé : « T ».",
        ),
        (
            make("delete_row", MONEY_ROW),
            "Dans le tableau « Échéancier “ FIR ” », la deuxième ligne « K » est supprimée.",
        ),
    ],
)
def test_under_a_heading_the_unit_is_not_named_again(operation: Operation, sentence: str) -> None:
    assert said(operation, inside=True) == sentence


@pytest.mark.parametrize(
    "operation",
    [
        make("replace_words", ARTICLE, old="a", new="b"),
        make("replace_words", SECOND, old="a"),
        make("replace_row", MONEY, new=ROW),
        make("replace_row", OperationPlace("clause-6.1", "6.1", table="Absent", row="K"), new=ROW),
        make("insert_section", ARTICLE, side="after"),
        make("replace_table", MONEY),
    ],
)
def test_an_operation_that_lacks_what_its_kind_needs_has_no_sentence(operation: Operation) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        MAKER.make(operation)
