"""What changed between two moments of knowledge: a balance that adds up, and why each person moved.

A number as it was known first (the opening) becomes the number as it is known last (the closing) in two steps: what is known of
the opening's own day was corrected, and then time went on to the closing's day. Each step compares two sets of people, so that
opening + added − removed + entries − exits = closing, for at_least and for at_most, each by itself.
"""
