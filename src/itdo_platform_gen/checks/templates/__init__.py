"""Rules for Backstage's software templates, one a module.

The catalog takes nearly any template. What then stops a task, or makes it do something else without a word, `fails`:
the scaffolder renders what it can, passes on as it stands what it cannot, and leaves out what is not there.
"""

GROUPS: tuple[str, ...] = ("scaffolder.backstage.io",)
"""The API groups that documents have to be of for these rules to find something; none is any."""
