"""What services give, as JSON: the only place where a program's shape of it is written.

A module a subject. A value of one step alone has its shape in that step (``compare.data``,
``amend.amendment_json``, ``registries.plan_json``…), one of a batch in ``batch``: those are used
here, or by who asks. Keys are the interface's: they stay for ever.
"""
