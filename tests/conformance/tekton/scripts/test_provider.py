"""promote and report-status against a provider's API: curl is real, the provider is a local server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.tekton.scripts.provider import Provider, serving
from conformance.tekton.scripts.rendered import steps
from conformance.toolchain import need

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.tekton.scripts.sandbox import Outcome, Sandbox

TOKEN = "not-a-token-of-anything"  # noqa: S105
IMAGE = f"registry.example/orders@sha256:{'a' * 64}"
COMMIT = "c" * 40
TITLE = 'Promote "orders" \\ to\nproduction, 100 %'
PULL = {
    "number": 7,
    "user": {"html_url": "https://github.com/bot"},
    "html_url": "https://github.com/shop/gitops/pull/7",
}
MERGE = {"iid": 9, "web_url": "https://gitlab.example/a/b/gitops/-/merge_requests/9"}


@pytest.fixture
def provider() -> Iterator[Provider]:
    """Serve."""
    need("curl")
    with serving() as provider:
        yield provider


@pytest.fixture
def pod(sandbox: Sandbox) -> Sandbox:
    """Make the pod of a promotion whose first step has pushed."""
    sandbox.secrets["TOKEN"] = TOKEN
    sandbox.home.mkdir(parents=True)
    (sandbox.home / "head").write_text("promotion/orders")
    return sandbox


def request(pod: Sandbox, repository: str, provider: str) -> Outcome:
    """Run the step that asks for the merge."""
    given = {"repository": repository, "path": "apps", "image": IMAGE, "application": "orders", "title": TITLE}
    return pod.run(steps("promote")["request"], provider=provider, **given)


def report(pod: Sandbox, repository: str, provider: str, state: str, target_url: str = "") -> Outcome:
    """Run the step that reports."""
    given = {"repository_url": repository, "commit": COMMIT, "target_url": target_url}
    return pod.run(steps("report-status")["report"], provider=provider, state=state, **given)


def test_pull_request_is_opened(pod: Sandbox, provider: Provider) -> None:
    """On GitHub, with a title that JSON would otherwise break at."""
    provider.answers = [(200, []), (201, PULL)]
    request(pod, provider.url("shop/gitops"), "github").passed()
    assert pod.result("pull-request") == PULL["html_url"]
    looked, opened = provider.asked
    base = "/api/v3/repos/shop/gitops/pulls"
    assert (looked.method, looked.path) == ("GET", f"{base}?state=open&base=main&head=shop:promotion/orders")
    assert (opened.method, opened.path) == ("POST", base)
    assert opened.authorization == f"Bearer {TOKEN}"
    assert opened.body == {
        "title": TITLE,
        "body": f"Brings {IMAGE} to orders. Merging deploys it.",
        "head": "promotion/orders",
        "base": "main",
    }


def test_merge_request_is_opened(pod: Sandbox, provider: Provider) -> None:
    """On GitLab, in a group within a group."""
    provider.answers = [(200, []), (201, MERGE)]
    request(pod, provider.url("a/b/gitops"), "gitlab").passed()
    assert pod.result("pull-request") == MERGE["web_url"]
    looked, opened = provider.asked
    base = "/api/v4/projects/a%2Fb%2Fgitops/merge_requests"
    wanted = "?state=opened&target_branch=main&source_branch=promotion/orders"
    assert (looked.method, looked.path) == ("GET", base + wanted)
    assert (opened.method, opened.path) == ("POST", base)
    assert opened.body == {
        "title": TITLE,
        "description": f"Brings {IMAGE} to orders. Merging deploys it.",
        "source_branch": "promotion/orders",
        "target_branch": "main",
        "remove_source_branch": True,
    }


@pytest.mark.parametrize(
    ("kind", "found", "asked"),
    [
        ("github", PULL, "PATCH /api/v3/repos/shop/gitops/pulls/7"),
        ("gitlab", MERGE, "PUT /api/v4/projects/shop%2Fgitops/merge_requests/9"),
    ],
)
def test_open_request_is_brought_up_to_date(
    pod: Sandbox, provider: Provider, kind: str, found: dict[str, object], asked: str
) -> None:
    """Instead of a second one."""
    provider.answers = [(200, [found])]
    request(pod, provider.url("shop/gitops"), kind).passed()
    _, change = provider.asked
    assert f"{change.method} {change.path}" == asked
    assert change.body["title"] == TITLE
    assert pod.result("pull-request") == str(found.get("html_url") or found["web_url"])


@pytest.mark.parametrize(("kind", "state", "said"), [("github", "Failed", "failure"), ("gitlab", "Failed", "failed")])
def test_failure_is_reported(pod: Sandbox, provider: Provider, kind: str, state: str, said: str) -> None:
    """In the words of the provider, with the address of the run."""
    report(pod, provider.url("shop/orders"), kind, state, "https://tekton.example/run?a=1&b=2").passed()
    (asked,) = provider.asked
    assert asked.path.endswith(f"/statuses/{COMMIT}")
    assert asked.body == {
        "state": said,
        {"github": "context", "gitlab": "name"}[kind]: "universal-pipeline",
        "description": "The pipeline failed.",
        "target_url": "https://tekton.example/run?a=1&b=2",
    }


@pytest.mark.parametrize(("state", "said"), [("Succeeded", "success"), ("Completed", "success"), ("None", "error")])
def test_status_is_reported(pod: Sandbox, provider: Provider, state: str, said: str) -> None:
    """Each that a pipeline may end with; no address where there is none."""
    report(pod, provider.url("shop/orders"), "github", state).passed()
    assert provider.asked[0].body["state"] == said
    assert "target_url" not in provider.asked[0].body


def test_moment_of_trouble_is_got_over(pod: Sandbox, provider: Provider) -> None:
    """The provider was busy."""
    provider.answers = [(503, {})]
    report(pod, provider.url("shop/orders"), "github", "Succeeded").passed()
    assert len(provider.asked) == 2


@pytest.mark.parametrize(
    ("status", "said"), [(401, "that the token in the provider's Secret is valid"), (422, "see its answer above")]
)
def test_refusal_is_said(pod: Sandbox, provider: Provider, status: int, said: str) -> None:
    """With the provider's own words, and without the token."""
    provider.answers = [(status, {"message": "No, because."})]
    report(pod, provider.url("shop/orders"), "github", "Succeeded").failed("No, because.", f"answered {status}", said)
    provider.answers = [(200, []), (status, {"message": "No, because."})]
    request(pod, provider.url("shop/gitops"), "github").failed("No, because.", f"answered {status} to POST pulls")


