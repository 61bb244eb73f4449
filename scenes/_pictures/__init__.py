"""What a still is made of: each composition of grids, sums, matrices and networks."""
