"""The avenant as a document: what stands in it, in which order, and that the writers print it."""

from dataclasses import replace
from datetime import date

from contract_builder.amend.articles import (
    CONFORMITY_TITLE,
    WordedArticle,
    group_operations,
    word_articles,
)
from contract_builder.amend.document import (
    FIRST_AMENDING,
    AmendmentFacts,
    EarlierAmendment,
    assemble_document,
)
from contract_builder.amend.unit_names import name_units
from contract_builder.model.amendment import Operation, OperationPlace
from contract_builder.model.blocks import Gap, Paragraph, inline_text, iter_inlines
from contract_builder.model.contract import Contract, Section, Signatory
from contract_builder.render.docx import extract_document
from contract_builder.render.products import PdfChoice, render_all
from tests.contract_samples import paragraph
from tests.documents import TEMPLATES
from tests.unit.amend.operation_samples import make, old_contract

OLD = old_contract()
NAMES = name_units(OLD)
FACTS = AmendmentFacts(
    number=2,
    signed_on=date(2026, 3, 3),
    effective_on=date(2026, 4, 1),
    initial=replace(
        OLD.header, signatories=(Signatory("Agence", "Le directeur", date="30 juin 2025"),)
    ),
    earlier=(EarlierAmendment(1, date(2025, 12, 1)),),
    reasons={"a-5": "les crédits de 2026 sont notifiés."},
)
SECOND = OperationPlace("clause-6.1", "6.1", paragraph=2)
ROW = OperationPlace("a-5", "A5", table="Échéancier « FIR »", row="K", row_rank=1)
SHEET = Section(
    "cpom-os-2", "fiche", "Neuve", "CPOM_OS_2", "CPOM_OS_2", (paragraph("Texte de la fiche."),)
)
ANNEX = Section("a-9", "annexe", "Neuve", "A9", "Annexe A9", (paragraph("Texte de l’annexe."),))
AFTER_A8 = OperationPlace("a-8", "A8")
AFTER_SHEET = OperationPlace("cpom-ct-5", "CPOM_CT_5", "CPOM_CT_5")
FIRST = OperationPlace("clause-6.1", "6.1")
OPERATIONS = tuple(
    replace(operation, id=name)
    for name, operation in (
        ("4", make("insert_annex", AFTER_A8, side="after", content=(ANNEX,))),
        ("1", make("replace_words", SECOND, old="Deux", new="Dix")),
        ("2", make("insert_paragraphs", FIRST, side="end", new=("Fin.",))),
        ("3", make("replace_row", ROW, new=(("K", "9"),))),
        ("5", make("insert_sheet", AFTER_SHEET, side="after", content=(SHEET,))),
    )
)


def _articles(
    *operations: Operation, lawful: frozenset[str] = frozenset()
) -> tuple[WordedArticle, ...]:
    return word_articles(group_operations(operations, NAMES, lawful), NAMES, FIRST_AMENDING)


def _document(
    *operations: Operation, new: Contract = OLD, facts: AmendmentFacts = FACTS
) -> Contract:
    return assemble_document(new, _articles(*operations), NAMES, facts)


def _texts(section: Section) -> list[str]:
    return [inline_text(block.content) for block in section.blocks if isinstance(block, Paragraph)]


def test_articles_follow_the_order_of_the_contract_and_joined_parts_come_last() -> None:
    document = _document(*OPERATIONS)
    assert [section.heading.replace("\u00a0", " ") for section in document.sections] == [
        "Entre les soussignés",
        "Visas",
        "Exposé des motifs",
        "Article 1 – Objet",
        "Article 2 – Modification de l’article 6",
        "Article 3 – Modification de l’annexe A1",
        "Article 4 – Modification de l’annexe A5",
        "Article 5 – Ajout d’une annexe",
        "Article 6 – Prise d’effet",
        "Article 7 – Autres stipulations",
        "Signatures",
        "Annexe A9 – Neuve",
        "Fiches de l’annexe A1 jointes à l’avenant",
    ]
    assert document.sections[-1].children[0].heading == "CPOM_OS_2 – Neuve"


