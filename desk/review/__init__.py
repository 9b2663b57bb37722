"""The review list: what waits for a second person, and how much of a person readers see."""
