"""Rules for the entities of Backstage's catalog, one a module.

What its processors and policies refuse is `refused`. What they take and what then leads nowhere `fails`: a reference to
an entity that is not there, where the documents have others of its kind and those are kept in one place, as groups,
users, systems and domains are; for kinds that many repositories bring it is advice.
"""

GROUPS: tuple[str, ...] = ("backstage.io", "scaffolder.backstage.io")
"""The API groups that documents have to be of for these rules to find something; none is any."""
