"""What follows a deployment: kubectl and k6 are recorders, curl and the service that it asks are real."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.tekton.scripts.provider import serving
from conformance.tekton.scripts.rendered import steps
from conformance.toolchain import need

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.tekton.scripts.sandbox import Outcome, Sandbox

COMMIT, OTHER = "c" * 40, "d" * 40
IMAGE = f"registry.example/orders@sha256:{'a' * 64}"


def answers(sandbox: Sandbox, *states: str) -> None:
    """Let kubectl answer each request for the Application with the next of these states, at last with the last."""
    folder = sandbox.folder / "states"
    folder.mkdir()
    for number, state in enumerate(states):
        (folder / str(number)).write_text(state)
    sandbox.record(
        "kubectl",
        f'[ "$1" = get ] || exit 0\ncat "$(ls -d {folder}/* | head -n 1)"\n'
        f'if [ "$(ls {folder} | wc -l)" -gt 1 ]; then rm "$(ls -d {folder}/* | head -n 1)"; fi',
    )


def state(  # noqa: PLR0913  what an Application says
    *,
    sync: str = "Synced",
    health: str = "Healthy",
    phase: str = "Succeeded",
    attempted: str = "",
    revisions: str = "",
    images: str = "",
    message: str = "",
) -> str:
    """Write a state as kubectl does by our template."""
    return f"{sync}\n{health}\n{phase}\n{attempted} \n{revisions}   \n{images}\n{message}\n"


def wait(sandbox: Sandbox, **parameters: str) -> Outcome:
    """Run the step."""
    return sandbox.run(steps("await-deployment")["wait"], **{"application": "orders", "commit": COMMIT} | parameters)


def test_deployment_is_awaited(sandbox: Sandbox) -> None:
    """Until the Application has our commit, is in sync, and is healthy."""
    answers(
        sandbox,
        "",
        state(revisions=OTHER),
        state(revisions=COMMIT, sync="OutOfSync"),
        state(revisions=COMMIT, health="Progressing", phase="Running"),
        state(revisions=COMMIT, phase="Running"),
        state(revisions=COMMIT),
    )
    outcome = wait(sandbox).passed()
    assert outcome.output.splitlines() == [
        "sync unknown, health unknown, our commit not seen",
        "sync Synced, operation Succeeded, health Healthy, our commit not seen",
        "sync OutOfSync, operation Succeeded, health Healthy, our commit seen",
        "sync Synced, operation Running, health Progressing, our commit seen",
        "sync Synced, operation Running, health Healthy, our commit seen",
        f"orders runs commit {COMMIT}",
    ]
    refresh, *looks = sandbox.calls("kubectl")
    assert refresh == [
        *("annotate", "--overwrite", "--namespace", "argocd", "applications.argoproj.io", "orders"),
        "argocd.argoproj.io/refresh=normal",
    ]
    assert [look[:5] for look in looks] == [["get", "--namespace", "argocd", "applications.argoproj.io", "orders"]] * 6


def test_commit_that_another_has_overtaken_counts(sandbox: Sandbox) -> None:
    """It is in the history, or its image runs."""
    answers(sandbox, state(revisions=f"{OTHER}   {COMMIT} {OTHER}"))
    wait(sandbox).passed()
    (sandbox.folder / "states/0").write_text(state(revisions=OTHER, images=f"other {IMAGE}"))
    wait(sandbox, image=IMAGE).passed()
    wait(sandbox, image=IMAGE.replace("aa", "ab"), timeout="0").failed("our commit not seen")


def test_deadline_is_kept(sandbox: Sandbox) -> None:
    """And what was seen last is said."""
    answers(sandbox, state(revisions=COMMIT, health="Degraded"))
    sandbox.overrides["POLL_SECONDS"] = "1"
    outcome = wait(sandbox, timeout="1").failed(
        "did not run commit", "within 1 s (sync Synced, operation Succeeded, health Degraded", "automated sync"
    )
    assert len(outcome.output.splitlines()) == 3


def test_sync_that_failed_is_not_waited_for(sandbox: Sandbox) -> None:
    """With the words of Argo CD; an earlier commit's failure is none of ours."""
    answers(sandbox, state(phase="Failed", attempted=OTHER, sync="OutOfSync"), state(revisions=COMMIT))
    wait(sandbox).passed()
    (sandbox.folder / "states/1").write_text(
        state(phase="Failed", attempted=COMMIT, sync="OutOfSync", message="one thing\nand another")
    )
    wait(sandbox).failed("could not be synced", "one thing\nand another")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("Error from server (NotFound): applications.argoproj.io orders", "cannot be read"),
        ("Error from server (Forbidden): no", "may get applications.argoproj.io"),
        ("Unable to connect to the server", "within 0 s (kubectl: Unable to connect"),
    ],
)
def test_application_that_cannot_be_read_is_said(sandbox: Sandbox, error: str, said: str) -> None:
    """At once where waiting would not help."""
    sandbox.record("kubectl", f'echo "{error}" >&2\nexit 1')
    outcome = wait(sandbox, timeout="0").failed(said)
    assert "note: Argo CD could not be asked to look at once" in outcome.output


