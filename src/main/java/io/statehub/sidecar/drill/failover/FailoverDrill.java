package io.statehub.sidecar.drill.failover;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.drill.Audience;
import io.statehub.sidecar.drill.Consent;
import io.statehub.sidecar.drill.Course;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.FollowedCluster;
import io.statehub.sidecar.drill.RunOptions;
import io.statehub.sidecar.drill.StopSignal;
import io.statehub.sidecar.drill.ledger.LedgerFile;
import io.statehub.sidecar.drill.ledger.LedgerRecord;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Begun;
import io.statehub.sidecar.drill.ledger.LedgerRecord.End;
import io.statehub.sidecar.drill.ledger.LedgerWriter;
import io.statehub.sidecar.drill.report.Words;
import io.statehub.sidecar.drill.trigger.RunningTrigger;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.postgres.Canary;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.system.Refusal;
import io.statehub.sidecar.time.Moment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs one failover drill, from the plan to the report. {@link #stop} may come from another thread. */
public final class FailoverDrill {

    private static final Duration SETTLING = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 200;

    private final Means means;
    private final RunOptions options;
    private final Audience audience;
    private final Settings settings;
    private final StopSignal stop = new StopSignal();

    public FailoverDrill(Means means, RunOptions options, Audience audience) {
        this.means = means;
        this.options = options;
        this.audience = audience;
        this.settings = means.settings();
    }

    /** Ends the watching; what was seen is reported, and what was made is removed. */
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
        Watching watching = new Watching(means.time());
        try (FollowedCluster watched = means.watching().apply(watching)) {
            FailoverPlan plan = plan(settled(watched));
            audience.say(plan.said().text());
            means.trigger().check();
            writable();
            Optional<Integer> ended =
                    Consent.refused("the cluster", plan.unsound(), options.anyway(), dryRun, audience);
            if (ended.isPresent()) {
                return ended.get();
            }
            audience.begins();
            return drilled(plan, watched, watching);
        } catch (IOException e) {
            throw new DrillException("the ledger can't be written: " + Refusal.of(e));
        }
    }

    /** Waits until every target was tried as often as it takes to be believed, or until that takes too long. */
    private AgentSnapshot settled(FollowedCluster watched) {
        Moment until = means.time().now().plus(SETTLING);
        AgentSnapshot seen = watched.current();
        while (until.isAfter(means.time().now()) && !stop.isGivenWithin(LOOK_MILLIS)) {
            seen = watched.current();
            Assessment assessment = seen.assessment();
            if (Soundness.obstacles(assessment, expectedStandbys(assessment)).isEmpty()
                    && assessment.cluster().writeEndpoint().isPresent()) {
                return seen;
            }
        }
        return seen;
    }

    private static int expectedStandbys(Assessment assessment) {
        return Math.max(1, assessment.cluster().members().size() - 1);
    }

    private FailoverPlan plan(AgentSnapshot seen) throws DrillException {
        Assessment assessment = seen.assessment();
        List<MemberView> primaries = Soundness.primaries(assessment);
        String identifier = assessment
                .cluster()
                .systemIdentifier()
                .orElseThrow(() -> new DrillException("no server of the cluster answers: "
                        + String.join("; ", Soundness.obstacles(assessment, expectedStandbys(assessment)))))
                .toString();
        String name = settings.kubernetes()
                .cluster()
                .map(cluster -> "cluster " + cluster)
                .orElseGet(
                        () -> "the cluster behind " + settings.postgres().url().hosts());
        return new FailoverPlan(
                name,
                identifier,
                primaries.isEmpty() ? "none" : primaries.get(0).name(),
                Soundness.streaming(assessment),
                means.trigger().described(),
                settings.objectives().rto(),
                settings.objectives().rpo(),
                options.rate(),
                options.deadline(),
                places(),
                Soundness.obstacles(assessment, expectedStandbys(assessment)));
    }

    private Map<String, String> places() {
        Map<String, String> places = options.places(Conclusion.KIND);
        var postgres = settings.postgres();
        places.put(
                "writes to",
                settings.heartbeat().schema() + ".canary through "
                        + postgres.url().hosts() + ", database "
                        + postgres.url().database() + ", sslmode "
                        + postgres.sslmode().parameter());
        places.put(
                "reads from",
                postgres.readUrl().map(url -> url.hosts()).orElse("nowhere: statehub.postgres.read-url is not set"));
        places.put(
                "asks the API",
                settings.api().url().getHost() + ":" + settings.api().url().getPort());
        places.put("time for a write", Words.of(settings.heartbeat().timeout()));
        return places;
    }

    private void writable() throws DrillException {
        try (Canary canary = canary()) {
            Optional<Failure> obstacle = canary.obstacle(Deadline.in(ANSWER, means.time()));
            if (obstacle.isPresent()) {
                throw new DrillException(obstacle.get().detail());
            }
        } catch (Canary.CanaryException e) {
            throw new DrillException("nothing can be written through the write endpoint: " + e.getMessage());
        }
    }

    private Canary canary() {
        return Canary.through(settings.postgres(), settings.heartbeat().schema(), options.id(), ANSWER);
    }

    private int drilled(FailoverPlan plan, FollowedCluster watched, Watching watching)
            throws IOException, DrillException {
        Moment begun = means.time().now();
        Path file = options.ledger(Conclusion.KIND);
        Begun first = new Begun(
                options.id(), Conclusion.KIND, begun.wallClock(), plan.said().noted());
        try (LedgerFile ledger = LedgerFile.create(file, first)) {
            Counters counters = new Counters();
            LedgerWriter writer = new LedgerWriter(ledger, begun);
            RunningTrigger fault = new RunningTrigger(means.trigger(), writer, audience, means.time());
            try (Tries tries = new Tries(means, options.id(), watched, writer, counters)) {
                tries.start(means, options.id(), options.rate());
                watching.writeTo(writer, fault, audience);
                End end = new Course(means.time(), writer, fault, audience, stop)
                        .run(options.deadline(), new Look(watched, watching, tries, counters, plan.standbys()));
                tries.stop();
                // What the trigger did is undone, and the report made, without this line too.
                if (!writer.force(
                        new LedgerRecord.Ended(writer.nanos(means.time().now()), end))) {
                    audience.say(writer.broken().orElse(""));
                }
                audience.over();
            }
        }
        return new Conclusion(means, options.evidence(), audience).of(file, stop.isGiven());
    }

    /** A look at the cluster while writes, reads and requests are under way. */
    private final class Look implements Course.Look {

        private final FollowedCluster watched;
        private final Watching watching;
        private final Tries tries;
        private final Counters counters;
        private final WatchEnd ends;

        Look(FollowedCluster watched, Watching watching, Tries tries, Counters counters, int standbys) {
            this.watched = watched;
            this.watching = watching;
            this.tries = tries;
            this.counters = counters;
            this.ends = new WatchEnd(standbys);
        }

        @Override
        public void at(Moment now) {
            AgentSnapshot seen = watched.current();
            watching.sample(seen, now);
            audience.see(watching.view(seen, counters, options.deadline(), now));
            if (counters.hanging(now).compareTo(settings.heartbeat().timeout().multipliedBy(2)) > 0) {
                tries.cut();
            }
        }

        @Override
        public boolean whole(Moment now) {
            return ends.whole(watched.current(), watching, now);
        }
    }
}
