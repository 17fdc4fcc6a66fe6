"""Pairs that differ in words, quotations and alinéas."""

from tests.independent_avenant.odd_pairs.builders import L, N, P, one, pair, txt

# guillemets
txt(
    "guillemets dedans",
    f"Le Contrat, ci-après «{N}le contrat{N}», vaut pour cinq ans et pour tous les sites.",
    f"Le Contrat, ci-après «{N}le CPOM{N}», vaut pour cinq ans et pour tous les sites.",
)
txt(
    "guillemets ajoutés",
    "Le Contrat vaut pour cinq ans et pour tous les sites de la région entière.",
    f"Le «{N}Contrat{N}» vaut pour cinq ans et pour tous les sites de la région entière.",
)
txt(
    "guillemets anglais",
    "Le “Contrat” vaut pour cinq ans et pour tous.",
    "Le “Contrat” vaut pour six ans et pour tous.",
)
txt("fin guillemet", f"Il est dit «{N}oui{N}»", f"Il est dit «{N}oui{N}» et «{N}non{N}»")
pair(
    "alinéa entier à guillemets",
    one(P("Un."), P("Deux.")),
    one(P("Un."), P(f"«{N}Nouveau{N}» : ceci «{N}est{N}» tout autre chose."), P("Deux.")),
)
pair(
    "alinéa tout entre guillemets",
    one(P("Un."), P("Deux.")),
    one(P("Un."), P(f"«{N}Citation entière.{N}»"), P("Deux.")),
)
# 21+
many = [P(f"Alinéa numéro {i} du long article, qui dit ceci.") for i in range(1, 31)]
for i in (0, 19, 20, 24, 29):
    m = list(many)
    m[i] = P(f"Alinéa numéro {i + 1} du long article, qui dit cela.")
    pair(f"21+ change {i + 1}", one(*many), one(*m))
m = list(many)
m.insert(22, P("Tout neuf et différent."))
pair("21+ insert", one(*many), one(*m))
m = list(many)
del m[20:25]
pair("21+ delete plage", one(*many), one(*m))
m = list(many)
del m[20:]
pair("21+ delete fin", one(*many), one(*m))
# mots
txt(
    "occurrences 2",
    "Le directeur signe et le directeur transmet le contrat au greffe puis au comité.",
    "Le directeur signe et le président transmet le contrat au greffe puis au comité.",
)
txt(
    "occurrences chaque",
    "Le directeur signe puis le directeur transmet, et le directeur archive tout le dossier.",
    "Le président signe puis le président transmet, et le président archive tout le dossier.",
)
txt(
    "occurrence première",
    "oui et oui et oui et oui et oui et oui et oui",
    "non et oui et oui et oui et oui et oui et oui",
)
txt(
    "mots fin avant point",
    "Le rapport est remis chaque année.",
    "Le rapport est remis chaque année avant le 31 mars.",
)
txt(
    "mots fin point-virgule",
    "Le rapport est remis chaque année ;".replace(" ;", N + ";"),
    "Le rapport est remis chaque année avant le 31 mars ;".replace(" ;", N + ";"),
)
txt(
    "mots fin deux-points",
    "Le rapport comprend :".replace(" :", N + ":"),
    "Le rapport annuel comprend ce qui suit :".replace(" :", N + ":"),
)
txt(
    "apostrophes",
    "L’établissement s’engage à l’amélioration de l’accueil.",
    "L’établissement s’engage à l’évaluation de l’accueil.",
)
txt(
    "élision change",
    "L’établissement remet le rapport d’activité au comité.",
    "La clinique remet le rapport d’activité au comité.",
)
txt(
    "insécables",
    f"Le montant est de 1{N}234{N}567,89{N}€ par an, soit 12{N}% du total{N}; il est révisable.",
    f"Le montant est de 1{N}234{N}568,89{N}€ par an, soit 12{N}% du total{N}; il est révisable.",
)
txt(
    "taux",
    f"Le taux est de 12{N}% du total des produits de la section.",
    f"Le taux est de 15{N}% du total des produits de la section.",
)
txt(
    "date",
    "Le Contrat prend effet le 1er juillet 2025 et dure cinq ans.",
    "Le Contrat prend effet le 15 septembre 2025 et dure cinq ans.",
)
txt(
    "même date deux fois",
    "Du 1er juillet 2025 au 1er juillet 2025 inclus, il vaut.",
    "Du 1er juillet 2025 au 1er juillet 2026 inclus, il vaut.",
)
txt("long alinéa un mot", L + ".", L.replace("mot100", "autre") + ".")
txt(
    "long alinéa dix mots",
    L + ".",
    " ".join(w if int(w[3:]) % 20 else "neuf" + w for w in L.split()) + ".",
)
txt("ponctuation seule", "Il est ainsi, mais pas autrement.", "Il est ainsi ; mais pas autrement.")
txt(
    "parenthèse",
    "Le bilan (annuel) est remis au comité de suivi.",
    "Le bilan (annuel ou semestriel) est remis au comité de suivi.",
)
txt(
    "parenthèse ajoutée",
    "Le bilan est remis au comité de suivi.",
    "Le bilan (annuel) est remis au comité de suivi.",
)
txt(
    "trait d’union",
    "La clinique mont-joie remet son rapport au comité.",
    "La clinique mont-calme remet son rapport au comité.",
)
txt(
    "début inséré",
    "Le rapport est remis au comité de suivi.",
    "Chaque année, le rapport est remis au comité de suivi.",
)
txt(
    "début inséré deux",
    "Le rapport est remis au comité.",
    "En outre, Le rapport est remis au comité.",
)
txt(
    "mot sous-chaîne",
    "La santé et les santés de la patientèle.",
    "La santé et les santés de la population.",
)
txt(
    "sous-chaîne 2",
    "Un établissement, des établissements, un établissement.",
    "Un établissement, des établissements, une clinique.",
)
txt(
    "article de code",
    f"Vu l’article L.{N}6114-2 du code et l’article L.{N}6114-3.",
    f"Vu l’article L.{N}6114-2 du code et l’article L.{N}6114-4.",
)
txt(
    "article de code 1-1",
    f"Vu l’article L.{N}6114-1 du code et l’article L.{N}6114-1-2.",
    f"Vu l’article L.{N}6114-3 du code et l’article L.{N}6114-1-2.",
)
txt(
    "nombres collés",
    "Les lots 1, 11 et 111 sont livrés au comité.",
    "Les lots 2, 11 et 111 sont livrés au comité.",
)
txt(
    "décimal",
    "Le score est de 1,5 puis de 11,5 et de 1,55 points.",
    "Le score est de 1,6 puis de 11,5 et de 1,55 points.",
)
txt(
    "et/ou",
    "Le directeur et/ou le président signe le contrat.",
    "Le directeur ou le président signe le contrat.",
)
txt(
    "étoile",
    "Note * du tableau, avec un + et un (?) dedans.",
    "Note * du tableau, avec un - et un (?) dedans.",
)
txt(
    "casse",
    "La Partie signe le contrat avec la partie adverse.",
    "La partie signe le contrat avec la partie adverse.",
)
txt("accent", "Le contrat est signe par le directeur.", "Le contrat est signé par le directeur.")
txt("œ", "La mise en oeuvre du contrat est suivie.", "La mise en œuvre du contrat est suivie.")
txt("retour de ligne", "Ligne un", "Ligne un")
