"""Whatever a document of v1beta1 holds and however it is written, v1 holds the same, and every comment stays."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from itdo_platform_gen.convert.convert import convert
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.mark import Text
from itdo_platform_gen.syntax.node import Mapping, Scalar, Sequence
from itdo_platform_gen.syntax.scalar import resolve_as_kubernetes
from itdo_platform_gen.syntax.yaml import dump

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from itdo_platform_gen.syntax.node import Node

_LINES = ("#!/bin/sh\nresources: x\n", "a\n\n  # b\n", " a\n", "a\n\n", "é 🚀", "word " * 30)
_TEXTS = st.sampled_from(
    [*_LINES, "a", "1h", "yes", "1.0", "", "a: b", "# c", "tekton.dev/v1beta1", "{}", "*a", "$(params.a)"]
)
_ANY = st.recursive(
    _TEXTS | st.none() | st.booleans() | st.integers(0, 9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["resources", "timeout", "bundle", "podTemplate", "a b"]), inner, max_size=3)
    ),
    max_leaves=6,
)
_NAMES = st.sampled_from(["build", "1", "ghcr.io/a/b@sha256:1", "no"])


def _mapping(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Give mappings with some of the fields, in any order."""
    some = st.fixed_dictionaries({}, optional=fields)
    return some.flatmap(lambda made: st.permutations(list(made.items())).map(dict))


