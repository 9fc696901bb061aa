"""The codes of Tekton's overlay, told as rules are: what single fields have to be, which the compiled schemas find.

They are listed and explained together with the rules, and look at nothing themselves: `structure.py` says what
`schemas/overlay-tekton.yaml` finds, under the code that stands there.
"""

from __future__ import annotations

from itdo_platform_gen.checks.rule import Rule

_RUN = """\
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {{name: build, namespace: ci}}
spec:
  {how}
{more}"""
_TASK_RUN = """\
apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {{name: build, namespace: ci}}
spec: {{taskRef: {{name: build}}, {more}}}
"""
_LISTENER = """\
apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {{name: github, namespace: ci}}
spec:
  triggers:
    - {{name: {name}, triggerRef: push}}
"""
_REFERENCE = "pipelineRef: {name: build}"
_WORKSPACE = "  workspaces: [{{name: source, persistentVolumeClaim: {claim}}}]\n"

_RULES = (
    Rule(
        code="TKN010",
        title="names that become label values",
        effect="refused",
        reason="Tekton writes the name into a label, and takes it in the form of a label's value alone.",
        fix="use letters, digits, -, _ and ., at most 63, a letter or digit at both ends",
        good=_LISTENER.format(name="push"),
        bad=_LISTENER.format(name="push to main"),
    ),
    Rule(
        code="TKN012",
        title="one of a few values",
        effect="refused",
        reason="The field takes one of a few values, in exactly this spelling.",
        fix="write one of the values listed",
        good=_RUN.format(how=_REFERENCE, more="  status: PipelineRunPending\n"),
        bad=_RUN.format(how=_REFERENCE, more="  status: Pending\n"),
    ),
    Rule(
        code="TKN013",
        title="bounds of numbers",
        effect="refused",
        reason="The number, or the number of items, lies outside of what the field can hold.",
        fix="write a number within the bounds",
        good=_TASK_RUN.format(more="retries: 2"),
        bad=_TASK_RUN.format(more="retries: -1"),
    ),
    Rule(
        code="TKN014",
        title="what must not be missing",
        effect="refused",
        reason="Tekton's webhook refuses the object without this, although its OpenAPI does not say so.",
        fix="add what is missing",
        good=_RUN.format(how=_REFERENCE, more=_WORKSPACE.format(claim="{claimName: tree}")),
        bad=_RUN.format(how=_REFERENCE, more=_WORKSPACE.format(claim="{}")),
    ),
    Rule(
        code="TKN015",
        title="one of several fields",
        effect="refused",
        reason="The fields exclude each other, and most often one of them is needed.",
        fix="keep exactly one of the fields",
        good=_RUN.format(how=_REFERENCE, more=""),
        bad=_RUN.format(how="params: []", more=""),
    ),
    Rule(
        code="TKN017",
        title="durations, headers and other forms",
        effect="refused",
        reason="Tekton reads the text in the form of its field alone.",
        fix="write it in the form asked for",
        good=_TASK_RUN.format(more="timeout: 1h30m"),
        bad=_TASK_RUN.format(more="timeout: 90 minutes"),
    ),
)


def tekton_overlay_rules() -> tuple[Rule, ...]:
    """Give the codes of Tekton's overlay, in the form of rules that look at nothing themselves."""
    return _RULES
