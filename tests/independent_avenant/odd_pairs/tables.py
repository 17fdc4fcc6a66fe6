"""Pairs that differ in tables and rows."""

from contract_builder.model.blocks import Cell, Column, LineBreak, Row, Table, Text
from tests.independent_avenant.odd_pairs.builders import N, P, T, U, one, pair, tab

# lignes


pair(
    "lignes pareilles",
    one(T(("K", "1", "2"), ("K", "3", "4"), ("K", "5", "6"))),
    one(T(("K", "1", "2"), ("K", "3", "9"), ("K", "5", "6"))),
)
pair(
    "lignes identiques",
    one(T(("K", "1", "2"), ("K", "1", "2"), ("L", "5", "6"))),
    one(T(("K", "1", "2"), ("K", "1", "3"), ("L", "5", "6"))),
)
pair(
    "première cellule vide",
    one(T(("A", "1", "2"), ("", "3", "4"), ("", "5", "6"))),
    one(T(("A", "1", "2"), ("", "3", "4"), ("", "5", "7"))),
)
pair(
    "première cellule vide, supprimée",
    one(T(("A", "1", "2"), ("", "3", "4"), ("", "5", "6"))),
    one(T(("A", "1", "2"), ("", "5", "6"))),
)
pair(
    "ligne après vide",
    one(T(("A", "1", "2"), ("", "3", "4"))),
    one(T(("A", "1", "2"), ("", "3", "4"), ("B", "5", "6"))),
)
pair(
    "ligne insérée entre vides",
    one(T(("", "1", "2"), ("", "3", "4"), ("", "5", "6"))),
    one(T(("", "1", "2"), ("N", "0", "0"), ("", "3", "4"), ("", "5", "6"))),
)


