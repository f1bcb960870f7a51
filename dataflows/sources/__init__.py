"""Import formats: a file becomes rows and problems."""
