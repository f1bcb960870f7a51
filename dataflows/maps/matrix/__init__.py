"""The overview and the matrix: who gets what, in rows of parties and columns of elements."""
