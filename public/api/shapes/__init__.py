"""What answers look like: every field by name, with what it says. Nothing else gets out (`description.closed`)."""
