"""Rules for one Kubernetes document, one a module."""

GROUPS: tuple[str, ...] = ()
"""The API groups that documents have to be of for these rules to find something; none is any."""
