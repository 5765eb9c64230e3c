package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A cluster that suffers at random and knows the truth about itself. Each timeline has one writer. */
final class SimulatedLogs {

    /** All but that nothing was heard, which leaves what was known as it was. */
    private static final FailureKind[] KINDS = Arrays.stream(FailureKind.values())
            .filter(kind -> kind != FailureKind.OWN_DELAY)
            .toArray(FailureKind[]::new);

    private static final long FOREIGN = 42;
    private static final int MOST_WRITTEN = 4 << 20;

    /** From this time on, in nanoseconds of the simulation, the writer stood at this position. */
    private record Written(long at, long position) {}

    private static final class Member {
        private final String name;
        private boolean primary;
        private boolean foreign;
        private boolean receiving = true;
        private boolean visible = true;
        private boolean paused;
        private long timeline = 1;
        private long replayed;
        private Optional<FailureKind> failing = Optional.empty();

        Member(String name) {
            this.name = name;
        }
    }

    private final Random random;
    private final List<Member> members = new ArrayList<>();
    private final Map<Long, List<Written>> logs = new HashMap<>();
    private Optional<FailureKind> endpointFailing = Optional.empty();
    private int endpoint;
    private long newestTimeline = 1;

    SimulatedLogs(Random random, List<String> names) {
        this.random = random;
        names.forEach(name -> members.add(new Member(name)));
        members.get(0).primary = true;
        logs.put(1L, new ArrayList<>(List.of(new Written(0, 1L << 24))));
        members.forEach(member -> member.replayed = 1L << 24);
    }

    /** Something may happen at this time. */
    void suffer(long now) {
        if (oneIn(100)) {
            repair(now);
        }
        for (Member member : members) {
            if (member.primary) {
                write(member, now);
            } else {
                replay(member);
            }
            if (oneIn(40)) {
                change(member, now);
            }
        }
        if (oneIn(30)) {
            endpointFailing = oneIn(2) ? Optional.of(anyKind()) : Optional.empty();
        }
        if (oneIn(60)) {
            endpoint = random.nextInt(members.size());
        }
    }

    private void write(Member primary, long now) {
        if (!primary.foreign && oneIn(2)) {
            List<Written> log = log(primary);
            log.add(new Written(now, position(log) + 1 + random.nextInt(MOST_WRITTEN)));
        }
    }

    private void replay(Member standby) {
        List<Written> log = log(standby);
        if (standby.receiving && !standby.paused && !oneIn(3)) {
            long missing = position(log) - standby.replayed;
            standby.replayed += oneIn(2) ? Math.max(0, missing) : (long) (Math.max(0, missing) * random.nextDouble());
        }
    }

    private void change(Member member, long now) {
        switch (random.nextInt(8)) {
            case 0 -> member.failing = Optional.of(anyKind());
            case 1, 2 -> member.failing = Optional.empty();
            case 3 -> promote(member, now);
            case 4 -> follow(member);
            case 5 -> member.receiving = !member.receiving;
            case 6 -> member.paused = !member.paused;
            default -> {
                member.visible = oneIn(4) ? !member.visible : member.visible;
                member.foreign = !member.primary && oneIn(10);
            }
        }
    }

    private void promote(Member member, long now) {
        if (member.primary || member.foreign) {
            return;
        }
        member.primary = true;
        newestTimeline++;
        member.timeline = newestTimeline;
        logs.put(newestTimeline, new ArrayList<>(List.of(new Written(now, member.replayed))));
    }

    /** Becomes a standby of the newest timeline, as after a rewind. */
    private void follow(Member member) {
        member.primary = false;
        member.timeline = newestTimeline;
        member.replayed = Math.min(member.replayed, log(member).get(0).position());
    }

    /** All is mended, so that there are sound times too. */
    private void repair(long now) {
        members.forEach(member -> member.foreign = false);
        Member writer = members.stream()
                .filter(member -> member.primary && member.timeline == newestTimeline)
                .findFirst()
                .orElseGet(() -> members.get(random.nextInt(members.size())));
        if (writer.timeline != newestTimeline || !writer.primary) {
            writer.primary = false;
            promote(writer, now);
        }
        for (Member member : members) {
            member.failing = Optional.empty();
            member.receiving = true;
            member.visible = true;
            member.paused = false;
            if (member != writer) {
                follow(member);
            }
        }
        endpoint = members.indexOf(writer);
        endpointFailing = Optional.empty();
    }

    /** What a probe of this member brings now. */
    Sighting see(int index) {
        Member member = members.get(index);
        return member.failing.isPresent() ? Observed.failed(member.name, member.failing.get()) : answer(member);
    }

    Sighting seeEndpoint() {
        return endpointFailing.isPresent()
                ? Observed.endpointFailed(endpointFailing.get())
                : Observed.endpointTo(answer(members.get(endpoint)));
    }

    private ObservedServer answer(Member member) {
        ObservedServer server = member.primary
                ? Observed.primary(member.name).writingAt(new Lsn(position(log(member))))
                : Observed.standby(member.name).replayed(new Lsn(member.replayed));
        server = server.onTimeline(member.timeline);
        server = member.primary || member.receiving ? server : server.withoutReceiver();
        server = member.foreign ? server.ofSystem(FOREIGN) : server;
        return member.visible ? server : server.withoutStatistics();
    }

    /** How old the data at a position of a timeline is; empty if that goes back to before the timeline. */
    Optional<Duration> trueStaleness(long timeline, Lsn replayed, long now) {
        List<Written> log = logs.getOrDefault(timeline, List.of());
        if (log.isEmpty() || log.get(0).position() > replayed.position()) {
            return Optional.empty();
        }
        int held = 0;
        int beyond = log.size();
        while (beyond - held > 1) {
            int middle = (held + beyond) / 2;
            if (log.get(middle).position() > replayed.position()) {
                beyond = middle;
            } else {
                held = middle;
            }
        }
        boolean nothingMissing = held == log.size() - 1 || log.get(held + 1).at() > now;
        return Optional.of(
                nothingMissing
                        ? Duration.ZERO
                        : Duration.ofNanos(now - log.get(held + 1).at()));
    }

    private List<Written> log(Member member) {
        return logs.getOrDefault(member.timeline, List.of());
    }

    private static long position(List<Written> log) {
        return log.get(log.size() - 1).position();
    }

    private FailureKind anyKind() {
        return KINDS[random.nextInt(KINDS.length)];
    }

    private boolean oneIn(int bound) {
        return random.nextInt(bound) == 0;
    }
}
