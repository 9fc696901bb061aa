"""Checks: what a real server would refuse, or take and then fail on."""
