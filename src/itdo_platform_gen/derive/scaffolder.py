"""Scaffolder: the template of Backstage that a blueprint with content becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.blueprint.model import Backstage
from itdo_platform_gen.blueprint.portable_values import literal, pages, source_of
from itdo_platform_gen.derive.inline import inlined
from itdo_platform_gen.render.emit import emit

if TYPE_CHECKING:
    from collections.abc import Collection

    from itdo_platform_gen.blueprint.blueprint import Blueprint
    from itdo_platform_gen.blueprint.form import Schema

_COMMENT = "# Derived by `platform-gen derive` from blueprint.yaml: change that, not this.\n"
_CATALOG = "catalog-info.yaml"
_PROVIDERS = {"github": "GitHub", "gitlab": "GitLab"}


def template_file(blueprint: Blueprint) -> str:
    """Give the text of a blueprint's template.yaml."""
    backstage = Backstage.model_validate(blueprint.backstage)
    picked = _picked(backstage)
    known = _parameters(blueprint, picked)
    steps = [_fetch(blueprint, known), *_publish(blueprint, backstage, known)]
    published = [step["id"] for step in steps[1:]]
    output = [{"title": "Repository", "url": f"${{{{ {_one_of(published, 'remoteUrl')} }}}}"}]
    if any(len(file.path) == 1 and file.path[0].text.content.startswith(_CATALOG) for file in blueprint.content):
        steps.append(_register(published))
        output.append(
            {"title": "Open in catalog", "icon": "catalog", "entityRef": "${{ steps.register.output.entityRef }}"}
        )
    form = [*form_pages(blueprint, picked), location_page(backstage)]
    return entity(blueprint, backstage, form, steps, output)


def entity(
    blueprint: Blueprint,
    backstage: Backstage,
    form: list[Schema],
    steps: list[dict[str, Any]],
    links: list[dict[str, str]],
) -> str:
    """Give the text of a template of a blueprint."""
    document = {
        "apiVersion": "scaffolder.backstage.io/v1beta3",
        "kind": "Template",
        "metadata": {
            "name": blueprint.name,
            "title": blueprint.title,
            "description": blueprint.description,
            "annotations": {"blueprints.itdo-erp.com/version": blueprint.version},
            **({"tags": list(blueprint.tags)} if blueprint.tags else {}),
        },
        "spec": {
            "owner": blueprint.owner,
            "type": blueprint.type,
            "parameters": form,
            "steps": steps,
            "output": {"links": [*links, *(link.model_dump(exclude_none=True) for link in backstage.links)]},
        },
    }
    return emit(document, _COMMENT)


def _picked(backstage: Backstage) -> dict[str, str]:
    """Give for each parameter that the choice of a repository answers the part of the choice."""
    chosen = backstage.repository
    named = {chosen.name: "repo", chosen.owner: "owner", chosen.host: "host"}
    return {name: part for name, part in named.items() if name is not None}


def form_pages(blueprint: Blueprint, picked: Collection[str] = ()) -> list[Schema]:
    """Give the pages of a blueprint's form, without the parameters that are answered elsewhere."""
    form = []
    for _, page in pages(blueprint.parameters):
        asked = {name: schema for name, schema in page.get("properties", {}).items() if name not in picked}
        if not asked:
            continue
        required = [name for name in page.get("required", ()) if name not in picked]
        rest = {key: value for key, value in page.items() if key not in {"properties", "required", "type"}}
        properties = {
            # The owner of a repository is one of the catalog.
            name: _field(name, schema) if blueprint.content else schema
            for name, schema in asked.items()
        }
        shown = {"title": page.get("title", blueprint.title), **rest}
        form.append({**shown, **({"required": required} if required else {}), "properties": properties})
    return form


def _field(name: str, schema: Schema) -> Schema:
    if name == "owner" and "ui:field" not in schema:
        options = {"catalogFilter": {"kind": ["Group", "User"]}}
        return {**schema, "ui:field": "OwnerPicker", "ui:options": options}
    return schema


def location_page(backstage: Backstage) -> Schema:
    """Give the page that asks for a repository."""
    return {
        "title": "Choose a location",
        "required": ["repoUrl"],
        "properties": {
            "repoUrl": {
                "title": "Repository location",
                "type": "string",
                "ui:field": "RepoUrlPicker",
                "ui:options": {"allowedHosts": backstage.hosts},
            }
        },
    }


def _parameters(blueprint: Blueprint, picked: dict[str, str]) -> dict[str, str]:
    """Give for each parameter the expression of its answer; the server fills in no default, so it is said again here.

    What the choice of a repository answers may be given by name too, by programs that show no form.
    """
    known = {}
    for _, page in pages(blueprint.parameters):
        for name, schema in page.get("properties", {}).items():
            answer = f"parameters.{name}"
            if name in picked:
                choice = f"(parameters.repoUrl | parseRepoUrl).{picked[name]}"
                rest = f"{choice} if parameters.repoUrl else {literal(schema.get('default', ''))}"
                known[name] = f"{answer} if {answer} else ({rest})"
            elif "default" in schema:
                known[name] = f"{answer} | default({literal(schema['default'])})"
            else:
                known[name] = answer
    return known


def _fetch(blueprint: Blueprint, known: dict[str, str]) -> dict[str, Any]:
    expressions = dict(known)
    for name, template in blueprint.derived:
        expressions[name] = inlined(source_of(template) or "", expressions)
    return {
        "id": "fetch",
        "name": "Render the repository",
        "action": "fetch:template",
        "input": {
            "url": "./content",
            "templateFileExtension": ".jinja",
            "trimBlocks": True,
            "lstripBlocks": True,
            "values": {name: f"${{{{ {source} }}}}" for name, source in expressions.items()},
        },
    }


def _publish(blueprint: Blueprint, backstage: Backstage, known: dict[str, str]) -> list[dict[str, Any]]:
    if backstage.provider in _PROVIDERS:
        return [_publish_to(backstage.provider, "publish", blueprint)]
    steps = {provider: _publish_to(provider, f"publish_{provider}", blueprint) for provider in _PROVIDERS}
    asked = known[backstage.provider]
    return [{**step, "if": f"${{{{ ({asked}) == {literal(provider)} }}}}"} for provider, step in steps.items()]


def _publish_to(provider: str, step: str, blueprint: Blueprint) -> dict[str, Any]:
    described = any("description" in page.get("properties", {}) for _, page in pages(blueprint.parameters))
    settings: dict[str, Any] = {}
    if described:
        description = "${{ parameters.description }}"
        settings = {"description": description} if provider == "github" else {"settings": {"description": description}}
    return {
        "id": step,
        "name": f"Publish to {_PROVIDERS[provider]}",
        "action": f"publish:{provider}",
        "input": {
            "repoUrl": "${{ parameters.repoUrl }}",
            **settings,
            "defaultBranch": "main",
            "gitCommitMessage": f"Start from {blueprint.name} {blueprint.version}",
        },
    }


def _register(published: list[str]) -> dict[str, Any]:
    return {
        "id": "register",
        "name": "Register in the catalog",
        "action": "catalog:register",
        "input": {
            "repoContentsUrl": f"${{{{ {_one_of(published, 'repoContentsUrl')} }}}}",
            "catalogInfoPath": f"/{_CATALOG}",
        },
    }


def _one_of(steps: list[str], output: str) -> str:
    return " or ".join(f"steps.{step}.output.{output}" for step in steps)
