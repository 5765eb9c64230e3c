package io.statehub.sidecar.failover;

import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeldBeats;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/**
 * A cluster that fails over at random, and knows the truth: who holds which beat, and whether writes work. What changes
 * whether they do changes at most once between two beats.
 */
final class SimulatedCluster {

    /** Twice what is looked back at. */
    private static final int LONGEST = 4 * WriteLedger.MAX_CAPACITY;

    private static final class Member {
        private final String name;
        private boolean alive = true;
        private boolean frozen;
        private boolean primary;
        private boolean streaming = true;
        private boolean cutOff;
        private boolean unseen;
        private long timeline = 1;
        private int restarts;
        private List<Long> log = new ArrayList<>();

        Member(String name) {
            this.name = name;
        }

        private boolean serves() {
            return alive && !frozen;
        }
    }

    private final Random random;
    private final List<Member> members = new ArrayList<>();
    private Member endpoint;
    private boolean endpointCutOff;
    private long newestTimeline = 1;
    private Optional<Member> connected = Optional.empty();
    private int connectedRestarts;
    private long sequence;
    private long trimmed;
    private final TreeSet<Long> acked = new TreeSet<>();

    SimulatedCluster(Random random, List<String> names) {
        this.random = random;
        names.forEach(name -> members.add(new Member(name)));
        endpoint = members.get(0);
        endpoint.primary = true;
    }

    /** Whether a write would be committed and acknowledged now. */
    boolean writesWork() {
        return endpoint.serves() && endpoint.primary && !endpointCutOff;
    }

    /** Something that concerns no write may happen. */
    void drift() {
        if (members.get(0).log.size() > LONGEST) {
            trim();
        }
        for (Member member : members) {
            replicate(member);
            if (oneIn(60)) {
                member.cutOff = !member.cutOff && oneIn(2);
            }
            if (oneIn(400)) {
                member.unseen = !member.unseen;
            }
            if (member != endpoint && oneIn(25)) {
                changeBystander(member);
            }
        }
    }

    private void changeBystander(Member member) {
        switch (random.nextInt(8)) {
            case 0 -> member.alive = false;
            case 1, 2, 3 -> rejoin(member);
            case 4 -> member.frozen = !member.frozen;
            case 5 -> member.streaming = !member.streaming;
            case 6 -> restart(member);
            default -> {
                if (oneIn(3)) {
                    promote(member);
                }
            }
        }
    }

    /** Something that concerns writes happens: they stop working, or work again. */
    void strike() {
        if (writesWork()) {
            switch (random.nextInt(5)) {
                case 0, 1 -> endpoint.alive = false;
                case 2 -> endpoint.frozen = true;
                case 3 -> endpointCutOff = true;
                default -> endpoint = members.get(random.nextInt(members.size()));
            }
        } else if (oneIn(3)) {
            restart(endpoint);
            endpoint.frozen = false;
            endpointCutOff = false;
        } else {
            failOver();
        }
    }

    private void failOver() {
        endpointCutOff = false;
        List<Member> candidates =
                members.stream().filter(member -> member.serves()).toList();
        if (candidates.isEmpty()) {
            restart(endpoint);
            return;
        }
        Member next = candidates.get(random.nextInt(candidates.size()));
        if (!next.primary) {
            promote(next);
        }
        endpoint = next;
    }

    private void promote(Member member) {
        if (member.serves() && !member.primary) {
            newestTimeline++;
            member.timeline = newestTimeline;
            member.primary = true;
        }
    }

    private void restart(Member member) {
        member.alive = true;
        member.frozen = false;
        member.restarts++;
    }

    /** Becomes a standby of the newest history; what it alone had is gone. */
    private void rejoin(Member member) {
        Optional<Member> leader = leader();
        if (leader.isEmpty() || leader.get() == member) {
            return;
        }
        restart(member);
        member.primary = false;
        member.streaming = true;
        member.timeline = leader.get().timeline;
        List<Long> log = leader.get().log;
        member.log = new ArrayList<>(log.subList(0, common(member.log, log)));
    }

    /** How far two logs are the same. */
    private static int common(List<Long> one, List<Long> other) {
        int same = 0;
        while (same < Math.min(one.size(), other.size()) && one.get(same).equals(other.get(same))) {
            same++;
        }
        return same;
    }

