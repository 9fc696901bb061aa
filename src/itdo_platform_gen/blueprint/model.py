"""The model of blueprint.yaml, from which `schemas/blueprint.json` is derived.

A blueprint is read against the derived schema: the one way of checking, with a line for every fault, that everything
else goes through too. So nothing at run time imports pydantic, which costs more than reading and compiling a blueprint.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

API_VERSION = "blueprints.itdo-erp.com/v1"
SEMANTIC_VERSION = r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$"
Hole = Annotated[str, Field(pattern=r"^\$\{\{")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Metadata(_Model):
    """Who the blueprint is."""

    name: Annotated[str, Field(pattern=r"^[a-z]([-a-z0-9]*[a-z0-9])?$", max_length=63)] = Field(
        description="The name of the blueprint's folder."
    )
    title: str = Field(min_length=1, description="A name for people.")
    description: str = Field(min_length=1, description="What it makes, in a sentence.")
    version: Annotated[str, Field(pattern=SEMANTIC_VERSION)] = Field(description="Semantic version of the blueprint.")
    owner: str = Field(min_length=1, description="The team that keeps it.")
    tags: list[str] = Field(default=[], description="Words to find it by.")


class Targets(_Model):
    """The versions of other software that the output is made for."""

    kubernetes: Annotated[str, Field(pattern=r"^1\.\d+(\.\.1\.\d+)?$")] | None = Field(
        default=None, description="One minor version, or a range: 1.30..1.37."
    )


class Manifest(_Model):
    """One manifest template, and the file or files it becomes."""

    template: str = Field(min_length=1, description="Path of the template in the blueprint's folder.")
    path: str = Field(min_length=1, description="Path of the file it becomes; may have holes.")
    if_: Hole | None = Field(default=None, alias="if", description="The file is made only if this holds.")
    for_: Hole | None = Field(default=None, alias="for", description="A file for each: ${{ name in list }}.")


class Entities(_Model):
    """One template of entities of Backstage's catalog, for what is made."""

    template: str = Field(min_length=1, description="Path of the template in the blueprint's folder.")
    if_: Hole | None = Field(default=None, alias="if", description="The entities are there only if this holds.")
    for_: Hole | None = Field(default=None, alias="for", description="Entities for each: ${{ name in list }}.")


class Repository(_Model):
    """The parameters that the choice of a repository answers in Backstage, which then asks for none of them."""

    name: str | None = Field(default=None, description="The parameter that takes the repository's name.")
    owner: str | None = Field(default=None, description="The parameter that takes its organisation or group.")
    host: str | None = Field(default=None, description="The parameter that takes its host.")


class Link(_Model):
    """A link shown when the repository is made."""

    title: str = Field(min_length=1)
    url: str = Field(min_length=1, description="An address; may have holes in Backstage's own terms.")
    icon: str | None = Field(default=None, description="An icon of the portal, such as docs.")


class Request(_Model):
    """The file of values that a form adds to the platform's repository, for a blueprint of manifests."""

    folder: str = Field(default="values", min_length=1, description="The folder of the platform that it is put into.")
    name: str | None = Field(default=None, description="The parameter that its name is; else the form asks for one.")


class Backstage(_Model):
    """What a blueprint needs beyond its parameters to be a template of Backstage."""

    hosts: list[str] = Field(default=["github.com"], min_length=1, description="Hosts a repository may be made on.")
    provider: str = Field(
        default="github",
        description="github or gitlab, or the parameter whose value says which of them; for manifests, either asks.",
    )
    repository: Repository = Field(default=Repository(), description="Parameters that choosing a repository answers.")
    request: Request = Field(default=Request(), description="For a blueprint of manifests: the file that is added.")
    links: list[Link] = Field(default=[], description="Links beside those to the repository and the catalog.")


class Provenance(_Model):
    """The parameters that take where a repository's template is kept; who makes the repository need not know it."""

    source: str | None = Field(default=None, description="The parameter that takes the git repository's address.")
    version: str | None = Field(default=None, description="The parameter that takes the tag or commit.")


class Migration(_Model):
    """What a version changed in the parameters; values by the names before it are taken, with a warning."""

    version: Annotated[str, Field(pattern=SEMANTIC_VERSION)] = Field(description="The version that changed it.")
    renamed: dict[str, str] = Field(default={}, description="New names of parameters, by their old ones.")
    removed: dict[str, str] = Field(default={}, description="Why parameters are gone, by their names.")


class Spec(_Model):
    """What the blueprint takes and makes."""

    type: str = Field(min_length=1, description="The kind of thing it makes: environment, pipeline, service.")
    targets: Targets = Field(default=Targets(), description="The versions it is made for.")
    parameters: dict[str, Any] | list[dict[str, Any]] = Field(
        description="The form: one page or several, each a JSON Schema of type object, as in a Backstage template."
    )
    values: dict[str, Any] = Field(default={}, description="Derived values, in order; each sees those before it.")
    manifests: list[Manifest] = Field(default=[], min_length=1, description="What is rendered where.")
    entities: list[Entities] = Field(
        default=[], description="What stands in Backstage's catalog for what is made, in order."
    )
    backstage: Backstage = Field(default=Backstage(), description="What its template needs.")
    provenance: Provenance = Field(
        default=Provenance(), description="For a blueprint with content: which parameters take where its template is."
    )
    migrations: list[Migration] = Field(default=[], description="What versions changed in the parameters, in order.")


class BlueprintFile(_Model):
    """A blueprint.yaml."""

    apiVersion: Literal["blueprints.itdo-erp.com/v1"]  # noqa: N815  the file's own spelling
    kind: Literal["Blueprint"]
    metadata: Metadata
    spec: Spec
