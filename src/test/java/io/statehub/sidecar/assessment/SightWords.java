package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.Observed.failed;

import io.statehub.sidecar.kubernetes.ObservedKubernetes;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.ReplicationSlot;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.SlotTotals;
import io.statehub.sidecar.observation.WalSender;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import io.statehub.sidecar.testing.Look;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Senders;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of {@code verdicts.md}: each phrase is one thing that is seen. Its last words may be figures or a kind of
 * failure.
 */
final class SightWords {

    private static final AtomicLong SEQUENCE = new AtomicLong();
    private static final long FOREIGN = 42;

    private record Phrase(Pattern pattern, Function<Matcher, Look> meaning) {}

    private static final List<Phrase> PHRASES = new ArrayList<>();

    static {
        phrase("(pg-\\d) fails (\\w+)", it -> seen(failed(it.group(1), kind(it.group(2)))));
        phrase("(pg-\\d)'s name leads to primary (pg-\\d) on timeline (\\d)", SightWords::astray);
        phrase("(pg-\\d)'s name leads to standby (pg-\\d)", SightWords::astray);
        phrase("(pg-\\d) leads on timeline (\\d)", it -> seen(primary(it).onTimeline(Long.parseLong(it.group(2)))));
        phrase("(pg-\\d) leads and keeps (\\d+) sound slots and (\\d+) lost", SightWords::slots);
        phrase(
                "(pg-\\d) leads and fails to archive",
                it -> seen(primary(it)
                        .archiving(new RoleState.Archiver(1, 1, true, Optional.of("0001"), Optional.empty()))));
        phrase("(pg-\\d) follows on timeline (\\d)", it -> seen(standby(it).onTimeline(Long.parseLong(it.group(2)))));
        phrase("(pg-\\d) has no WAL receiver", it -> seen(standby(it).withoutReceiver()));
        phrase("(pg-\\d) is fed from the archive alone", it -> seen(standby(it).fromArchive()));
        phrase("(pg-\\d) is paused", it -> seen(standby(it).pausedWith(OptionalLong.of(0))));
        phrase("(pg-\\d) lags (\\d+) MiB", it -> seen(standby(it).behindUpstreamBy(Long.parseLong(it.group(2)) << 20)));
        phrase(
                "(pg-\\d) hears nothing for (\\d+) s",
                it -> seen(standby(it).silentFor(Duration.ofSeconds(Long.parseLong(it.group(2))))));
        phrase(
                "(pg-\\d) hides its statistics",
                it -> seen(standby(it).withoutReceiver().withoutStatistics()));
        phrase("(pg-\\d) is of another system", it -> seen(standby(it).ofSystem(FOREIGN)));
        phrase(
                "(pg-\\d) is delayed by (\\d+) s",
                it -> seen(standby(it)
                        .replayed(new Lsn(1))
                        .yetToReplay(OptionalLong.of(1L << 30))
                        .delayedBy(Duration.ofSeconds(Long.parseLong(it.group(2))))));
        phrase(
                "(pg-\\d) follows and feeds (pg-\\d) and (pg-\\d)",
                it -> seen(
                        standby(it).sendingTo(Senders.asynchronous(it.group(2)), Senders.asynchronous(it.group(3)))));
        phrase("commits wait for (.+) of which (.*) streams?", SightWords::commits);
        phrase("commits of others have waited for (\\d+) s", it -> commitWait("", 3, Long.parseLong(it.group(1))));
        phrase("the cluster is declared hibernated", it -> operator(SightWords::hibernated));
        phrase("the cluster is declared a replica", it -> operator(SightWords::replica));
        phrase("a node is declared to be worked on", it -> operator(SightWords::maintenance));
        phrase("a major upgrade is declared", it -> operator(SightWords::upgrade));
        phrase(
                "(pg-\\d) is declared fenced",
                it -> operator(cluster -> cluster.annotated("cnpg.io/fencedInstances", "[\"" + it.group(1) + "\"]")));
        phrase("endpoint fails (\\w+)", it -> seen(Observed.endpointFailed(kind(it.group(1)))));
        phrase(
                "endpoint leads to (pg-\\d) on timeline (\\d)",
                it -> seen(endpointTo(primary(it).onTimeline(Long.parseLong(it.group(2))))));
        phrase("endpoint leads to standby (pg-\\d)", it -> seen(endpointTo(standby(it))));
        phrase("endpoint leads to a stranger", it -> seen(endpointTo(Observed.primary("pg-9"))));
        phrase("endpoint is read-only", it -> seen(Observed.readOnlyEndpointTo(PRIMARY)));
        phrase("endpoint gives no new session", it -> seen(noNewSession(FailureKind.TIMED_OUT)));
        phrase("endpoint gives no new session but (\\w+)", it -> seen(noNewSession(kind(it.group(1)))));
        phrase(
                "beats are acknowledged by (pg-\\d)",
                it -> seen(at ->
                        Observed.acked(primary(it), SEQUENCE.incrementAndGet()).at(at)));
        phrase(
                "beats unanswered (\\w+)",
                it -> seen(at -> new HeartbeatObservation.Ambiguous(
                        at,
                        Observed.TOOK,
                        new Beat(Observed.RUN, SEQUENCE.incrementAndGet()),
                        Observed.failure(kind(it.group(1))))));
        phrase("beats fail (\\w+)", it -> seen(Observed.beatFailed(kind(it.group(1)))));
        phrase(
                "api fails (\\w+)",
                it -> seen(
                        failed(ApiCheck.LIVENESS, kind(it.group(1))), failed(ApiCheck.READINESS, kind(it.group(1)))));
        phrase("api's readiness fails (\\w+)", it -> seen(failed(ApiCheck.READINESS, kind(it.group(1)))));
        phrase(
                "process loses (\\d+) ms of each second",
                it -> seen(Observed.lost(Duration.ofMillis(Long.parseLong(it.group(1))))));
    }

