// Judge says of documents what the admission webhooks of Tekton Pipelines and Triggers say of them.
//
// It takes one request a line, {"id": "...", "yaml": "..."}, and answers each with one line,
// {"id": "...", "accepted": true, "reason": "..."}: the document is decoded, given its defaults, held to what the API
// server asks of every custom resource's metadata, and validated, all by the code that a cluster runs, with the
// feature flags as they are installed.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"

	pipelineconfig "github.com/tektoncd/pipeline/pkg/apis/config"
	pipelinev1 "github.com/tektoncd/pipeline/pkg/apis/pipeline/v1"
	pipelinev1alpha1 "github.com/tektoncd/pipeline/pkg/apis/pipeline/v1alpha1"
	pipelinev1beta1 "github.com/tektoncd/pipeline/pkg/apis/pipeline/v1beta1"
	resolutionv1alpha1 "github.com/tektoncd/pipeline/pkg/apis/resolution/v1alpha1"
	resolutionv1beta1 "github.com/tektoncd/pipeline/pkg/apis/resolution/v1beta1"
	triggersconfig "github.com/tektoncd/triggers/pkg/apis/config"
	"github.com/tektoncd/triggers/pkg/apis/triggers/contexts"
	triggersv1alpha1 "github.com/tektoncd/triggers/pkg/apis/triggers/v1alpha1"
	triggersv1beta1 "github.com/tektoncd/triggers/pkg/apis/triggers/v1beta1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"knative.dev/pkg/apis"
	webhookjson "knative.dev/pkg/webhook/json"
	"knative.dev/pkg/webhook/resourcesemantics"
	"sigs.k8s.io/yaml"
)

const (
	longestLine      = 16 << 20
	rareCollections  = 400
	longestGenerated = 58 // of a name's 63 bytes, the last five are the server's
	pipelines        = "tekton.dev/"
	resolution       = "resolution.tekton.dev/"
	triggers         = "triggers.tekton.dev/"
)

// kinds are those that the webhooks are called for.
var kinds = map[string]func() resourcesemantics.GenericCRD{
	pipelines + "v1 Pipeline":                   func() resourcesemantics.GenericCRD { return &pipelinev1.Pipeline{} },
	pipelines + "v1 PipelineRun":                func() resourcesemantics.GenericCRD { return &pipelinev1.PipelineRun{} },
	pipelines + "v1 Task":                       func() resourcesemantics.GenericCRD { return &pipelinev1.Task{} },
	pipelines + "v1 TaskRun":                    func() resourcesemantics.GenericCRD { return &pipelinev1.TaskRun{} },
	pipelines + "v1beta1 CustomRun":             func() resourcesemantics.GenericCRD { return &pipelinev1beta1.CustomRun{} },
	pipelines + "v1beta1 Pipeline":              func() resourcesemantics.GenericCRD { return &pipelinev1beta1.Pipeline{} },
	pipelines + "v1beta1 PipelineRun":           func() resourcesemantics.GenericCRD { return &pipelinev1beta1.PipelineRun{} },
	pipelines + "v1beta1 StepAction":            func() resourcesemantics.GenericCRD { return &pipelinev1beta1.StepAction{} },
	pipelines + "v1beta1 Task":                  func() resourcesemantics.GenericCRD { return &pipelinev1beta1.Task{} },
	pipelines + "v1beta1 TaskRun":               func() resourcesemantics.GenericCRD { return &pipelinev1beta1.TaskRun{} },
	pipelines + "v1alpha1 StepAction":           func() resourcesemantics.GenericCRD { return &pipelinev1alpha1.StepAction{} },
	pipelines + "v1alpha1 VerificationPolicy":   func() resourcesemantics.GenericCRD { return &pipelinev1alpha1.VerificationPolicy{} },
	resolution + "v1alpha1 ResolutionRequest":   func() resourcesemantics.GenericCRD { return &resolutionv1alpha1.ResolutionRequest{} },
	resolution + "v1beta1 ResolutionRequest":    func() resourcesemantics.GenericCRD { return &resolutionv1beta1.ResolutionRequest{} },
	triggers + "v1alpha1 ClusterInterceptor":    func() resourcesemantics.GenericCRD { return &triggersv1alpha1.ClusterInterceptor{} },
	triggers + "v1alpha1 ClusterTriggerBinding": func() resourcesemantics.GenericCRD { return &triggersv1alpha1.ClusterTriggerBinding{} },
	triggers + "v1alpha1 EventListener":         func() resourcesemantics.GenericCRD { return &triggersv1alpha1.EventListener{} },
	triggers + "v1alpha1 Interceptor":           func() resourcesemantics.GenericCRD { return &triggersv1alpha1.Interceptor{} },
	triggers + "v1alpha1 Trigger":               func() resourcesemantics.GenericCRD { return &triggersv1alpha1.Trigger{} },
	triggers + "v1alpha1 TriggerBinding":        func() resourcesemantics.GenericCRD { return &triggersv1alpha1.TriggerBinding{} },
	triggers + "v1alpha1 TriggerTemplate":       func() resourcesemantics.GenericCRD { return &triggersv1alpha1.TriggerTemplate{} },
	triggers + "v1beta1 ClusterTriggerBinding":  func() resourcesemantics.GenericCRD { return &triggersv1beta1.ClusterTriggerBinding{} },
	triggers + "v1beta1 EventListener":          func() resourcesemantics.GenericCRD { return &triggersv1beta1.EventListener{} },
	triggers + "v1beta1 Trigger":                func() resourcesemantics.GenericCRD { return &triggersv1beta1.Trigger{} },
	triggers + "v1beta1 TriggerBinding":         func() resourcesemantics.GenericCRD { return &triggersv1beta1.TriggerBinding{} },
	triggers + "v1beta1 TriggerTemplate":        func() resourcesemantics.GenericCRD { return &triggersv1beta1.TriggerTemplate{} },
}

