"""Problems of YAML as a language: its syntax, and what of it our files do not have.

Same rules as ``file_problems``.
"""

from contract_builder.diagnostics import Diagnostic
from contract_builder.source import Place


def yaml_invalide(place: Place, reason: str) -> Diagnostic:
    """YAML syntax; ``reason`` says in French what the parser met, or nothing."""
    detail = f" : {reason}" if reason else ""
    return Diagnostic(
        "yaml-invalide",
        "erreur",
        f"La syntaxe YAML n’est pas valable ici{detail}.",
        place,
        "vérifiez l’alignement, les guillemets, et l’espace après « : » ; "
        "un texte qui contient « : » ou commence par un signe se met entre guillemets.",
    )


def yaml_trop_profond(place: Place) -> Diagnostic:
    """Nesting beyond what any of our files needs."""
    return Diagnostic(
        "yaml-trop-profond", "erreur", "Ce fichier imbrique trop de niveaux pour être lu.", place
    )


def alias_refuse(place: Place) -> Diagnostic:
    """YAML anchors and aliases."""
    return Diagnostic(
        "alias-refuse",
        "erreur",
        "Les renvois YAML (& et *) ne sont pas admis.",
        place,
        "recopiez la valeur, ou placez-la dans « _region.yaml » si elle est commune ; "
        "un texte qui commence par « & » ou « * » se met entre guillemets.",
    )


def etiquette_refusee(place: Place, tag: str) -> Diagnostic:
    """An explicit YAML tag."""
    return Diagnostic(
        "etiquette-refusee", "erreur", f"L’étiquette YAML « {tag} » n’est pas admise.", place
    )


def cle_composee(place: Place) -> Diagnostic:
    """A mapping key that is not a plain word."""
    return Diagnostic("cle-composee", "erreur", "Une clé doit être un simple mot.", place)


def cle_en_double(place: Place, key: str, first_line: int) -> Diagnostic:
    """The same key twice in one mapping."""
    return Diagnostic(
        "cle-en-double",
        "erreur",
        f"La clé « {key} » est déjà écrite à la ligne {first_line}.",
        place,
        "gardez une seule des deux valeurs.",
    )


def diese_colle(place: Place, rest: str, quoted: str) -> Diagnostic:
    """A « # » with text against it, after a value: YAML drops it and the rest of the line."""
    return Diagnostic(
        "diese-colle",
        "avertissement",
        f"« {rest} » est pris pour un commentaire : la fin de cette ligne n’est pas lue.",
        place,
        f"si elle fait partie du texte, mettez-le entre guillemets : « {quoted} » ; "
        "si c’est une remarque, laissez une espace après « # ».",
    )


def bloc_de_texte(place: Place, header: str) -> Diagnostic:
    """« >2 » as a value: YAML reads the head of a block of text, and no value."""
    return Diagnostic(
        "bloc-de-texte",
        "erreur",
        f"« {header} » annonce un bloc de texte, et n’est pas lu comme une valeur.",
        place,
        f'mettez la valeur entre guillemets : « "{header}" ».',
    )


def virgule_entre_accolades(place: Place, word: str, key: str, value: str) -> Diagnostic:
    """A word without « : » between braces: most often the end of a value that holds a comma.

    ``key`` and ``value`` are what stands before the comma, empty when nothing does.
    """
    if ":" in word:
        name, _, text = word.partition(":")
        meant = f"laissez une espace après « : » : « {name}: {text} »."
    elif value.replace(" ", "").isdecimal() and word.isdecimal():
        meant = f"écrivez le nombre avec un point : « {key}: {value.replace(' ', '')}.{word} »."
    elif value:
        meant = f'mettez le texte entre guillemets : « {key}: "{value}, {word}" ».'
    else:
        meant = f"écrivez « {word}: … », ou supprimez ce mot."
    return Diagnostic(
        "virgule-entre-accolades",
        "erreur",
        f"« {word} » n’a pas de valeur : entre accolades, la virgule sépare deux clés.",
        place,
        meant,
    )
