"""Two contracts → one edit script, and its views: changes, summary, JSON, HTML, XLSX, text.

``comparison.compare_contracts`` is the way in; ``script`` holds the structure that every view and
every writer of tracked changes or amendments walks.
"""
