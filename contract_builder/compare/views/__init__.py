"""What people see of a comparison: page, summary, workbook."""