def test_bad_parameter_is_said(sandbox: Sandbox) -> None:
    """Before anything is asked."""
    sandbox.record("kubectl", "exit 9")
    wait(sandbox, timeout="10m").failed("is no number of seconds")
    wait(sandbox, commit="main").failed("is no commit")
    assert sandbox.calls("kubectl") == []


def integration(sandbox: Sandbox, url: str, command: str) -> Outcome:
    """Run both steps, the second where the first has passed."""
    first, second = steps("integration-test").values()
    outcome = sandbox.run(first, url=url, command=command)
    return outcome if outcome.code else sandbox.run(second, url=url, command=command)


def test_service_is_tested(sandbox: Sandbox, tmp_path: Path) -> None:
    """By a command in a copy of the repository, once it answers."""
    need("curl")
    sandbox.workspaces["source"] = source = tmp_path / "source"
    source.mkdir()
    (source / "check.sh").write_text('touch left; test "$BASE_URL" = "$1"\n')
    with serving() as service:
        url = service.url("health")
        service.answers = [(404, {}), (500, {})]
        integration(sandbox, url, f'sh check.sh "{url}"').passed()
        assert len(service.asked) == 3
        integration(sandbox, url, "").passed()
        integration(sandbox, url, "true\nsh check.sh other; true").failed("the command failed against")
        integration(sandbox, url, "false || sh check.sh other").failed("the command failed against")
    assert [path.name for path in source.iterdir()] == ["check.sh"]
    sandbox.overrides["ATTEMPTS"] = "2"
    integration(sandbox, url, "true").failed("did not answer with success")
    integration(sandbox, "orders.example", "true").failed("is no address of a service")


def test_performance_is_measured(sandbox: Sandbox, tmp_path: Path) -> None:
    """By thresholds: a script without them would pass whatever it measures."""
    sandbox.workspaces["source"] = source = tmp_path / "source"
    script = source / "tests/performance/load.js"
    script.parent.mkdir(parents=True)
    step = steps("performance-test")["load"]
    sandbox.record("k6", '[ "$BASE_URL" = https://orders.example ]')
    sandbox.run(step, url="https://orders.example").failed("there is no tests/performance/load.js")
    script.write_text("export default function () {}\n")
    sandbox.run(step, url="https://orders.example").failed("has no thresholds")
    assert sandbox.calls("k6") == []
    script.write_text("export const options = { thresholds: { http_req_failed: ['rate<0.01'] } };\n")
    sandbox.run(step, url="https://orders.example").passed()
    assert sandbox.calls("k6") == [["run", "--quiet", "tests/performance/load.js"]]
    sandbox.record("k6", "exit 99")
    sandbox.run(step, url="https://orders.example").failed("a threshold was crossed")
    sandbox.record("k6", "exit 107")
    sandbox.run(step, url="https://orders.example").failed("k6 ended with 107")
