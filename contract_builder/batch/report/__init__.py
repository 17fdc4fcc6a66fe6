"""What a batch tells of a whole region: tables and plots, as a workbook, a page, data, archives.

``tables`` and ``figures`` say what; ``workbook``, ``page`` and ``machine`` write it; ``archives``
packs the documents by department; ``write`` puts all of it into the folder of products.
"""
