"""Pardon intake: from a pasted list of names to releases that an editor has confirmed, line by line."""
