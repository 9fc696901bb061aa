"""The actions that steps may ask for."""

from __future__ import annotations

from itdo_platform_gen.schema.actions import actions


def test_actions_take_and_give() -> None:
    publish = actions()["publish:github"]
    assert publish.outputs >= {"remoteUrl", "repoContentsUrl"}
    assert publish.validator.is_valid({"repoUrl": "github.com?owner=a&repo=b"})
    [told] = publish.validator.explain({"repoUrl": "x", "allowedHosts": []})
    assert (told.path, told.at_key) == (("allowedHosts",), True)


def test_what_a_schema_does_not_say_is_added() -> None:
    assert actions()["catalog:register"].outputs == {"catalogInfoUrl", "entityRef"}
    assert len(actions()) == 38
