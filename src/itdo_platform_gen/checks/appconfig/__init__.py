"""App-config: the files that a portal of Backstage is set up by, as its loader reads them."""