@pytest.mark.parametrize(
    ("repository", "kind", "address"),
    [
        ("https://github.com/shop/orders.git", "github", "https://api.github.com/repos/shop/orders"),
        ("https://github.com/shop/orders/", "github", "https://api.github.com/repos/shop/orders"),
        ("git@github.com:shop/orders.git", "github", "https://api.github.com/repos/shop/orders"),
        ("https://git.example:8443/shop/orders", "github", "https://git.example:8443/api/v3/repos/shop/orders"),
        ("ssh://git@gitlab.com:2222/a/b/c.git", "gitlab", "https://gitlab.com/api/v4/projects/a%2Fb%2Fc"),
        ("git@gitlab.com:a/b.git", "gitlab", "https://gitlab.com/api/v4/projects/a%2Fb"),
    ],
)
def test_address_of_the_api(pod: Sandbox, repository: str, kind: str, address: str) -> None:
    """From every form of a repository's URL; a recorder in curl's place sees no token among the arguments."""
    pod.record("curl", f'grep -q "Bearer {TOKEN}" || exit 9\nprintf 201')
    report(pod, repository, kind, "Succeeded").passed()
    (arguments,) = pod.calls("curl")
    assert arguments[-1] == f"{address}/statuses/{COMMIT}"
    assert not any(TOKEN in argument for argument in arguments)


@pytest.mark.parametrize(
    ("repository", "kind", "said"),
    [
        ("https://github.com", "github", "names no project"),
        ("https://github.com/shop", "github", "names no project"),
        ("https://user@github.com/shop/orders", "github", "is no repository of github"),
        ("https://github.com/shop/orders?x", "github", "is no repository of github"),
        ("https://bitbucket.org/shop/orders", "bitbucket", "is no provider"),
    ],
)
def test_bad_address_is_said(pod: Sandbox, repository: str, kind: str, said: str) -> None:
    """Before anything is asked."""
    pod.record("curl", "exit 9")
    report(pod, repository, kind, "Succeeded").failed(said)
    request(pod, repository, kind).failed(said)
    assert pod.calls("curl") == []


def test_bad_token_state_and_commit_are_said(pod: Sandbox) -> None:
    """A token with a line's end would become another header."""
    report(pod, "https://github.com/shop/orders", "github", "Odd").failed("is no status of a pipeline")
    bad = pod.run(
        steps("report-status")["report"],
        repository_url="https://github.com/shop/orders",
        commit="main",
        state="Succeeded",
        provider="github",
    )
    bad.failed("is no commit")
    pod.secrets["TOKEN"] = f"{TOKEN}\n"
    report(pod, "https://github.com/shop/orders", "github", "Succeeded").failed("holds no token")