def _some(items: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(items, max_size=2)


_CONTAINER = _mapping(name=_NAMES, image=_NAMES, resources=_ANY, script=_TEXTS, env=_ANY)
_TEMPLATE = _mapping(image=_NAMES, resources=_ANY, env=_ANY)
_OVERRIDES = _some(_mapping(name=_NAMES, resources=_ANY))
_BUNDLE = st.fixed_dictionaries({"name": _NAMES, "bundle": _NAMES}, optional={"apiVersion": _NAMES})
_PLAIN_REF = _mapping(name=_NAMES, apiVersion=_NAMES) | _mapping(resolver=_NAMES, params=_ANY)
_REF = _PLAIN_REF | _BUNDLE.flatmap(lambda made: st.permutations(list(made.items())).map(dict))
_TASK = _mapping(
    params=_ANY, description=_TEXTS, stepTemplate=_TEMPLATE, steps=_some(_CONTAINER), sidecars=_some(_CONTAINER)
)
_PIPELINE_TASK = _mapping(name=_NAMES, taskRef=_REF, taskSpec=_TASK, when=_ANY, timeout=_NAMES)
_PIPELINE = _mapping(params=_ANY, tasks=_some(_PIPELINE_TASK), **{"finally": _some(_PIPELINE_TASK)})
_RUN_SPEC = _mapping(
    pipelineTaskName=_NAMES, taskServiceAccountName=_NAMES, taskPodTemplate=_ANY, stepOverrides=_OVERRIDES
)
_SPECS = {
    "Task": _TASK,
    "Pipeline": _PIPELINE,
    "TaskRun": _mapping(
        serviceAccountName=_NAMES,
        podTemplate=_ANY,
        taskRef=_REF,
        taskSpec=_TASK,
        stepOverrides=_OVERRIDES,
        sidecarOverrides=_OVERRIDES,
    ),
    "PipelineRun": _mapping(
        serviceAccountName=_NAMES,
        timeout=_NAMES,
        podTemplate=_ANY,
        params=_ANY,
        workspaces=_ANY,
        pipelineRef=_REF,
        pipelineSpec=_PIPELINE,
        taskRunSpecs=_some(_RUN_SPEC),
    ),
}
_RESOURCES = st.sampled_from(sorted(_SPECS)).flatmap(
    lambda kind: st.builds(
        lambda spec, last: (
            {"spec": spec, "apiVersion": "tekton.dev/v1beta1", "kind": kind}
            if last
            else {"apiVersion": "tekton.dev/v1beta1", "kind": kind, "metadata": {"name": "a"}, "spec": spec}
        ),
        _SPECS[kind],
        st.booleans(),
    )
)
_STYLES: list[Callable[[Any], str]] = [
    dump,
    lambda data: json.dumps(data, ensure_ascii=False),
    lambda data: json.dumps(data, indent=2, ensure_ascii=False),
    lambda data: yaml.safe_dump(data, sort_keys=False, allow_unicode=True),
    lambda data: yaml.safe_dump(data, sort_keys=False, indent=6, width=30, default_style='"'),
    lambda data: yaml.safe_dump(data, sort_keys=False, default_flow_style=None, width=1000),
    lambda data: yaml.safe_dump(data, sort_keys=False, default_flow_style=True, width=40),
]


def _new(kind: str, spec: dict[str, Any]) -> dict[str, Any]:
    """Say in data what the v1 of a spec is."""
    if kind == "Task":
        for container in [spec.get("stepTemplate", {}), *spec.get("steps", []), *spec.get("sidecars", [])]:
            _rename(container, "resources", "computeResources")
    elif kind == "Pipeline":
        for task in [*spec.get("tasks", []), *spec.get("finally", [])]:
            _inner(task, "task")
    else:
        _inner(spec, kind.removesuffix("Run").lower())
        for run in [spec, *spec.get("taskRunSpecs", [])]:
            for override in [*run.get("stepOverrides", []), *run.get("sidecarOverrides", [])]:
                _rename(override, "resources", "computeResources")
            _rename(run, "stepOverrides", "stepSpecs")
            _rename(run, "sidecarOverrides", "sidecarSpecs")
            _rename(run, "taskServiceAccountName", "serviceAccountName")
            _rename(run, "taskPodTemplate", "podTemplate")
            if run is spec and kind == "PipelineRun":
                _run(spec)
    return spec


def _run(spec: dict[str, Any]) -> None:
    template = {name: spec.pop(name) for name in ("serviceAccountName", "podTemplate") if name in spec}
    if template:
        spec["taskRunTemplate"] = template
    if "timeout" in spec:
        spec["timeouts"] = {"pipeline": spec.pop("timeout")}


def _inner(holder: dict[str, Any], kind: str) -> None:
    if f"{kind}Spec" in holder:
        _new(kind.capitalize(), holder[f"{kind}Spec"])
    reference = holder.get(f"{kind}Ref", {})
    if "bundle" in reference:
        params = {name: value for name, value in reference.items() if name != "apiVersion"} | {"kind": kind}
        listed = [{"name": name, "value": value} for name, value in params.items()]
        holder[f"{kind}Ref"] = {"resolver": "bundles", "params": listed}


def _rename(holder: dict[str, Any], old: str, new: str) -> None:
    if old in holder:
        holder[new] = holder.pop(old)


def _read(text: str) -> Any:
    problems: list[Any] = []
    [document] = compose(Text("a", text))
    data = to_data(document.node, problems, resolve=resolve_as_kubernetes, any_key=True)
    assert problems == []
    return data


def _commented(text: str) -> str:
    """Put a comment above and behind every line that may have them."""
    [document] = compose(Text("a", text))
    lines = text.split("\n")
    for number, (key, value) in enumerate(_entries(document.node)):
        line = key.mark.line
        indent = " " * key.mark.column
        if isinstance(value, Scalar) and value.mark.line == line and not re.search(r"\n|^[|>]", value.mark.written):
            lines[line] += f"  #behind{number}#"
        if text.split("\n")[line].startswith(indent + key.mark.written):
            lines[line] = f"{indent}#above{number}#\n{lines[line]}"
    return "\n".join(lines)


def _entries(node: Node) -> Iterator[tuple[Scalar, Node]]:
    """Give the entries of all mappings in block style."""
    if node.mark.written[:1] in {"{", "["}:
        return
    for value in node.items if isinstance(node, Sequence) else ():
        yield from _entries(value)
    for key, value in node.entries if isinstance(node, Mapping) else ():
        yield key, value
        yield from _entries(value)


def _comments(text: str) -> list[str]:
    return sorted(re.findall(r"#(?:above|behind)\d+#", text))


@settings(deadline=None, max_examples=150)
@given(_RESOURCES, st.sampled_from(_STYLES), st.sampled_from(["\n", "\r\n"]), st.sampled_from([str, _commented]))
def test_data_is_that_of_v1_and_comments_stay(
    resource: dict[str, Any], style: Callable[[Any], str], end: str, comment: Callable[[str], str]
) -> None:
    text = comment(style(resource)).replace("\n", end)
    before = _read(text)
    conversion = convert(Text("a", text))
    assert [str(found) for found in conversion.diagnostics] == []
    new = conversion.text.content
    assert _read(new) == before | {"apiVersion": "tekton.dev/v1", "spec": _new(before["kind"], before["spec"])}
    assert _comments(new) == _comments(text)
    assert new.count("\n") == new.count(end)
    again = convert(Text("a", new))
    assert (again.text.content, again.converted, again.diagnostics) == (new, (), [])


_OF_SPECS = (
    "spec",
    "tasks",
    "steps",
    "taskRef",
    "pipelineSpec",
    "resources",
    "stepOverrides",
    "timeout",
    "podTemplate",
)
_KEYS = st.sampled_from(
    [*_OF_SPECS, "bundle", "name", "kind", "items", "resourcetemplates", "template", "triggers", "metadata", "status"]
)
_KINDS = st.sampled_from([*sorted(_SPECS), "List", "TaskList", "TriggerTemplate", "EventListener", "ClusterTask"])
_VERSIONS = st.sampled_from(["tekton.dev/v1beta1", "triggers.tekton.dev/v1beta1", "v1", "tekton.dev/v1alpha1"])


def _resources(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    head = {"apiVersion": _VERSIONS, "kind": _KINDS}
    fields: dict[Any, st.SearchStrategy[Any]] = {"spec": inner, "items": inner, "status": inner}
    return st.fixed_dictionaries(head, optional=fields)


_SHAPES = st.recursive(
    st.none() | st.integers(0, 9) | st.sampled_from(["a", "ClusterTask", ""]),
    lambda inner: st.lists(inner, max_size=3) | _resources(inner) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=20,
)


@settings(deadline=None, max_examples=100)
@given(_resources(_SHAPES), st.sampled_from(_STYLES))
def test_any_shape_is_converted_or_told(resource: dict[str, Any], style: Callable[[Any], str]) -> None:
    text = style(resource)
    conversion = convert(Text("a", text), cluster_tasks_in="ci")
    assert (conversion.text.content != text) == bool(conversion.converted)
    assert [found.code for found in conversion.diagnostics if not re.fullmatch(r"CNV00[134]", found.code)] == []
    again = convert(conversion.text, cluster_tasks_in="ci")
    assert (again.text.content, again.converted) == (conversion.text.content, ())
