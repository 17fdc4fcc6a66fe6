"""Typst's memory between documents, kept flat in a process that makes many."""


def forget_typst_memory() -> None:
    """Makes Typst drop what the last five contracts did not use.

    Of each compilation it keeps what the next ten may need, 30 MB for a contract, and the texts
    that contracts share are among it. A compilation of next to nothing (3 ms) counts as one.
    """
    import typst

    typst.Compiler(b"x", ignore_system_fonts=True).compile(format="svg")
