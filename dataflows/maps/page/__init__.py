"""The map of everyone as a page to search in: its facts, its rows on a day, and their picture."""
