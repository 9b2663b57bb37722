"""What must never be published: tables of their own, encrypted field by field, for editors with a permission alone."""
