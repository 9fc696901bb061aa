"""Convert: documents of Tekton's v1beta1 become v1, and every byte that has nothing to do with it stays."""
