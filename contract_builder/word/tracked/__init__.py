"""Revisions of any Word file: listing them, and settling all or some of them.

``listing`` tells every revision, ``settling`` accepts and refuses; the other modules each hold what
one kind of mark asks for. Works on WordprocessingML alone and shares nothing with what writes
redlines. Rules and their sources: ECMA-376 Part 1, 17.13.5, and ADR 0023.
"""
