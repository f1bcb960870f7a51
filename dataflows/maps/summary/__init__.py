"""One picture that says how much of what goes where, for a board or a page for families."""
