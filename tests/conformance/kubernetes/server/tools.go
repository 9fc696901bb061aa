//go:build tools

// Package server pins the real Kubernetes servers that judge our checks.
package server

import (
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager"
)
