"""Two words of a name written as one."""

from prisoners.names import tokens
from prisoners.names.tokens import Token


def together(first: Token, second: Token) -> Token | None:
    """The token of two neighbouring words as one; None where they are of different scripts, or initials."""
    if first.script != second.script or first.is_initial or second.is_initial:
        return None
    written = first.written + second.written
    if first.script == "Pnyn":
        return tokens.pinyin(first.marked + second.marked if first.marked and second.marked else written)
    return tokens.word(written, first.script) if first.script in ("Latn", "Arab", "Cyrl") else None
