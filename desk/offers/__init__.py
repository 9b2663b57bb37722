"""Lines of pardons that name nobody yet, held against people who are new or were changed, and offered to editors."""
