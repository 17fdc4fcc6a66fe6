"""Pairs that differ in visas, parties, lists, and what changes everywhere."""

from contract_builder.model.blocks import CrossReference, Note, Paragraph, SubHeading, Text
from contract_builder.model.contract import Section
from tests.independent_avenant.odd_pairs.builders import (
    N,
    P,
    T,
    art,
    cl,
    con,
    li,
    nom,
    one,
    pair,
    vis,
)

# visas, considérants, parties
V = [f"Vu le texte numéro {i}{N};" for i in range(25)]
pair("visa change", vis(V), vis([*V[:3], f"Vu le texte numéro 3 bis{N};", *V[4:]]))
pair("visa ôté", vis(V), vis(V[:22] + V[23:]))
pair("visa ajouté", vis(V), vis([*V[:22], f"Vu autre chose{N};", *V[22:]]))
pair(
    "visa tout autre",
    vis(V),
    vis([*V[:2], f"Vu une ordonnance du 3 mai relative à la santé{N};", *V[3:]]),
)
pair("visas ajoutés fin", vis(V), vis([*V, "Vu un ;", "Vu deux ;"]))
pair("visas deux pour un", vis(V), vis([*V[:2], "Vu cent ;", "Vu mille ;", *V[3:]]))
pair("considérant", vis(V), vis(V, ("Considérant A ;", "Considérant B.")))
pair(
    "considérant change",
    vis(V, ("Considérant que A est vrai ;", "Considérant B.")),
    vis(V, ("Considérant que A est faux ;", "Considérant B.")),
)
pair("partie nom", vis(V), vis(V, p=("L’agence, d’une part,", "et la clinique, d’autre part,")))
pair(
    "partie de plus",
    vis(V),
    vis(
        V,
        p=(
            "L’agence, d’une part,",
            "et l’hôpital, d’autre part,",
            "et le département, en tant que tiers,",
        ),
    ),
)


# nom partout
pair(
    "nom partout", nom("le Centre hospitalier de Valmont"), nom("le Groupe hospitalier du Valmont")
)
pair("date partout", nom("le Centre", "1er juillet 2025"), nom("le Centre", "1er janvier 2026"))


# listes
pair(
    "item en plus",
    one(P("Il :"), li("fait un ;", "fait deux ;", "fait trois.")),
    one(P("Il :"), li("fait un ;", "fait et demi ;", "fait deux ;", "fait trois.")),
)
pair(
    "item fin",
    one(P("Il :"), li("fait un ;", "fait deux."), P("Fin.")),
    one(P("Il :"), li("fait un ;", "fait deux ;", "fait trois."), P("Fin.")),
)
pair(
    "item premier",
    one(P("Il :"), li("fait un ;", "fait deux."), P("Fin.")),
    one(P("Il :"), li("fait zéro ;", "fait un ;", "fait deux."), P("Fin.")),
)
pair(
    "liste vient",
    one(P("Il :"), P("Fin.")),
    one(P("Il :"), li("fait un ;", "fait deux."), P("Fin.")),
)
pair(
    "note encadrée",
    one(P("Un."), P("Deux.")),
    one(P("Un."), Note((P("Remarque encadrée."),)), P("Deux.")),
)
# titre
pair(
    "intitulé",
    con(art("1", "Ancien", cl("1.1", f"Titre «{N}vieux{N}»", P("Un.")))),
    con(art("1", "Nouveau", cl("1.1", f"Titre «{N}neuf{N}»", P("Un.")))),
)
pair(
    "clause sans titre vient",
    con(art("1", "A", cl("1.1", "T", P("Un."), children=[]))),
    con(
        art(
            "1",
            "A",
            cl(
                "1.1",
                "T",
                P("Un."),
                children=[cl("", "", P("Deux."), T(("A", "1", "2")), P("Trois."), name="s")],
            ),
        )
    ),
)
pair(
    "clause sans titre vient, tableau seul",
    con(art("1", "A", cl("1.1", "T", P("Un."), children=[]))),
    con(
        art("1", "A", cl("1.1", "T", P("Un."), children=[cl("", "", T(("A", "1", "2")), name="s")]))
    ),
)
pair(
    "clause sans titre avec intertitre",
    con(
        art(
            "1",
            "A",
            cl("1.1", "T", P("Un long texte qui reste et qui compte pour beaucoup."), children=[]),
        )
    ),
    con(
        art(
            "1",
            "A",
            cl(
                "1.1",
                "T",
                P("Un long texte qui reste et qui compte pour beaucoup."),
                children=[cl("", "", SubHeading((Text("Sous"),)), P("Deux."), name="s")],
            ),
        )
    ),
)
pair(
    "renvois",
    con(
        art(
            "1",
            "A",
            cl(
                "1.1",
                "T",
                Paragraph(
                    (
                        Text("Voir l’"),
                        CrossReference("c-1.2", "article 1.2"),
                        Text(" et le reste du texte."),
                    )
                ),
            ),
            cl("1.2", "U", P("U.")),
        )
    ),
    con(
        art(
            "1",
            "A",
            cl(
                "1.1",
                "T",
                Paragraph(
                    (
                        Text("Voir l’"),
                        CrossReference("c-1.2", "article 1.3"),
                        Text(" et la suite du texte."),
                    )
                ),
            ),
            Section(
                "neuf",
                "clause",
                "N",
                "1.2",
                "1.2",
                (Paragraph((Text("Cf. l’"), CrossReference("c-1.2", "article 1.3"))),),
            ),
            Section("c-1.2", "clause", "U", "1.3", "1.3", (P("U."),)),
        )
    ),
)
