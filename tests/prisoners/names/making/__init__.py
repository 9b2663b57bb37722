"""How the labelled pairs of names were put together; `python -m tests.prisoners.names.making` writes them anew."""
