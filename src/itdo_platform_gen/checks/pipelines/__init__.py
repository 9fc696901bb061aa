"""What Tekton's rules share: readers of its documents, one noun each."""
