"""How clips are made and finished."""