def test_several_operations_on_one_article_are_numbered_under_its_name() -> None:
    (article,) = _articles(OPERATIONS[1], OPERATIONS[2])
    assert [text.replace("\u00a0", " ") for text in _texts(article.section)] == [
        "L’article 6.1 est ainsi modifié :",
        "1° Au deuxième alinéa, le mot : « Deux » est remplacé par le mot : « Dix » ;",
        "2° Il est complété par un alinéa ainsi rédigé :",
        "« Fin. »",
    ]
    assert [item.article for item in article.group.operations] == ["2", "2"]
    assert article.group.operations[1].sentence.startswith("2°")


def test_what_only_follows_the_law_stands_apart_and_last() -> None:
    articles = _articles(*OPERATIONS, lawful=frozenset({"1"}))
    assert articles[-1].group.title == CONFORMITY_TITLE
    assert [item.id for item in articles[-1].group.operations] == ["1"]
    assert sorted(item.id for article in articles for item in article.group.operations) == [
        item.id for item in sorted(OPERATIONS, key=lambda item: item.id)
    ]


def test_the_visas_name_the_contract_and_its_earlier_avenants() -> None:
    visas = _document(*OPERATIONS).sections[1]
    assert [text.replace("\u00a0", " ") for text in _texts(visas)] == [
        "Vu le contrat pluriannuel d’objectifs et de moyens n° 990000011AA du 30 juin 2025, qui "
        "prend effet le 1er juillet 2025 et prend fin le 30 juin 2030 ;",
        "Vu l’avenant n° 1 du 1er décembre 2025 ;",
    ]


def test_a_reason_or_a_date_that_nobody_gave_is_a_marked_gap() -> None:
    facts = replace(FACTS, earlier=(EarlierAmendment(1),))
    document = _document(*OPERATIONS, facts=facts)
    gaps = {
        item.label.replace("\u00a0", " ")
        for section in document.iter_sections()
        for item in iter_inlines(section.blocks)
        if isinstance(item, Gap)
    }
    assert gaps == {
        "date de l’avenant n° 1",
        "motif de la modification de l’article 6",
        "motif de la modification de l’annexe A1",
        "motif de l’ajout d’une annexe",
    }
    assert "les crédits de 2026 sont notifiés." in "".join(_texts(document.sections[2]))


def test_a_called_party_signs_only_what_concerns_it() -> None:
    called = Signatory("Université (fictive)", "Le président", "université", "pour\u00a0: Rapport")
    header = replace(OLD.header, signatories=(*OLD.header.signatories, called))
    new = replace(OLD, header=header)
    assert called.organisation not in [
        signatory.organisation for signatory in _document(*OPERATIONS, new=new).header.signatories
    ]
    changed = make(
        "replace_words", OperationPlace("clause-6.2", "6.2", paragraph=1), old="A", new="B"
    )
    assert called.organisation in [
        signatory.organisation for signatory in _document(changed, new=new).header.signatories
    ]


def test_the_writers_print_it_and_their_gates_pass() -> None:
    wide = tuple(replace(section, landscape=section.id == "a-5") for section in OLD.sections)
    names = name_units(replace(OLD, sections=wide))
    articles = word_articles(group_operations(OPERATIONS, names), names, FIRST_AMENDING)
    document = assemble_document(OLD, articles, names, FACTS)
    assert [section.landscape for section in document.sections if section.kind == "article"] == [
        False, False, False, True, False, False, False,
    ]  # fmt: skip
    rendered = render_all(TEMPLATES, document, ("docx", "pdf", "html"), PdfChoice(standard="a-2a"))
    texts = extract_document(rendered.files["docx"]).contract
    assert any("est ainsi modifié" in text for text in texts)
