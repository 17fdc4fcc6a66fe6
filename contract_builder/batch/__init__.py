"""Many contracts at once: plan what is to build and why, build in parallel, resume, report.

``plan`` decides from hashes, ``work`` builds one contract in a worker, ``engines`` gives the
executor, ``run`` drives them, ``ledger`` remembers; ``report`` tells.
"""
