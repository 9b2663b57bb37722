"""The data dictionary: every record and field in plain words, written from the models themselves."""
