package io.statehub.sidecar.drill.api;

import io.statehub.sidecar.config.ApiSettings;
import io.statehub.sidecar.drill.ApiAsking;
import io.statehub.sidecar.drill.Audience;
import io.statehub.sidecar.drill.Consent;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.DrillProcess;
import io.statehub.sidecar.drill.OwnDelays;
import io.statehub.sidecar.drill.PacedThreads;
import io.statehub.sidecar.drill.ledger.LedgerFile;
import io.statehub.sidecar.drill.ledger.LedgerRecord;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Begun;
import io.statehub.sidecar.drill.ledger.LedgerRecord.End;
import io.statehub.sidecar.drill.ledger.Notes;
import io.statehub.sidecar.drill.report.Words;
import io.statehub.sidecar.drill.trigger.DeploymentState;
import io.statehub.sidecar.drill.trigger.RunningTrigger;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.time.Moment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs one API drill, from the plan to the report. {@link #stop} may come from another thread. */
public final class ApiDrill {

    private static final Duration BASELINE = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(15);
    private static final long TURN_MILLIS = 200;

    private final ApiMeans means;
    private final ApiOptions options;
    private final Audience audience;
    private final ApiSettings api;
    private final CountDownLatch stopped = new CountDownLatch(1);

    public ApiDrill(ApiMeans means, ApiOptions options, Audience audience) {
        this.means = means;
        this.options = options;
        this.audience = audience;
        this.api = means.settings().api();
    }

    /** Ends the watching; what was seen is reported. */
    public void stop() {
        stopped.countDown();
        means.trigger().cancel();
    }

    /**
     * Runs it; the exit code.
     *
     * @param dryRun whether it stops after the plan
     * @throws DrillException if it could not begin
     */
    public int run(boolean dryRun) throws DrillException {
        ApiPlan plan = plan();
        audience.say(plan.text());
        means.trigger().check();
        Optional<Integer> ended = Consent.refused("the API", plan.unsound(), options.anyway(), dryRun, audience);
        if (ended.isPresent()) {
            return ended.get();
        }
        try {
            drilled(plan);
        } catch (IOException e) {
            throw new DrillException("the ledger can't be written: " + e);
        }
        return new ApiConclusion(options.evidence(), audience).of(ledgerFile());
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
                options.rate(),
                options.deadline(),
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
        Map<String, String> places = new TreeMap<>();
        places.put("asks", api.livenessPath() + " and " + api.readinessPath() + ", each over a connection of its own");
        places.put("time for an answer", Words.of(api.livenessTimeout()) + " and " + Words.of(api.readinessTimeout()));
        places.put("evidence", options.evidence().toString());
        places.put("ledger", ledgerFile().toString());
        places.put("version", options.version());
        places.put(DrillProcess.KEY, options.process());
        return places;
    }

    private Path ledgerFile() {
        return DrillProcess.ledgers(options.evidence()).resolve("api-" + options.id() + ".ledger");
    }

    private void drilled(ApiPlan plan) throws IOException {
        Moment begun = means.time().now();
        Begun first = new Begun(options.id(), ApiConclusion.KIND, begun.wallClock(), plan.facts());
        try (LedgerFile ledger = LedgerFile.create(ledgerFile(), first)) {
            Notes notes = new Notes(ledger, begun);
            RunningTrigger fault = new RunningTrigger(means.trigger(), notes, audience, means.time());
            ApiWatching watching = new ApiWatching(means.time(), notes, fault, audience, means.deployment());
            PacedThreads threads = started(notes, watching);
            End end = watched(notes, fault, watching);
            threads.stop(LAST_ANSWERS);
            ledger.force(new LedgerRecord.Ended(notes.nanos(means.time().now()), end));
            audience.over();
        }
    }

    private PacedThreads started(Notes notes, ApiWatching watching) {
        PacedThreads threads = new PacedThreads(means.time(), notes::fault);
        ApiAsking asking = new ApiAsking(api, means.time(), new OwnDelays(means.lost()), notes);
        Duration pace = Duration.ofSeconds(1).dividedBy(options.rate());
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

    private End watched(Notes notes, RunningTrigger fault, ApiWatching watching) {
        Moment baseline = means.time().now().plus(BASELINE);
        while (true) {
            boolean stop = stopped();
            Moment now = means.time().now();
            Optional<String> broken = notes.broken();
            if (stop || broken.isPresent()) {
                broken.ifPresent(audience::say);
                fault.join();
                return End.INTERRUPTED;
            }
            if (!fault.begun() && now.isAfter(baseline)) {
                fault.begin();
            }
            audience.see(watching.view(options.deadline(), now));
            if (fault.over() && watching.whole(now)) {
                return End.WHOLE;
            }
            if (fault.begun() && fault.since(now).compareTo(options.deadline()) > 0) {
                means.trigger().cancel();
                fault.join();
                return End.DEADLINE;
            }
        }
    }

    private boolean stopped() {
        try {
            return stopped.await(TURN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
