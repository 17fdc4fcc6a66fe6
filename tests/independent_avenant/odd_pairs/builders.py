"""Contracts in a line: short names for what each pair of contracts is made of."""

from contract_builder.model.blocks import (
    Block,
    Cell,
    Column,
    ListBlock,
    Paragraph,
    Row,
    SubHeading,
    Table,
    Text,
)
from contract_builder.model.contract import Contract, Section
from tests.contract_samples import header

N = "\u00a0"
PAIRS: dict[str, tuple[Contract, Contract]] = {}


def P(text: str, role: str = "body") -> Paragraph:  # noqa: N802 – stands in each line of a table
    return Paragraph((Text(text),), "visa" if role == "visa" else "body")


def cl(
    number: str,
    title: str,
    *blocks: Block,
    name: str = "",
    children: tuple[Section, ...] | list[Section] = (),
) -> Section:
    return Section(
        name or f"c-{number or title}", "clause", title, number, number, blocks, tuple(children)
    )


def art(number: str, title: str, *children: Section, name: str = "") -> Section:
    return Section(
        name or f"art-{number}", "article", title, number, f"Article {number}", (), children
    )


def ann(
    number: str,
    title: str,
    *blocks: Block,
    children: tuple[Section, ...] | list[Section] = (),
    name: str = "",
) -> Section:
    return Section(
        name or f"ann-{number}",
        "annexe",
        title,
        number,
        f"Annexe {number}",
        blocks,
        tuple(children),
    )


def fiche(code: str, title: str, *blocks: Block) -> Section:
    return Section(code.lower().replace("_", "-"), "fiche", title, code, code, blocks)


def tab(key: str, caption: str, *rows: tuple[str, str, str], notes: tuple[str, ...] = ()) -> Table:
    columns = tuple(Column(title) for title in ("Ligne", "2025", "2026"))
    made = tuple(
        Row(f"r{n}", tuple(Cell((Text(text),)) for text in row)) for n, row in enumerate(rows)
    )
    return Table(key, caption, columns, made, tuple((Text(note),) for note in notes))


def con(*sections: Section) -> Contract:
    return Contract(header(status="signe"), sections)


def pair(name: str, old: Contract, new: Contract) -> None:
    PAIRS[name] = old, new


def one(*blocks: Block) -> Contract:
    article = art(
        "1",
        "Objet",
        cl("1.1", "Premier", P("Texte qui reste.")),
        cl("1.2", "Second", *blocks),
        cl("1.3", "Tiers", P("Reste aussi.")),
    )
    return con(article, ann("A1", "Annexe", P("Opposable.")))


def txt(name: str, old: str, new: str) -> None:
    pair(name, one(P(old)), one(P(new)))


L = " ".join(f"mot{rank}" for rank in range(200))


def T(*r: tuple[str, str, str], notes: tuple[str, ...] = ()) -> Table:  # noqa: N802
    return tab("t", "Échéancier", *r, notes=notes)


def U(*r: tuple[str, str, str]) -> Table:  # noqa: N802
    return tab("u", "", *r)


def built(groups: list[tuple[str, list[str]]]) -> Contract:
    return con(
        *[
            art(
                str(i),
                f"Titre {g}",
                *[
                    cl(
                        f"{i}.{j}",
                        f"Clause {k}",
                        P(f"Texte propre à la clause {k}, que nulle autre ne dit {k * 3}."),
                        name=f"k-{k}",
                    )
                    for j, k in enumerate(ks, 1)
                ],
                name=f"g-{g}",
            )
            for i, (g, ks) in enumerate(groups, 1)
        ],
        ann("A1", "Annexe", P("Opposable.")),
    )


def fi(codes: list[str], extra: str = "") -> Contract:
    return con(
        art("1", "Objet", cl("1.1", "Un", P("Un."))),
        ann(
            "A1",
            "Stratégique",
            P("Les fiches suivent."),
            children=[
                fiche(
                    c,
                    f"Titre {c}",
                    SubHeading((Text("Définition"),)),
                    P(f"Définition de {c}{extra}, propre à elle."),
                    tab(f"t{c}", "Cibles", ("A", "1", "2"), ("B", "3", "4")),
                )
                for c in codes
            ],
        ),
        ann("A2", "Suite", P("Suite.")),
    )


def anx(*t: str) -> Contract:
    return con(
        art("1", "Objet", cl("1.1", "Un", P("Un."))),
        *[ann(f"A{i}", x, P(f"Texte de l’annexe {x}."), name=f"x-{x}") for i, x in enumerate(t)],
    )


def an(*b: Block, children: list[Section] | tuple[Section, ...] = ()) -> Contract:
    return con(
        art("1", "Objet", cl("1.1", "Un", P("Un."))), ann("A1", "Plan", *b, children=children)
    )


def parts(*b: Block) -> Contract:
    return an(
        P("Chapeau."),
        children=[cl("", "Engagements", *b, name="p1"), cl("", "Durée", P("Cinq ans."), name="p2")],
    )


def vis(
    v: list[str],
    c: tuple[str, ...] = ("Considérant A ;",),
    p: tuple[str, ...] = ("L’agence, d’une part,", "et l’hôpital, d’autre part,"),
) -> Contract:
    return con(
        Section("parties", "parties", "Entre les soussignés", blocks=tuple(P(x) for x in p)),
        Section("visas", "visas", "Visas", blocks=tuple(P(x, "visa") for x in v)),
        Section("considerants", "considerants", "Considérants", blocks=tuple(P(x) for x in c)),
        art("1", "Objet", cl("1.1", "Un", P("Un."))),
    )


def nom(n: str, d: str = "1er juillet 2025") -> Contract:
    return con(
        Section(
            "parties",
            "parties",
            "Entre les soussignés",
            blocks=(P("L’agence,"), P(f"et {n}, ci-après l’Établissement,")),
        ),
        *[
            art(
                str(i),
                f"Titre {i}",
                cl(
                    f"{i}.1",
                    "Un",
                    P(
                        f"{n} s’engage à faire la chose {i} avant le {d}, "
                        f"puis {n} en rend compte, article {i}."
                    ),
                    P("Reste."),
                ),
            )
            for i in range(1, 11)
        ],
        ann("A1", "Annexe", P(f"Annexe de {n}."), T((n, "1", "2"), ("B", "1", "2"))),
    )


def li(*t: str) -> ListBlock:
    return ListBlock(tuple((P(x),) for x in t))
