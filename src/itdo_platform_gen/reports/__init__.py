"""Reports: what was found, in the forms that other programs read."""
