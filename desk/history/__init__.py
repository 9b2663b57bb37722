"""The history of records at the desk: read, compared, restored."""
