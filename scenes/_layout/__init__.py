"""Where things go: blocks in rows and columns with a size to be found. Knows no convolution."""
