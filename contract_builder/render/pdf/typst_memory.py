"""Typst's memory between documents, kept flat in a process that makes many."""

_COMPILATIONS = 8


def forget_documents() -> None:
    """Makes Typst drop what it kept of the documents before.

    It keeps the results of about ten compilations, 40 MB each for a contract, and drops those that
    none of the later ones used: so a few compilations of next to nothing (4 ms each) are run.
    """
    import typst

    for _ in range(_COMPILATIONS):
        typst.Compiler(b"x", ignore_system_fonts=True).compile(format="svg")
