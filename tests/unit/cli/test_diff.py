"""`platform-gen diff`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from greeter import RENDERED_CONFIGMAP, write

if TYPE_CHECKING:
    from pathlib import Path

    from greeter import Run

DIFF = """\
--- a/deploy/alice/configmap.yaml
+++ b/deploy/alice/configmap.yaml
@@ -4,4 +4,4 @@
 metadata:
   name: alice
 data:
-  greeting: Bye, alice!
+  greeting: Hello, alice!
"""


def test_a_diff_shows_what_rendering_would_change(here: Path, run: Run) -> None:
    run("render")
    assert run("diff") == (0, "", "")
    write(here, {"deploy/alice/configmap.yaml": RENDERED_CONFIGMAP.replace("Hello", "Bye")})
    assert run("diff") == (1, DIFF, "")
    code, out, err = run("diff", "--format", "json")
    assert (code, err) == (1, "")
    assert json.loads(out)["diffs"] == {"deploy/alice/configmap.yaml": DIFF}


def test_a_conflict_is_told_beside_its_diff(here: Path, run: Run) -> None:
    write(here, {"deploy/alice/configmap.yaml": RENDERED_CONFIGMAP.replace("Hello", "Bye")})
    code, out, err = run("diff")
    assert code == 1
    assert out.startswith(DIFF)
    assert err.startswith(
        "deploy/alice/configmap.yaml: error[FILE006] a file stands here that platform-gen did not make"
    )


def test_what_is_in_the_way_has_no_text(here: Path, run: Run) -> None:
    (here / "deploy/alice/configmap.yaml").mkdir(parents=True)
    code, _, err = run("diff")
    assert code == 1
    assert err.startswith("deploy/alice/configmap.yaml: error[FILE007] a folder stands here")
