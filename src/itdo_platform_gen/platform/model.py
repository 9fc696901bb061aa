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
    """One blueprint, rendered into one folder."""

    blueprint: str = Field(min_length=1, description="Name of the blueprint.")
    to: str = Field(min_length=1, description="Folder to render to, relative to this file; may have holes.")
    from_: str | None = Field(default=None, alias="from", min_length=1, description="A file of values.")
    values: dict[str, Any] = Field(default={}, description="Values, before those of the file and the shared ones.")


class Spec(_Model):
    """What is rendered."""

    targets: Targets = Field(default=Targets(), description="The versions everything is rendered for.")
    values: dict[str, Any] = Field(default={}, description="Shared values, for whichever blueprint declares them.")
    blueprints: list[str] = Field(default=[], description="Further folders of blueprints, relative to this file.")
    renderings: list[Rendering] = Field(description="What is rendered where.")


class PlatformFile(_Model):
    """A platform.yaml."""

    apiVersion: Literal["platform.itdo-erp.com/v1"]  # noqa: N815  the file's own spelling
    kind: Literal["Platform"]
    metadata: Metadata
    spec: Spec
