"""Readers' pages: each takes the day and the address at the edge and hands both on."""
