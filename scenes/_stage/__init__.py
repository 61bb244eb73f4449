"""What every clip stands on: its parameters, steps with captions, title and key figure, and what it refuses."""
