"""Rules for the app-config of Backstage, one a module.

What its loader, its strict schema or a backend that starts refuses is `refused`; what they let through and a portal
then stumbles over, or never reads, is `fails`. They hold for the packages that the schema is built from.
"""

from itdo_platform_gen.checks.group import APP_CONFIG

GROUPS: tuple[str, ...] = (APP_CONFIG,)
"""What stands for app-configs among the API groups of documents."""
