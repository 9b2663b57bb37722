"""Files of rows: which columns a file has, where its rows come from, and how each format is written.

A table is columns and parts; a part is what stands behind FROM, with its parameters (`tables`). Every format asks the database
for one part after the other (`csvs`, `jsons`, `workbooks`, `parquets`), so memory holds one part, whatever the size.
"""
