"""Request: the template of Backstage that a blueprint of manifests becomes: a form that opens a pull request.

The request adds one file of values to the platform's repository, where a rendering of platform.yaml takes it up: what
somebody asks for in the portal is reviewed in git, and no service stands between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.blueprint.form import property_schemas
from itdo_platform_gen.blueprint.loader import EITHER
from itdo_platform_gen.blueprint.model import Backstage
from itdo_platform_gen.blueprint.portable_values import literal
from itdo_platform_gen.derive.scaffolder import entity, form_pages, location_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.blueprint.blueprint import Blueprint
    from itdo_platform_gen.blueprint.form import Schema

FOLDER = "request"
"""The folder beside template.yaml that holds the file of values, as a template."""

FILE = "${{ values.file }}.yaml.jinja"
_NAME, _FORGE = "requestName", "requestForge"
_ACTIONS = {
    "github": ("GitHub", "publish:github:pull-request", "remoteUrl"),
    "gitlab": ("GitLab", "publish:gitlab:merge-request", "mergeRequestUrl"),
}


def request_template(blueprint: Blueprint) -> str:
    """Give the text of a template.yaml whose steps open a pull request or merge request."""
    backstage = Backstage.model_validate(blueprint.backstage)
    name = _called(blueprint, backstage)
    asked = backstage.provider == EITHER
    opened = {
        provider: _open(provider, blueprint, name, asked=asked)
        for provider in (_ACTIONS if asked else [backstage.provider])
    }
    url = " or ".join(f"steps.{step['id']}.output.{_ACTIONS[provider][2]}" for provider, step in opened.items())
    return entity(
        blueprint,
        backstage,
        [*form_pages(blueprint), _location(backstage)],
        [_fetch(backstage.request.folder, name), *opened.values()],
        [{"title": "Request", "url": f"${{{{ {url} }}}}"}],
    )


def values_template(blueprint: Blueprint) -> str:
    """Give the text of the template of the file of values, which Backstage's engine alone renders.

    What was not answered is left out: it follows from the blueprint's defaults, those of later versions too.
    """
    lines = [f"# Asked for by a form of {blueprint.name} {blueprint.version}; change it by a pull request."]
    for name, schema in property_schemas(blueprint.parameters.schema).items():
        lines += [f"{{% if values.given.{name} is defined %}}", *_written(name, schema), "{% endif %}"]
    return "\n".join([*lines, ""])


def _written(name: str, schema: Schema) -> Iterator[str]:
    """Write a value as YAML: JSON is that, and a line for each item or key is for who reads it."""
    value, kind = f"values.given.{name}", schema.get("type")
    if kind not in {"array", "object"}:
        yield f"{name}: ${{{{ {value} | dump }}}}"
        return
    yield f"{{% if {value} | length %}}"
    yield f"{name}:"
    if kind == "array":
        yield f"{{% for item in {value} %}}"
        yield "  - ${{ item | dump }}"
    else:
        key = "${{ key }}" if schema.get("properties") else "${{ key | dump }}"
        yield f"{{% for key, item in {value} %}}"
        yield f"  {key}: ${{{{ item | dump }}}}"
    yield "{% endfor %}"
    yield "{% else %}"
    yield f"{name}: {'[]' if kind == 'array' else '{}'}"
    yield "{% endif %}"


def _location(backstage: Backstage) -> Schema:
    page = location_page(backstage)
    page["title"] = "Choose the platform's repository"
    if backstage.request.name is None:
        page["required"].append(_NAME)
        page["properties"][_NAME] = {
            "title": "Name of the file",
            "type": "string",
            "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
            "maxLength": 63,
        }
    if backstage.provider == EITHER:
        page["properties"][_FORGE] = {
            "title": "Forge",
            "type": "string",
            "enum": [*_ACTIONS],
            "enumNames": [title for title, *_ in _ACTIONS.values()],
            "default": "github",
        }
    return page


def _called(blueprint: Blueprint, backstage: Backstage) -> str:
    """Give the expression for the name of the file; the server fills in no default."""
    name = backstage.request.name
    schema = property_schemas(blueprint.parameters.schema).get(name, {}) if name else {}
    rest = f" | default({literal(schema['default'])})" if "default" in schema else ""
    return f"${{{{ parameters.{name or _NAME}{rest} }}}}"


def _fetch(folder: str, name: str) -> dict[str, Any]:
    return {
        "id": "fetch",
        "name": "Write the values",
        "action": "fetch:template",
        "input": {
            "url": f"./{FOLDER}",
            "targetPath": folder,
            "templateFileExtension": ".jinja",
            "trimBlocks": True,
            "lstripBlocks": True,
            "values": {"file": name, "given": "${{ parameters }}"},
        },
    }


def _open(provider: str, blueprint: Blueprint, name: str, *, asked: bool) -> dict[str, Any]:
    title, action, _ = _ACTIONS[provider]
    step: dict[str, Any] = {
        "id": f"request_{provider}" if asked else "request",
        "name": f"Open a {'pull' if provider == 'github' else 'merge'} request on {title}",
        "action": action,
    }
    if asked:
        step["if"] = f"${{{{ (parameters.{_FORGE} | default('github')) == {literal(provider)} }}}}"
    step["input"] = {
        "repoUrl": "${{ parameters.repoUrl }}",
        "branchName": f"{blueprint.name}-{name}",
        "title": f"{blueprint.title}: {name}",
        "description": f"The values of one more rendering of {blueprint.name}, asked for by a form.",
    }
    return step
