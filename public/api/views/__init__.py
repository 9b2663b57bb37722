"""One class a resource: what it asks, what it answers."""
