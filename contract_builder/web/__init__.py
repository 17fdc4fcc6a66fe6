"""The web application: every page calls one service with a typed request and shows its answer.

No page holds a rule. ``serving`` starts it, ``routes`` is the one table of its addresses.
"""