    /** Forgets what all members have in common but for its end, so that a long run stays fast. */
    private void trim() {
        int common = members.stream()
                .mapToInt(member -> common(member.log, members.get(0).log))
                .min()
                .orElse(0);
        int old = common - LONGEST / 2;
        if (old > 0) {
            members.forEach(member -> member.log = new ArrayList<>(member.log.subList(old, member.log.size())));
            trimmed += old;
        }
    }

    private Optional<Member> leader() {
        return members.stream()
                .filter(member -> member.serves() && member.primary)
                .max((one, other) -> Long.compare(one.timeline, other.timeline));
    }

    private void replicate(Member standby) {
        Optional<Member> upstream = leader().filter(leader -> leader.timeline == standby.timeline);
        if (standby.serves() && !standby.primary && standby.streaming && upstream.isPresent() && !oneIn(4)) {
            List<Long> log = upstream.get().log;
            for (int i = standby.log.size(); i < log.size(); i++) {
                standby.log.add(log.get(i));
            }
        }
    }

    /** What a beat that is sent now comes to. */
    Sighting beat() {
        sequence++;
        if (!writesWork()) {
            boolean replyLost = endpoint.serves() && endpoint.primary && oneIn(3);
            if (replyLost) {
                endpoint.log.add(sequence);
            }
            connected = Optional.empty();
            return replyLost || oneIn(4) ? Observed.ambiguous(sequence) : Observed.beatFailed(FailureKind.REFUSED);
        }
        boolean fresh = !connected.equals(Optional.of(endpoint)) || connectedRestarts != endpoint.restarts;
        HeldBeats held = held(endpoint);
        connected = Optional.of(endpoint);
        connectedRestarts = endpoint.restarts;
        endpoint.log.add(sequence);
        acked.add(sequence);
        ObservedServer server = answer(endpoint);
        return fresh ? Observed.ackedAfter(server, sequence, held) : Observed.acked(server, sequence);
    }

    private static HeldBeats held(Member member) {
        List<HeldBeats.Range> ranges = new ArrayList<>();
        List<Long> log = member.log;
        int first = Math.max(0, log.size() - 2 * WriteLedger.MAX_CAPACITY);
        for (int i = first; i < log.size(); i++) {
            if (i + 1 == log.size() || log.get(i + 1) != log.get(i) + 1) {
                ranges.add(new HeldBeats.Range(Observed.RUN, log.get(first), log.get(i)));
                first = i + 1;
            }
        }
        return new HeldBeats(ranges);
    }

    /** Acknowledged beats that this member doesn't hold, among the newest so many. */
    long lostOn(String name, int newest) {
        List<Long> held = member(name).log;
        TreeSet<Long> recent = new TreeSet<>(held.subList(Math.max(0, held.size() - 2 * newest), held.size()));
        return acked.descendingSet().stream()
                .limit(newest)
                .filter(beat -> !recent.contains(beat))
                .count();
    }

    /** The member that the next beat reaches without a new connection. */
    Optional<String> connectedTo() {
        return connected
                .filter(member -> member == endpoint && connectedRestarts == member.restarts)
                .map(member -> member.name);
    }

    Sighting see(int index) {
        Member member = members.get(index);
        if (member.unseen) {
            return Observed.failed(member.name, FailureKind.AUTHENTICATION);
        }
        if (!member.alive) {
            return Observed.failed(member.name, FailureKind.REFUSED);
        }
        return member.frozen || member.cutOff ? Observed.failed(member.name, FailureKind.TIMED_OUT) : answer(member);
    }

    Sighting seeEndpoint() {
        return writesWork() ? Observed.endpointTo(answer(endpoint)) : Observed.endpointFailed(FailureKind.REFUSED);
    }

    private ObservedServer answer(Member member) {
        Lsn position = new Lsn((1L << 24) + (trimmed + member.log.size()) * 100L);
        ObservedServer server = member.primary
                ? Observed.primary(member.name).writingAt(position)
                : Observed.standby(member.name).replayed(position).writingAt(position);
        server = server.onTimeline(member.timeline).restartedTimes(member.restarts);
        return member.primary || member.streaming ? server : server.withoutReceiver();
    }

    private Member member(String name) {
        return members.stream()
                .filter(member -> member.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    private boolean oneIn(int bound) {
        return random.nextInt(bound) == 0;
    }
}
