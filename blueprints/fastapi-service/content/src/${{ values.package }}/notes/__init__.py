"""Notes: the example that shows how a resource is made here, from the route to the store."""
