package io.statehub.sidecar.exposure.web;

import io.statehub.sidecar.assessment.InstanceVolume;
import io.statehub.sidecar.assessment.KubernetesView;
import io.statehub.sidecar.observation.Leadership;
import io.statehub.sidecar.observation.kubernetes.FailoverQuorum;
import io.statehub.sidecar.observation.kubernetes.NodeState;
import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import io.statehub.sidecar.observation.kubernetes.PodState;
import io.statehub.sidecar.observation.kubernetes.SynchronousReplication;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import jakarta.json.stream.JsonGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** What Kubernetes says, in the status. */
final class KubernetesJson {

    private KubernetesJson() {}

    static void write(AgentSnapshot snapshot, JsonGenerator json) {
        Leadership leadership = snapshot.round().leadership();
        json.writeStartObject("leadership");
        json.write("role", leadership.role().name().toLowerCase(Locale.ROOT));
        TargetJson.text("holder", leadership.holder(), json);
        TargetJson.failure(leadership.failure(), json);
        json.writeEnd();
        Optional<KubernetesView> view = snapshot.assessment().kubernetes();
        if (view.isEmpty()) {
            json.writeNull("kubernetes");
            return;
        }
        json.writeStartObject("kubernetes");
        watches(view.get(), json);
        listed("nodes", view.get(), KubernetesView::nodes, KubernetesJson::node, json, WatchedResource.NODES);
        operator(view.get().cluster(), json);
        quorum(view.get().failoverQuorum(), json);
        listed(
                "instances",
                view.get(),
                KubernetesView::instancePods,
                KubernetesJson::pod,
                json,
                WatchedResource.INSTANCE_PODS);
        listed("apiPods", view.get(), KubernetesView::apiPods, KubernetesJson::pod, json, WatchedResource.API_PODS);
        listed(
                "volumes",
                view.get(),
                KubernetesView::volumes,
                KubernetesJson::volume,
                json,
                WatchedResource.VOLUMES,
                WatchedResource.CLAIMS);
        backup(view.get(), json);
        json.writeEnd();
    }

    private static void watches(KubernetesView view, JsonGenerator json) {
        json.writeStartArray("watches");
        for (WatchedResource resource : WatchedResource.values()) {
            Watched<?> watched = view.state().get(resource);
            json.writeStartObject();
            json.write("resource", resource.label());
            json.write("state", watched.state().label());
            TargetJson.failure(watched.failure(), json);
            json.writeEnd();
        }
        json.writeEnd();
    }

    /** A list that rests on what is not watched, or not known well enough, is null: an empty one would say "none". */
    private static <T> void listed(
            String name,
            KubernetesView view,
            Function<KubernetesView, List<T>> list,
            BiConsumer<T, JsonGenerator> each,
            JsonGenerator json,
            WatchedResource... restsOn) {
        boolean known = Stream.of(restsOn)
                .allMatch(resource -> view.known(view.state().get(resource)).isPresent());
        if (!known) {
            json.writeNull(name);
            return;
        }
        json.writeStartArray(name);
        for (T one : list.apply(view)) {
            json.writeStartObject();
            each.accept(one, json);
            json.writeEnd();
        }
        json.writeEnd();
    }

    private static void node(NodeState node, JsonGenerator json) {
        json.write("name", node.name());
        json.write("ready", node.ready().name());
        json.write("schedulable", node.schedulable());
    }

    private static void operator(Optional<OperatorCluster> cluster, JsonGenerator json) {
        if (cluster.isEmpty()) {
            json.writeNull("operator");
            return;
        }
        OperatorCluster operator = cluster.get();
        json.writeStartObject("operator");
        json.write("cluster", operator.name());
        json.write("phase", operator.phase());
        number("instances", operator.instances(), json);
        number("readyInstances", operator.readyInstances(), json);
        TargetJson.text("currentPrimary", operator.currentPrimary(), json);
        TargetJson.text("targetPrimary", operator.targetPrimary(), json);
        TargetJson.number("timeline", operator.timeline(), json);
        number(
                "synchronousStandbys",
                operator.declared()
                        .synchronous()
                        .map(SynchronousReplication::number)
                        .orElse(OptionalInt.empty()),
                json);
        json.writeEnd();
    }

    private static void quorum(Optional<FailoverQuorum> noted, JsonGenerator json) {
        if (noted.isEmpty()) {
            json.writeNull("failoverQuorum");
            return;
        }
        FailoverQuorum quorum = noted.get();
        json.writeStartObject("failoverQuorum");
        TargetJson.text("primary", quorum.primary(), json);
        TargetJson.text("method", quorum.method(), json);
        number("number", quorum.number(), json);
        json.writeStartArray("standbys");
        quorum.standbys().forEach(json::write);
        json.writeEnd();
        json.writeEnd();
    }

    private static void pod(PodState pod, JsonGenerator json) {
        json.write("name", pod.name());
        TargetJson.text("node", pod.node(), json);
        json.write("ready", pod.ready().name());
    }

    private static void volume(InstanceVolume joined, JsonGenerator json) {
        json.write("instance", joined.instance());
        json.write("name", joined.volume().name());
        json.write("robustness", joined.volume().robustness());
        number("replicas", joined.volume().replicas(), json);
        number("wholeReplicas", joined.wholeReplicas(), json);
    }

    private static void backup(KubernetesView view, JsonGenerator json) {
        json.writeStartObject("backup");
        TargetJson.text("lastGood", view.backups().lastGood().map(Instant::toString), json);
        TargetJson.text("lastFailed", view.backups().lastFailed().map(Instant::toString), json);
        TargetJson.text(
                "firstRecoverabilityPoint",
                view.backups().firstRecoverabilityPoint().map(Instant::toString),
                json);
        TargetJson.millis("restoreVerifiedMs", view.restoreAge(), json);
        json.writeEnd();
    }

    private static void number(String name, OptionalInt value, JsonGenerator json) {
        TargetJson.number(name, value.isPresent() ? OptionalLong.of(value.getAsInt()) : OptionalLong.empty(), json);
    }
}
