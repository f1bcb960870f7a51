"""One function for each thing a person asks for; each owns its transaction."""
