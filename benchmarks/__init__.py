"""How long the project's parts take."""
