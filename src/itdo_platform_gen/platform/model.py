"""The model of platform.yaml, from which `schemas/platform.json` is derived; see `blueprint.model` for why."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Metadata(_Model):
    """Whose platform it is."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", max_length=63)]


class Targets(_Model):
    """The versions of other software that everything is rendered for."""

    kubernetes: Annotated[str, Field(pattern=r"^1\.\d+$")] | None = Field(
        default=None, description='A minor version: "1.34".'
    )


class Rendering(_Model):
    """One blueprint, rendered into one folder, or into one for each of several files of values."""

    blueprint: str = Field(min_length=1, description="Name of the blueprint.")
    to: str = Field(min_length=1, description="Folder to render to, relative to this file; may have holes.")
    from_: str | None = Field(default=None, alias="from", min_length=1, description="A file of values.")
    each: str | None = Field(
        default=None, min_length=1, description="Files of values, by a pattern such as environments/*.yaml."
    )
    values: dict[str, Any] = Field(default={}, description="Values, before those of the file and the shared ones.")


class Check(_Model):
    """How much one code weighs, everywhere or in some places."""

    code: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]*\d{3}$")] = Field(
        description="The code, as a diagnostic shows it."
    )
    severity: Literal["off", "notice", "warning", "error"] = Field(description="What a finding is to be.")
    reason: str = Field(min_length=1, description="Why.")
    paths: list[str] = Field(default=[], description="Only in these files: patterns such as deploy/*.")
    kinds: list[str] = Field(default=[], description="Only in documents of these kinds.")
    names: list[str] = Field(default=[], description="Only in documents of these names: patterns such as orders-*.")


class Spec(_Model):
    """What is rendered."""

    targets: Targets = Field(default=Targets(), description="The versions everything is rendered for.")
    values: dict[str, Any] = Field(default={}, description="Shared values, for whichever blueprint declares them.")
    blueprints: list[str] = Field(default=[], description="Further folders of blueprints, relative to this file.")
    schemas: list[str] = Field(default=[], description="Further folders of schemas, relative to this file.")
    checks: list[Check] = Field(default=[], description="Checks that are off or weigh otherwise.")
    external: list[Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9]*(/[^/\s]+){1,2}$")]] = Field(
        default=[], description="What lies outside the files: Kind/name or Kind/namespace/name."
    )
    entities: str | None = Field(
        default=None, min_length=1, description="Folder for the entities of Backstage's catalog that follow."
    )
    podSecurity: Literal["baseline", "restricted"] | None = Field(  # noqa: N815  the file's own spelling
        default=None, description="The level that pods are held to where no Namespace says one."
    )
    renderings: list[Rendering] = Field(description="What is rendered where.")


class PlatformFile(_Model):
    """A platform.yaml."""

    apiVersion: Literal["platform.itdo-erp.com/v1"]  # noqa: N815  the file's own spelling
    kind: Literal["Platform"]
    metadata: Metadata
    spec: Spec
