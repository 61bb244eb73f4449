"""What is said and written, each sentence with its condition, and what stands in a cell. Imports no manim."""
