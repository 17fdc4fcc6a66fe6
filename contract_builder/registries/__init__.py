"""Registries and spreadsheets → the imported layer of profiles, under what officers write.

``read_registry`` (``formats``) streams typed rows; ``plan_import`` (``plan``) turns them into
changes of the layer files ``profiles/_imports/<FINESS EJ>.yaml``; ``apply_plans`` (``apply``)
writes them together; ``report`` shows them. ``readers`` hold the words of each foreign format,
``content`` what they mean in a profile; ``templates`` makes the spreadsheets that officers fill,
and ``generator`` registries of establishments that do not exist.
"""
