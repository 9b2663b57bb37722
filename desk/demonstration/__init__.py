"""Demonstration data: the reference story with invented people, the same for the same seed."""
