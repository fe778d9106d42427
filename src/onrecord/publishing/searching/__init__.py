"""The search over the whole record as a form, a page, rows and a feed."""
