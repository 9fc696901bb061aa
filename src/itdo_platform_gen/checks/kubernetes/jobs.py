"""The fields of a Job agree with its completion mode and its restart policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.indexes import count_of_indexes
from itdo_platform_gen.checks.reading import at, items, mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_PLACES: dict[str, Path] = {"CronJob": ("spec", "jobTemplate", "spec"), "Job": ("spec",)}
_INDEXED_ONLY = ("backoffLimitPerIndex", "maxFailedIndexes", "successPolicy")
_MOST_INDEXED = 100_000
_MOST_OF_MANY = 10_000
_MOST_RULES = 20


def _find(document: Document, _: World) -> Iterator[Finding]:
    place = _PLACES[document.kind]
    spec = at(document.data, *place)
    if not is_builtin(document) or not isinstance(spec, dict):
        return
    for path, message in (*_indexed(spec, place), *_failures(spec), *_success(spec, place)):
        yield Finding(document, (*place, *path), message)
    for key in ("manualSelector", "selector"):
        if document.kind == "CronJob" and (spec.get(key) or spec.get(key) == {}):
            message = f"expected no {key} in a CronJob, got one"
            yield Finding(document, (*place, key), message, "leave it out: each Job gets one that fits")


def _indexed(spec: dict[str, object], place: Path) -> Iterator[tuple[Path, str]]:
    completions, parallelism = _completions(spec, place), spec.get("parallelism")
    if spec.get("completionMode") != "Indexed":
        for key in _INDEXED_ONLY:
            if spec.get(key) is not None:
                yield (key,), f"{key} needs completionMode: Indexed"
        return
    if completions is None:
        yield ("completions",), "completionMode: Indexed needs completions"
    if isinstance(parallelism, int) and parallelism > _MOST_INDEXED:
        yield ("parallelism",), f"expected at most {_MOST_INDEXED} for an indexed Job, got {parallelism}"
    per_index, failed = spec.get("backoffLimitPerIndex") is not None, spec.get("maxFailedIndexes")
    if failed is not None and not per_index:
        yield ("maxFailedIndexes",), "maxFailedIndexes needs backoffLimitPerIndex"
    if not isinstance(completions, int) or not per_index:
        return
    if isinstance(failed, int) and failed > completions:
        yield ("maxFailedIndexes",), f"expected at most completions ({completions}), got {failed}"
    if completions > _MOST_INDEXED:
        yield from _many(failed, parallelism)


def _completions(spec: dict[str, object], place: Path) -> object:
    """Give completions; the server fills in 1 for a Job without them and parallelism, but not inside a CronJob."""
    neither = spec.get("completions") is None and spec.get("parallelism") is None
    return 1 if neither and place == _PLACES["Job"] else spec.get("completions")


def _many(failed: object, parallelism: object) -> Iterator[tuple[Path, str]]:
    """Give what is wrong with a backoff limit for each of so many indexes that the server wants other limits too."""
    if failed is None:
        yield ("maxFailedIndexes",), f"expected maxFailedIndexes with more than {_MOST_INDEXED} completions, got none"
    for key, value in (("maxFailedIndexes", failed), ("parallelism", parallelism)):
        if isinstance(value, int) and value > _MOST_OF_MANY:
            yield (key,), f"expected at most {_MOST_OF_MANY} with more than {_MOST_INDEXED} completions, got {value}"


def _failures(spec: dict[str, object]) -> Iterator[tuple[Path, str]]:
    policy = spec.get("podFailurePolicy")
    if not isinstance(policy, dict):
        return
    if spec.get("podReplacementPolicy") == "TerminatingOrFailed":
        yield ("podReplacementPolicy",), "expected Failed with podFailurePolicy, got TerminatingOrFailed"
    if len(items(policy, "rules")) > _MOST_RULES:
        yield ("podFailurePolicy", "rules"), f"expected at most {_MOST_RULES} rules, got {len(items(policy, 'rules'))}"
    restart = at(spec, "template", "spec", "restartPolicy")
    if restart == "OnFailure":
        yield ("podFailurePolicy",), "podFailurePolicy needs restartPolicy: Never, got OnFailure"
    pod = mapping(spec, "template", "spec")
    names = {text(c, "name") for key in ("containers", "initContainers") for _, c in mappings(pod, key)}
    for index, rule in mappings(policy, "rules"):
        at_rule = ("podFailurePolicy", "rules", index)
        codes, conditions = rule.get("onExitCodes"), items(rule, "onPodConditions")
        if codes is not None and conditions:
            yield at_rule, "expected either onExitCodes or onPodConditions, got both"
        elif codes is None and not conditions:
            yield at_rule, "expected onExitCodes or onPodConditions, got neither"
        if rule.get("action") == "FailIndex" and spec.get("backoffLimitPerIndex") is None:
            yield (*at_rule, "action"), "FailIndex needs backoffLimitPerIndex"
        for path, message in _codes(codes, names):
            yield (*at_rule, "onExitCodes", *path), message


def _codes(codes: object, names: set[str]) -> Iterator[tuple[Path, str]]:
    container, values = at(codes, "containerName"), [value or 0 for value in items(codes, "values")]
    if isinstance(container, str) and container not in names:
        yield ("containerName",), f"the template has no container {show(container)}"
    if at(codes, "operator") == "In" and 0 in values:
        yield ("values", values.index(0)), "expected codes of failures with operator In, got 0"
    elif all(isinstance(value, int) for value in values) and values != sorted(set(values)):
        yield ("values",), f"expected each code once, in order, got {show(values)}"


def _success(spec: dict[str, object], at_spec: Path) -> Iterator[tuple[Path, str]]:
    completions = _completions(spec, at_spec)
    if spec.get("completionMode") != "Indexed":
        return
    for index, rule in mappings(spec, "successPolicy", "rules"):
        place = ("successPolicy", "rules", index)
        count, written = rule.get("succeededCount"), rule.get("succeededIndexes")
        if count is None and written is None:
            yield place, "expected succeededCount or succeededIndexes, got neither"
        most = completions
        if isinstance(written, str) and isinstance(completions, int):
            most = count_of_indexes(written, completions)
            if most is None:
                message = f"expected rising indexes below {completions}, such as 0,2-3, got {show(written)}"
                yield (*place, "succeededIndexes"), message
        if isinstance(count, int) and isinstance(most, int) and count > most:
            yield (*place, "succeededCount"), f"expected at most {most}, got {count}"


_GOOD = """\
apiVersion: batch/v1
kind: Job
metadata: {name: import}
spec:
  completionMode: Indexed
  completions: 3
  parallelism: 3
  template:
    spec:
      restartPolicy: Never
      containers: [{name: import, image: "import:1.0"}]
"""

RULE = Rule(
    code="K8S105",
    title="fields of Jobs",
    effect="refused",
    reason="Some fields of a Job mean something only together with others.",
    fix="give the field that it needs, or leave it out",
    good=_GOOD,
    bad=_GOOD.replace("  completions: 3\n", ""),
    document=_find,
    kinds=("CronJob", "Job"),
)
