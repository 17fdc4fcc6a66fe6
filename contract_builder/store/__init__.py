"""Every version of every contract, kept for ever: versions, their status, their files, a journal.

Called through ``opening.open_store``, which gives a ``Store`` of plain functions; Django's models
stand behind it and never leave this package. Nothing here is imported before it is needed: Django
takes 200 to 400 ms to start.
"""
