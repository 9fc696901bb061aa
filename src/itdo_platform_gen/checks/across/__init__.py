"""Rules across documents, one a module."""
