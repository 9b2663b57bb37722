"""Import of cases from spreadsheets: one row, one arrest. `run.run_import` is the way in."""
