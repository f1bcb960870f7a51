"""Disclosure maps: a snapshot becomes a view, a view a drawing."""
