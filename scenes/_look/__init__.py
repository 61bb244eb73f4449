"""The shape of the picture, its colours, and pictures from files as numbers."""
