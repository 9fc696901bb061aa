"""The example platform by import: one environment in memory, then all of them against the files on disk."""

from pathlib import Path

from itdo_platform_gen import compare, find_blueprint, load_platform, render_blueprint

values = {"name": "alice", "owner": "alice@corp.example", "team": "orders", "quota": {"cpu": "2"}}
bundle = render_blueprint(find_blueprint("namespace-bundle"), values, kubernetes="1.34")
print(bundle["quota.yaml"].text)

comparison = compare(load_platform(Path(__file__).parent / "itdo-erp" / "platform.yaml"))
print("\n".join(f"{change.action} {change.path}" for change in comparison.plan))
comparison.apply()  # writes what differs: all of it, or nothing