pair(
    "tableau sans titre",
    one(U(("A", "1", "2"), ("B", "3", "4"), ("C", "1", "1"))),
    one(U(("A", "1", "2"), ("B", "3", "5"), ("C", "1", "1"))),
)
pair(
    "deux tableaux sans titre",
    one(
        tab("u1", "", ("A", "1", "2"), ("B", "0", "0")),
        P("Entre."),
        tab("u2", "", ("A", "1", "2"), ("B", "0", "0")),
    ),
    one(
        tab("u1", "", ("A", "1", "2"), ("B", "0", "0")),
        P("Entre."),
        tab("u2", "", ("A", "1", "3"), ("B", "0", "0")),
    ),
)
pair(
    "deux tableaux même titre",
    one(
        tab("u1", "Cibles", ("A", "1", "2"), ("B", "0", "0")),
        P("Entre."),
        tab("u2", "Cibles", ("A", "1", "2"), ("B", "0", "0")),
    ),
    one(
        tab("u1", "Cibles", ("A", "1", "2"), ("B", "0", "0")),
        P("Entre."),
        tab("u2", "Cibles", ("A", "1", "3"), ("B", "0", "0")),
    ),
)
pair(
    "titré et sans titre",
    one(
        tab("u1", "Cibles", ("A", "1", "2"), ("B", "0", "0")),
        P("Entre."),
        tab("u2", "", ("A", "1", "2"), ("B", "0", "0")),
    ),
    one(
        tab("u1", "Cibles", ("A", "1", "2"), ("B", "0", "0")),
        P("Entre."),
        tab("u2", "", ("A", "1", "3"), ("B", "0", "0")),
    ),
)
pair(
    "tableau titre à guillemets",
    one(tab("u1", f"Crédits «{N}FIR{N}»", ("A", "1", "2"), ("B", "0", "0"))),
    one(tab("u1", f"Crédits «{N}FIR{N}»", ("A", "1", "3"), ("B", "0", "0"))),
)
pair(
    "ligne à guillemets",
    one(tab("u1", "T", (f"Plan «{N}Hiver{N}»", "1", "2"), ("B", "0", "0"), ("C", "0", "0"))),
    one(tab("u1", "T", (f"Plan «{N}Hiver{N}»", "1", "3"), ("B", "0", "0"), ("C", "0", "0"))),
)
pair(
    "tableau apparaît au milieu",
    one(P("Un."), P("Deux.")),
    one(P("Un."), T(("A", "1", "2")), P("Deux.")),
)
pair(
    "tableau apparaît au début",
    one(P("Un."), P("Deux.")),
    one(T(("A", "1", "2")), P("Un."), P("Deux.")),
)
pair(
    "tableau apparaît à la fin",
    one(P("Un."), P("Deux.")),
    one(P("Un."), P("Deux."), T(("A", "1", "2"), notes=("Note un.", "Note deux."))),
)
pair(
    "tableau sans titre apparaît",
    one(P("Un."), P("Deux.")),
    one(P("Un."), U(("A", "1", "2")), P("Deux.")),
)
pair(
    "tableau entre deux tableaux",
    one(P("Un."), T(("A", "1", "2")), tab("v", "V", ("A", "1", "2"))),
    one(
        P("Un."), T(("A", "1", "2")), tab("w", "W", ("A", "1", "2")), tab("v", "V", ("A", "1", "2"))
    ),
)
pair(
    "alinéa entre deux tableaux",
    one(P("Un."), T(("A", "1", "2")), tab("v", "V", ("A", "1", "2"))),
    one(P("Un."), T(("A", "1", "2")), P("Entre les deux."), tab("v", "V", ("A", "1", "2"))),
)
pair(
    "alinéa après tableau puis titre",
    one(P("Un."), T(("A", "1", "2"))),
    one(P("Un."), T(("A", "1", "2")), P("Après.")),
)
pair(
    "note change",
    one(T(("A", "1", "2"), ("B", "1", "2"), notes=("Note ancienne.", "Autre."))),
    one(T(("A", "1", "2"), ("B", "1", "2"), notes=("Note nouvelle.", "Autre."))),
)
pair(
    "note vient",
    one(T(("A", "1", "2"), ("B", "1", "2"))),
    one(T(("A", "1", "2"), ("B", "1", "2"), notes=("Note nouvelle.",))),
)
pair(
    "titre du tableau change",
    one(P("Un."), tab("t", "Ancien", ("A", "1", "2"), ("B", "3", "4"))),
    one(P("Un."), tab("t", "Nouveau", ("A", "1", "2"), ("B", "3", "4"))),
)
pair(
    "ligne de groupe",
    one(
        Table(
            "t",
            "T",
            (Column("A"), Column("B")),
            (
                Row("g", (Cell((Text("Groupe 1"),), 2),), "group"),
                Row("a", (Cell((Text("x"),)), Cell((Text("1"),)))),
                Row("b", (Cell((Text("y"),)), Cell((Text("1"),)))),
            ),
        )
    ),
    one(
        Table(
            "t",
            "T",
            (Column("A"), Column("B")),
            (
                Row("g", (Cell((Text("Groupe I"),), 2),), "group"),
                Row("a", (Cell((Text("x"),)), Cell((Text("1"),)))),
                Row("b", (Cell((Text("y"),)), Cell((Text("1"),)))),
            ),
        )
    ),
)
pair(
    "cellule à retour",
    one(
        Table(
            "t",
            "T",
            (Column("A"), Column("B")),
            (
                Row("a", (Cell((Text("x"), LineBreak(), Text("suite"))), Cell((Text("1"),)))),
                Row("b", (Cell((Text("y"),)), Cell((Text("1"),)))),
            ),
        )
    ),
    one(
        Table(
            "t",
            "T",
            (Column("A"), Column("B")),
            (
                Row("a", (Cell((Text("x"), LineBreak(), Text("suite"))), Cell((Text("2"),)))),
                Row("b", (Cell((Text("y"),)), Cell((Text("1"),)))),
            ),
        )
    ),
)