    private SightWords() {}

    private static void phrase(String words, Function<Matcher, Look> meaning) {
        PHRASES.add(new Phrase(Pattern.compile(words), meaning));
    }

    static Look read(String phrase) {
        for (Phrase known : PHRASES) {
            Matcher matcher = known.pattern().matcher(phrase);
            if (matcher.matches()) {
                return known.meaning().apply(matcher);
            }
        }
        throw new IllegalArgumentException("no such phrase: " + phrase);
    }

    private static Look operator(Consumer<FixtureCluster> declares) {
        FixtureCluster cluster = FixtureCluster.sound(ManualClock.NOON);
        declares.accept(cluster);
        return seen(ObservedKubernetes.of(cluster).sighting());
    }

    private static void hibernated(FixtureCluster cluster) {
        cluster.annotated("cnpg.io/hibernation", "on");
        cluster.change("Cluster", "pg", it -> {
            FixtureCluster.at(it, "status").remove("readyInstances");
            FixtureCluster.at(it, "status")
                    .put(
                            "conditions",
                            List.of(Map.of("type", "cnpg.io/hibernation", "status", "True", "reason", "Hibernated")));
        });
    }

    private static void replica(FixtureCluster cluster) {
        cluster.change(
                "Cluster",
                "pg",
                it -> FixtureCluster.at(it, "spec").put("replica", Map.of("enabled", true, "source", "berlin")));
    }

    private static void maintenance(FixtureCluster cluster) {
        cluster.change(
                "Cluster",
                "pg",
                it -> FixtureCluster.at(it, "spec")
                        .put("nodeMaintenanceWindow", Map.of("inProgress", true, "reusePVC", true)));
    }

    private static void upgrade(FixtureCluster cluster) {
        cluster.change("Cluster", "pg", it -> {
            FixtureCluster.at(it, "status").put("phase", "Upgrading Postgres major version");
            FixtureCluster.at(it, "status").put("readyInstances", 0);
        });
    }

    private static FailureKind kind(String label) {
        return FailureKind.valueOf(label.toUpperCase(Locale.ROOT));
    }

    private static Look astray(Matcher matcher) {
        String other = matcher.group(2);
        ObservedServer server = matcher.groupCount() > 2
                ? Observed.primary(other).onTimeline(Long.parseLong(matcher.group(3)))
                : Observed.standby(other);
        return seen(server.under(matcher.group(1)));
    }

    private static ObservedServer primary(Matcher matcher) {
        return Observed.primary(matcher.group(1));
    }

    private static ObservedServer standby(Matcher matcher) {
        return Observed.standby(matcher.group(1));
    }

    private static Look seen(Sighting... seen) {
        return Look.of(seen);
    }

    private static Look commits(Matcher matcher) {
        List<WalSender> senders = new ArrayList<>();
        for (String name : matcher.group(2).split(" and ", -1)) {
            if (!name.equals("none")) {
                senders.add(Senders.quorum(name));
            }
        }
        return commitWait(matcher.group(1).replace("+", ", "), 0, 0, senders.toArray(WalSender[]::new));
    }

    private static Look commitWait(String names, long waiting, long seconds, WalSender... senders) {
        Optional<Duration> longest = waiting == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
        return seen(PRIMARY.committing(new RoleState.CommitWait(names, true, waiting, longest))
                .sendingTo(senders));
    }

    /** As the question answers it: cut at a hundred, the worst first, and counted over all. */
    private static Look slots(Matcher matcher) {
        long sound = Long.parseLong(matcher.group(2));
        long lost = Long.parseLong(matcher.group(3));
        List<ReplicationSlot> shown = new ArrayList<>();
        for (int i = 0; i < lost; i++) {
            shown.add(new ReplicationSlot("lost_" + i, false, "lost", OptionalLong.empty(), OptionalLong.empty()));
        }
        for (int i = 0; i < sound && shown.size() < 100; i++) {
            shown.add(new ReplicationSlot("sound_" + i, true, "reserved", OptionalLong.of(1), OptionalLong.empty()));
        }
        return seen(primary(matcher)
                .keeping(shown, Optional.of(new SlotTotals(sound + lost, sound, lost, OptionalLong.of(1)))));
    }

    private static Sighting noNewSession(FailureKind why) {
        return at -> new WriteEndpointObservation.Answered(
                        at, Observed.TOOK, PRIMARY.identity(), MemberRole.PRIMARY, false)
                .without(Optional.of(Observed.failure(why)));
    }
}
