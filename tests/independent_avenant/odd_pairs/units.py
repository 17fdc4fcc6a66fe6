"""Pairs that differ in articles, annexes, sheets and parts."""

from contract_builder.model.blocks import SubHeading, Text
from tests.independent_avenant.odd_pairs.builders import (
    P,
    T,
    an,
    anx,
    built,
    cl,
    fi,
    one,
    pair,
    parts,
)

# articles
B0 = built([("a", ["aa", "ab", "ac"]), ("b", ["ba", "bb"])])
pair("premier article du groupe", B0, built([("a", ["zz", "aa", "ab", "ac"]), ("b", ["ba", "bb"])]))
pair("deux premiers", B0, built([("a", ["zy", "zz", "aa", "ab", "ac"]), ("b", ["ba", "bb"])]))
pair("deux à la suite", B0, built([("a", ["aa", "zy", "zz", "ab", "ac"]), ("b", ["ba", "bb"])]))
pair("à la fin", B0, built([("a", ["aa", "ab", "ac", "zz"]), ("b", ["ba", "bb"])]))
pair(
    "groupe neuf au milieu",
    B0,
    built([("a", ["aa", "ab", "ac"]), ("n", ["na", "nb"]), ("b", ["ba", "bb"])]),
)
pair(
    "groupe neuf premier",
    B0,
    built([("n", ["na", "nb"]), ("a", ["aa", "ab", "ac"]), ("b", ["ba", "bb"])]),
)
pair(
    "groupe neuf dernier",
    B0,
    built([("a", ["aa", "ab", "ac"]), ("b", ["ba", "bb"]), ("n", ["na"])]),
)
pair("déplacé", B0, built([("a", ["ab", "ac", "aa"]), ("b", ["ba", "bb"])]))
pair("déplacé ailleurs", B0, built([("a", ["aa", "ac"]), ("b", ["ba", "ab", "bb"])]))
pair("inversé", B0, built([("b", ["ba", "bb"]), ("a", ["aa", "ab", "ac"])]))
pair("remplacé par autre id", B0, built([("a", ["aa", "xx", "ac"]), ("b", ["ba", "bb"])]))
pair("tous remplacés", B0, built([("a", ["xa", "xb", "xc"]), ("b", ["ba", "bb"])]))
pair("supprimé et inséré", B0, built([("a", ["ab", "ac", "zz"]), ("b", ["bb", "zy"])]))


# annexes et fiches
F0 = fi(["F_1", "F_2", "F_3"])
pair("fiche avant la première", F0, fi(["F_0", "F_1", "F_2", "F_3"]))
pair("deux fiches au milieu", F0, fi(["F_1", "F_8", "F_9", "F_2", "F_3"]))
pair("fiches interverties", F0, fi(["F_2", "F_1", "F_3"]))
pair(
    "toutes les fiches changent",
    F0,
    fi(
        ["F_1", "F_2", "F_3"], " tout à fait autrement dite, en beaucoup plus de mots qu’auparavant"
    ),
)
pair("fiche remplacée", F0, fi(["F_1", "F_7", "F_3"]))
pair("aucune fiche", F0, fi([]))


X0 = anx("p", "q", "r")
pair("annexe première", X0, anx("n", "p", "q", "r"))
pair("annexe milieu", X0, anx("p", "n", "q", "r"))
pair("annexe fin", X0, anx("p", "q", "r", "n"))
pair("annexes interverties", X0, anx("q", "p", "r"))
pair("annexe ôtée", X0, anx("p", "r"))
pair("deux annexes", X0, anx("p", "m", "n", "q", "r"))


pair(
    "annexe presque toute changée",
    an(*[P(f"Alinéa {i} ancien, dit ainsi.") for i in range(10)]),
    an(
        P("Alinéa 0 ancien, dit ainsi."),
        *[P(f"Chose nouvelle {i}, sans nul rapport aucun.") for i in range(12)],
    ),
)


pair(
    "partie, mot",
    parts(P("Premier engagement pris ici."), P("Second.")),
    parts(P("Premier engagement tenu ici."), P("Second.")),
)
pair(
    "partie, alinéa",
    parts(P("Premier."), P("Second.")),
    parts(P("Premier."), P("Neuf entre."), P("Second.")),
)
pair(
    "partie, alinéa fin",
    parts(P("Premier."), P("Second.")),
    parts(P("Premier."), P("Second."), P("Tiers.")),
)
pair(
    "partie, alinéa début",
    parts(P("Premier."), P("Second.")),
    parts(P("Avant tout."), P("Premier."), P("Second.")),
)
pair(
    "partie, tableau fin",
    parts(P("Premier."), P("Second.")),
    parts(P("Premier."), P("Second."), T(("A", "1", "2"))),
)
pair(
    "parties de même titre",
    an(
        P("C."),
        children=[
            cl("", "Suivi", P("Un mot ici."), name="p1"),
            cl("", "Suivi", P("Deux mots là."), name="p2"),
        ],
    ),
    an(
        P("C."),
        children=[
            cl("", "Suivi", P("Un mot ici."), name="p1"),
            cl("", "Suivi", P("Deux phrases là."), name="p2"),
        ],
    ),
)
pair(
    "partie vient",
    an(P("C."), children=[cl("", "Suivi", P("Un mot ici."), name="p1")]),
    an(
        P("C."),
        children=[
            cl("", "Suivi", P("Un mot ici."), name="p1"),
            cl("", "Fin", P("Fin."), T(("A", "1", "2")), name="p2"),
        ],
    ),
)
pair(
    "titre de partie change",
    an(
        P("C."),
        P("Long texte de l’annexe qui ne change pas du tout, et qui compte."),
        children=[cl("", "Suivi", P("Un mot ici."), name="p1")],
    ),
    an(
        P("C."),
        P("Long texte de l’annexe qui ne change pas du tout, et qui compte."),
        children=[cl("", "Suivi annuel", P("Un mot ici."), name="p1")],
    ),
)
pair(
    "intertitre change",
    one(
        P("Un long texte qui ne change pas."),
        SubHeading((Text("Ancien"),)),
        P("Suite longue qui ne change pas."),
    ),
    one(
        P("Un long texte qui ne change pas."),
        SubHeading((Text("Nouveau"),)),
        P("Suite longue qui ne change pas."),
    ),
)
