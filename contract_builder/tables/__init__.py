"""Tables that several reports use, as a workbook or as a page."""