// ofTheCluster are the kinds that no namespace holds.
var ofTheCluster = map[string]bool{"ClusterInterceptor": true, "ClusterTriggerBinding": true}

type request struct {
	ID   string `json:"id"`
	YAML string `json:"yaml"`
}

type answer struct {
	ID       string `json:"id"`
	Accepted bool   `json:"accepted"`
	Reason   string `json:"reason,omitempty"`
}

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// serve answers every line; the answers come in the order of the requests, whichever is ready first.
func serve() error {
	debug.SetGCPercent(rareCollections)
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, longestLine)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	answers := json.NewEncoder(out)
	waiting := make(chan chan answer, runtime.NumCPU())
	told := make(chan error, 1)
	go func() {
		var fault error
		for ready := range waiting {
			said := <-ready
			if fault == nil {
				fault = answers.Encode(said)
			}
		}
		told <- fault
	}()
	for lines.Scan() {
		var asked request
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			return err
		}
		ready := make(chan answer, 1)
		waiting <- ready
		go func() {
			reason := refusal(asked.YAML)
			ready <- answer{ID: asked.ID, Accepted: reason == "", Reason: reason}
		}()
	}
	close(waiting)
	if err := <-told; err != nil {
		return err
	}
	return lines.Err()
}

// refusal gives why a document would be refused, or nothing. A webhook that panics gives no answer, and so refuses.
func refusal(text string) (reason string) {
	defer func() {
		if fault := recover(); fault != nil {
			reason = fmt.Sprintf("no answer: %v", fault)
		}
	}()
	if err := admit(text); err != nil {
		return err.Error()
	}
	return ""
}

func admit(text string) error {
	raw, err := yaml.YAMLToJSONStrict([]byte(text))
	if err != nil {
		return err
	}
	var named metav1.TypeMeta
	if err := json.Unmarshal(raw, &named); err != nil {
		return err
	}
	made, ok := kinds[named.APIVersion+" "+named.Kind]
	if !ok {
		return fmt.Errorf("unhandled kind: %s %s", named.APIVersion, named.Kind)
	}
	ctx := installed(apis.WithinCreate(context.Background()))
	mutated := made()
	if err := webhookjson.Decode(raw, mutated, true); err != nil {
		return fmt.Errorf("cannot decode incoming new object: %w", err)
	}
	if _, err := json.Marshal(mutated); err != nil {
		return fmt.Errorf("cannot create patch for round tripped newBytes: %w", err)
	}
	mutated.SetDefaults(ctx)
	if err := metadata(mutated, named.Kind); err != nil {
		return err
	}
	kept, err := json.Marshal(mutated)
	if err != nil {
		return err
	}
	stored := made()
	if err := webhookjson.Decode(kept, stored, true); err != nil {
		return fmt.Errorf("decoding request failed: cannot decode incoming new object: %w", err)
	}
	if err := stored.Validate(ctx).Filter(apis.ErrorLevel); err != nil {
		return fmt.Errorf("validation failed: %w", err)
	}
	return nil
}

// installed gives the context of the webhooks whose ConfigMaps are as a release brings them.
func installed(ctx context.Context) context.Context {
	ctx = pipelineconfig.ToContext(ctx, pipelineconfig.FromContextOrDefaults(ctx))
	ctx = triggersconfig.ToContext(ctx, triggersconfig.FromContextOrDefaults(ctx))
	return contexts.WithUpgradeViaDefaulting(ctx)
}

// metadata holds an object to what the API server asks of any custom resource, and names it as that would.
func metadata(object resourcesemantics.GenericCRD, kind string) error {
	accessor, err := meta.Accessor(object)
	if err != nil {
		return err
	}
	scoped := !ofTheCluster[kind]
	if scoped && accessor.GetNamespace() == "" {
		accessor.SetNamespace(metav1.NamespaceDefault)
	}
	if base := accessor.GetGenerateName(); accessor.GetName() == "" && base != "" {
		if len(base) > longestGenerated {
			base = base[:longestGenerated]
		}
		accessor.SetName(base + "abcde")
	}
	path := field.NewPath("metadata")
	return validation.ValidateObjectMetaAccessor(accessor, scoped, validation.NameIsDNSSubdomain, path).ToAggregate()
}
