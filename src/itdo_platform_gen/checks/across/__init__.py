"""Rules across documents, one a module.

What a reference names may lie outside the documents. How sure a rule is follows from who makes the namespace:

- Where its Namespace is among the documents they are taken to know all that is in it. What they refer to there and do
  not make is missing (`fails`). Not so Secrets, which are rightly made by hand or by programs, and what is named after
  a custom resource there, since its controller may make it; nor namespaces into which an Argo CD Application, a Helm
  release or a Kustomization brings what is not seen.
- Anything else is not seen: one notice for each such thing, K8S202, at the first place that names it. `external:` in
  platform.yaml declares what is there, and makes it silent.
- Labels name nothing that could be declared. A selector without a pod `fails` where the documents know the namespace,
  is a warning where they have other pods there, and nothing else.
- What two documents say against each other, such as a key that a ConfigMap lacks, is a fault wherever they stand.
- Policies, quotas and limits may have company outside, so that what is cut `fails` only where the namespace is known.
"""

GROUPS: tuple[str, ...] = ()
"""The API groups that documents have to be of for these rules to find something; none is any."""
