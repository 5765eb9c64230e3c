package io.statehub.sidecar.kubernetes.restore;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statehub.sidecar.kubernetes.restore.RestoreOutcome.RestoreVerdict;
import io.statehub.sidecar.kubernetes.restore.RestoreOutcome.Step;
import io.statehub.sidecar.kubernetes.restore.RestoreOutcome.Taken;
import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Restores the cluster from its object store into another namespace, has it looked at, writes that down on the live
 * cluster, and deletes what it made, also after a failure.
 */
public final class RestoreDrill {

    private final RestorePlan plan;
    private final DrillObjects objects;
    private final RestoreChecks checks;
    private final TimeSource time;
    private final Runnable pause;
    private final Consumer<String> told;

    private volatile boolean stopped;

    private final List<Taken> steps = new ArrayList<>();
    private final MadeObjects made;

    /**
     * A drill that can be run once.
     *
     * @param pause waits until it is worth looking again, some seconds
     * @param told of what happens, a line at a time
     */
    public RestoreDrill(
            RestorePlan plan,
            DrillObjects objects,
            RestoreChecks checks,
            TimeSource time,
            Runnable pause,
            Consumer<String> told) {
        this.plan = plan;
        this.objects = objects;
        this.checks = checks;
        this.time = time;
        this.pause = pause;
        this.told = told;
        this.made = new MadeObjects(objects, time, pause);
    }

    /** Ends it soon, from another thread: what was made is deleted all the same. */
    public void stop() {
        stopped = true;
    }

    /** Goes through all steps until one fails. */
    public RestoreOutcome run() {
        RestoreVerdict verdict = RestoreVerdict.PASSED;
        try {
            restore();
            if (plan.api().isPresent()) {
                api(plan.api().get());
            }
            take(Step.WRITE_DOWN, this::writeDown);
        } catch (DrillStepException e) {
            verdict = e.verdict().orElseGet(this::nothingShown);
            told.accept(verdict + ": " + e.getMessage());
        }
        return new RestoreOutcome(verdict, steps, plan.keep() ? made.names() : cleanUp());
    }

    private List<String> cleanUp() {
        List<String> stays = made.delete(() -> stopped);
        stays.forEach(one -> told.accept("left behind: " + one));
        return stays;
    }

    private RestoreVerdict nothingShown() {
        if (stopped) {
            return RestoreVerdict.STOPPED;
        }
        return made.isEmpty() ? RestoreVerdict.NOT_BEGUN : RestoreVerdict.UNDECIDED;
    }

    @FunctionalInterface
    private interface Work {
        String done() throws DrillStepException;
    }

    private void take(Step step, Work work) throws DrillStepException {
        Moment begun = time.now();
        try {
            if (stopped) {
                throw new DrillStepException("broken off before it");
            }
            String said = work.done();
            steps.add(new Taken(step, time.now().since(begun), true, said));
            told.accept(step + ": " + said);
        } catch (DrillStepException e) {
            steps.add(new Taken(step, time.now().since(begun), false, String.valueOf(e.getMessage())));
            throw e;
        } catch (KubernetesClientException e) {
            String said = "the API server: " + e.getMessage();
            steps.add(new Taken(step, time.now().since(begun), false, said));
            throw new DrillStepException(said);
        }
    }

    private GenericKubernetesResource source(DrillKind kind, String name) throws DrillStepException {
        return objects.get(kind, plan.namespace(), name)
                .orElseThrow(() ->
                        new DrillStepException("there is no " + kind.word() + " " + name + " in " + plan.namespace()));
    }

    private void restore() throws DrillStepException {
        List<GenericKubernetesResource> read = new ArrayList<>();
        take(Step.READ_SOURCE, () -> {
            GenericKubernetesResource cluster = source(DrillKind.CLUSTER, plan.cluster());
            read.add(cluster);
            read.add(source(DrillKind.OBJECT_STORE, SourceObjects.objectStore(cluster)));
            return "cluster " + plan.cluster() + ", object store "
                    + read.get(1).getMetadata().getName();
        });
        take(Step.COPY_SECRETS, () -> {
            for (String name : SourceObjects.secrets(read.get(1))) {
                made.make(
                        DrillKind.SECRET,
                        SourceObjects.copy(DrillKind.SECRET, source(DrillKind.SECRET, name), plan.into()));
            }
            return SourceObjects.secrets(read.get(1)) + " in " + plan.into();
        });
        take(
                Step.COPY_OBJECT_STORE,
                () -> made.make(
                        DrillKind.OBJECT_STORE, SourceObjects.copy(DrillKind.OBJECT_STORE, read.get(1), plan.into())));
        take(Step.MAKE_CLUSTER, () -> made.make(DrillKind.CLUSTER, SourceObjects.cluster(read.get(0), plan)));
        take(Step.AWAIT_CLUSTER, this::awaitCluster);
        take(Step.VERIFY_DATABASE, () -> checks.database(plan.cluster() + "-rw." + plan.into()));
    }

    private void api(String name) throws DrillStepException {
        take(Step.MAKE_API, () -> {
            GenericKubernetesResource source = source(DrillKind.DEPLOYMENT, name);
            made.make(DrillKind.SERVICE, SourceObjects.service(source, plan.into()));
            return made.make(DrillKind.DEPLOYMENT, SourceObjects.api(source, plan.into()));
        });
        take(
                Step.AWAIT_API,
                () -> await(
                        DrillKind.DEPLOYMENT,
                        name,
                        api -> SourceObjects.count(api, "readyReplicas") + " pods ready",
                        api -> SourceObjects.count(api, "readyReplicas") > 0));
        take(Step.ASK_API, () -> checks.api(name + "." + plan.into()));
    }

    private String awaitCluster() throws DrillStepException {
        return await(
                DrillKind.CLUSTER,
                plan.cluster(),
                SourceObjects::phase,
                cluster -> SourceObjects.phase(cluster).equals(OperatorCluster.HEALTHY)
                        && SourceObjects.count(cluster, "readyInstances") > 0);
    }

    @FunctionalInterface
    private interface Look<T> {
        T at(GenericKubernetesResource object);
    }

    private String await(DrillKind kind, String name, Look<String> state, Look<Boolean> done)
            throws DrillStepException {
        Moment begun = time.now();
        String last = "";
        while (true) {
            GenericKubernetesResource object = objects.get(kind, plan.into(), name)
                    .orElseThrow(() -> new DrillStepException(
                            kind.word() + " " + name + " is gone from " + plan.into() + ": somebody deleted it"));
            String now = state.at(object);
            if (done.at(object)) {
                return now;
            }
            if (!now.equals(last)) {
                told.accept(kind.word() + " " + name + ": " + now);
                last = now;
            }
            Duration waited = time.now().since(begun);
            if (waited.compareTo(plan.deadline()) > 0) {
                throw new DrillStepException(
                        kind.word() + " " + name + " is not ready after " + waited.toSeconds() + " s: " + now
                                + "; allowed: " + plan.deadline().toSeconds() + " s",
                        RestoreVerdict.FAILED);
            }
            pause.run();
            if (stopped) {
                throw new DrillStepException("broken off while " + kind.word() + " " + name + " was: " + now);
            }
        }
    }

    private String writeDown() {
        String at = time.now().wallClock().toString();
        objects.annotate(plan.namespace(), plan.cluster(), Map.of(OperatorCluster.RESTORE_VERIFIED, at));
        return OperatorCluster.RESTORE_VERIFIED + "=" + at;
    }
}
