"""A district's own list of apps and vendors, in its own words: what is which, and what it says of our lists."""
