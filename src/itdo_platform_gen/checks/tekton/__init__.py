"""Rules for Tekton's documents, one a module.

What its webhooks refuse is `refused`, what they let through and a run then stumbles over is `fails`. The flags are
those that Tekton comes with: what an administrator has to turn on first is refused too.
"""

GROUPS: tuple[str, ...] = ("tekton.dev", "triggers.tekton.dev")
"""The API groups that documents have to be of for these rules to find something; none is any."""
