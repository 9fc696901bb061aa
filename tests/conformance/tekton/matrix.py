"""Matrix: how our verdicts on the corpus of Tekton compare with those of its webhooks, as recorded.

    python tests/conformance/tekton/matrix.py [--shrink]

prints what the one of Kubernetes does (`tests/conformance/kubernetes/matrix.py`).
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

    from conformance.kubernetes.matrix import main
    from conformance.tekton.corpus import HERE, cases

    main(HERE, cases())
