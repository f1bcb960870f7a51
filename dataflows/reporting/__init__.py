"""Documents: templates, views and writers."""
