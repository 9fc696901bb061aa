"""Rules for one Kubernetes document, one a module."""
