package io.statehub.sidecar.drill.api;

import io.statehub.sidecar.config.ApiSettings;
import io.statehub.sidecar.drill.ApiAsking;
import io.statehub.sidecar.drill.Audience;
import io.statehub.sidecar.drill.Consent;
import io.statehub.sidecar.drill.Course;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.OwnDelays;
import io.statehub.sidecar.drill.PacedThreads;
import io.statehub.sidecar.drill.RunOptions;
import io.statehub.sidecar.drill.StopSignal;
import io.statehub.sidecar.drill.ledger.LedgerFile;
import io.statehub.sidecar.drill.ledger.LedgerRecord;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Begun;
import io.statehub.sidecar.drill.ledger.LedgerRecord.End;
import io.statehub.sidecar.drill.ledger.LedgerWriter;
import io.statehub.sidecar.drill.report.Words;
import io.statehub.sidecar.drill.trigger.DeploymentState;
import io.statehub.sidecar.drill.trigger.RunningTrigger;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.system.Refusal;
import io.statehub.sidecar.time.Moment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs one API drill, from the plan to the report. {@link #stop} may come from another thread. */
public final class ApiDrill {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(15);

    private final ApiMeans means;
    private final ApiOptions options;
    private final RunOptions run;
    private final Audience audience;
    private final ApiSettings api;
    private final StopSignal stop = new StopSignal();

    public ApiDrill(ApiMeans means, ApiOptions options, Audience audience) {
        this.means = means;
        this.options = options;
        this.run = options.run();
        this.audience = audience;
        this.api = means.settings().api();
    }

    /** Ends the watching; what was seen is reported. */
    public void stop() {
        stop.give();
    }

    /**
     * Runs it; the exit code.
     *
     * @param dryRun whether it stops after the plan
     * @throws DrillException if it could not begin
     */
    public int run(boolean dryRun) throws DrillException {
        ApiPlan plan = plan();
        audience.say(plan.said().text());
        means.trigger().check();
        Optional<Integer> ended = Consent.refused("the API", plan.unsound(), run.anyway(), dryRun, audience);
        if (ended.isPresent()) {
            return ended.get();
        }
        audience.begins();
        try {
            drilled(plan);
        } catch (IOException e) {
            throw new DrillException("the ledger can't be written: " + Refusal.of(e));
        }
        return new ApiConclusion(run.evidence(), audience).of(run.ledger(ApiConclusion.KIND));
    }

    private ApiPlan plan() throws DrillException {
        List<String> unsound = new ArrayList<>();
        for (ApiCheck check : ApiCheck.values()) {
            failure(check).ifPresent(unsound::add);
        }
        return new ApiPlan(
                api.url().toString(),
                options.cluster().toString(),
                deployment(unsound),
                means.trigger().described(),
                options.allowed(),
                run.rate(),
                run.deadline(),
                places(),
                unsound);
    }

    private Optional<String> failure(ApiCheck check) {
        try (Probe probe = means.api().apply(check)) {
            return probe.observe(Deadline.in(ApiAsking.timeout(api, check), means.time()))
                    .failure()
                    .map(failure -> ApiAsking.track(check).words() + ": "
                            + failure.kind().label() + " (" + failure.detail() + ")");
        }
    }

    /** The Deployment and how it is; empty if Kubernetes is not asked. */
    private String deployment(List<String> unsound) throws DrillException {
        if (means.deployment().isEmpty()) {
            return "";
        }
        DeploymentState state = means.deployment().get().state();
        String words = means.deployment().get().name() + ", " + state.words();
        if (state.wanted() == 0) {
            unsound.add("Deployment " + means.deployment().get().name() + " wants no pods");
        } else if (!state.whole()) {
            unsound.add("Deployment " + words);
        }
        return words;
    }

    private Map<String, String> places() {
        Map<String, String> places = run.places(ApiConclusion.KIND);
        places.put("asks", api.livenessPath() + " and " + api.readinessPath() + ", each over a connection of its own");
        places.put("time for an answer", Words.of(api.livenessTimeout()) + " and " + Words.of(api.readinessTimeout()));
        return places;
    }

    private void drilled(ApiPlan plan) throws IOException {
        Moment begun = means.time().now();
        Begun first = new Begun(
                run.id(), ApiConclusion.KIND, begun.wallClock(), plan.said().noted());
        try (LedgerFile ledger = LedgerFile.create(run.ledger(ApiConclusion.KIND), first)) {
            LedgerWriter writer = new LedgerWriter(ledger, begun);
            RunningTrigger fault = new RunningTrigger(means.trigger(), writer, audience, means.time());
            ApiWatching watching = new ApiWatching(means.time(), writer, fault, audience, means.deployment());
            PacedThreads threads = started(writer, watching);
            End end = new Course(means.time(), writer, fault, audience, stop).run(run.deadline(), looks(watching));
            threads.stop(LAST_ANSWERS);
            if (!writer.force(new LedgerRecord.Ended(writer.nanos(means.time().now()), end))) {
                audience.say(writer.broken().orElse(""));
            }
            audience.over();
        }
    }

    private PacedThreads started(LedgerWriter writer, ApiWatching watching) {
        PacedThreads threads = new PacedThreads(means.time(), writer::fault);
        ApiAsking asking = new ApiAsking(api, means.time(), new OwnDelays(means.lost()), writer);
        Duration pace = Duration.ofSeconds(1).dividedBy(run.rate());
        for (ApiCheck check : ApiCheck.values()) {
            threads.start("api", pace, () -> {
                // A Service spreads connections, not requests: one that is kept would ask one pod alone.
                try (Probe probe = means.api().apply(check)) {
                    watching.answered(ApiAsking.track(check), asking.ask(probe, check));
                }
            });
        }
        means.deployment().ifPresent(asked -> threads.start("kubernetes", LOOK, () -> watching.look(asked)));
        return threads;
    }

    private Course.Look looks(ApiWatching watching) {
        return new Course.Look() {
            @Override
            public void at(Moment now) {
                audience.see(watching.view(run.deadline(), now));
            }

            @Override
            public boolean whole(Moment now) {
                return watching.whole(now);
            }
        };
    }
}
