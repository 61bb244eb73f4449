"""The numbers behind the pictures (being written)."""
