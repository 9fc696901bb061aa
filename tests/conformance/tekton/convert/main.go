// Convert brings documents of Tekton from v1beta1 to v1, and back, with the code that a cluster's webhook does it with.
//
// It takes one request a line, {"id": "...", "do": "raise", "yaml": "..."}, and answers each with one line,
// {"id": "...", "data": {...}} or {"id": "...", "error": "..."}. What it can do is "raise" (v1beta1 becomes v1), "read"
// (v1 as it is) and "lower" (v1 becomes v1beta1). Documents are decoded strictly, and v1 is given with its defaults.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/tektoncd/pipeline/pkg/apis/config"
	v1 "github.com/tektoncd/pipeline/pkg/apis/pipeline/v1"
	"github.com/tektoncd/pipeline/pkg/apis/pipeline/v1beta1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"knative.dev/pkg/apis"
	webhookjson "knative.dev/pkg/webhook/json"
	"sigs.k8s.io/yaml"
)

const (
	group       = "tekton.dev/"
	longestLine = 16 << 20
)

type defaulted interface {
	apis.Convertible
	apis.Defaultable
}

// kinds are those of both versions, the older one first.
var kinds = map[string]func() (apis.Convertible, defaulted){
	"Pipeline":    func() (apis.Convertible, defaulted) { return &v1beta1.Pipeline{}, &v1.Pipeline{} },
	"PipelineRun": func() (apis.Convertible, defaulted) { return &v1beta1.PipelineRun{}, &v1.PipelineRun{} },
	"Task":        func() (apis.Convertible, defaulted) { return &v1beta1.Task{}, &v1.Task{} },
	"TaskRun":     func() (apis.Convertible, defaulted) { return &v1beta1.TaskRun{}, &v1.TaskRun{} },
}

type request struct {
	ID   string `json:"id"`
	Do   string `json:"do"`
	YAML string `json:"yaml"`
}

type answer struct {
	ID    string         `json:"id"`
	Data  map[string]any `json:"data,omitempty"`
	Error string         `json:"error,omitempty"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, longestLine)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	answers := json.NewEncoder(out)
	for lines.Scan() {
		var asked request
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		said := answer{ID: asked.ID}
		data, err := done(asked)
		if err != nil {
			said.Error = err.Error()
		} else {
			said.Data = data
		}
		if err := answers.Encode(said); err != nil {
			panic(err)
		}
	}
	if err := lines.Err(); err != nil {
		panic(err)
	}
}

func done(asked request) (map[string]any, error) {
	raw, err := yaml.YAMLToJSONStrict([]byte(asked.YAML))
	if err != nil {
		return nil, err
	}
	var named metav1.TypeMeta
	if err := json.Unmarshal(raw, &named); err != nil {
		return nil, err
	}
	made, ok := kinds[named.Kind]
	if !ok {
		return nil, fmt.Errorf("unhandled kind: %s", named.Kind)
	}
	ctx := config.ToContext(context.Background(), config.FromContextOrDefaults(context.Background()))
	older, newer := made()
	if asked.Do == "raise" {
		if named.APIVersion != group+"v1beta1" {
			return nil, fmt.Errorf("not v1beta1: %s", named.APIVersion)
		}
		if err := webhookjson.Decode(raw, older, true); err != nil {
			return nil, err
		}
		if err := older.ConvertTo(ctx, newer); err != nil {
			return nil, err
		}
		newer.SetDefaults(ctx)
		return plain(newer, named.Kind, "v1")
	}
	if named.APIVersion != group+"v1" {
		return nil, fmt.Errorf("not v1: %s", named.APIVersion)
	}
	if err := webhookjson.Decode(raw, newer, true); err != nil {
		return nil, err
	}
	if asked.Do == "lower" {
		if err := older.ConvertFrom(ctx, newer); err != nil {
			return nil, err
		}
		return plain(older, named.Kind, "v1beta1")
	}
	newer.SetDefaults(ctx)
	return plain(newer, named.Kind, "v1")
}

// plain gives an object as data; conversion leaves its version to the caller.
func plain(object any, kind, version string) (map[string]any, error) {
	written, err := json.Marshal(object)
	if err != nil {
		return nil, err
	}
	data := map[string]any{}
	if err := json.Unmarshal(written, &data); err != nil {
		return nil, err
	}
	data["apiVersion"] = group + version
	data["kind"] = kind
	return data, nil
}
