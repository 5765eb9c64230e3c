package io.statehub.sidecar.failover;

import static java.util.stream.Collectors.toSet;

import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeldBeats;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Senders;
import io.statehub.sidecar.testing.Sighting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A cluster that fails over at random, and knows the truth: who holds which beat, and whether writes work. What changes
 * whether they do changes at most once between two beats.
 */
final class SimulatedFailovers {

    /** Twice what is looked back at. */
    private static final int LONGEST = 4 * WriteLedger.MAX_CAPACITY;

    private final class Member {
        private final String name;
        private final SimulatedSession session = session();
        private boolean alive = true;
        private boolean frozen;
        private boolean primary;
        private boolean streaming = true;
        private boolean stopping;
        private long timeline = 1;
        private long history = 1;
        private int restarts;
        private List<Long> log = new ArrayList<>();

        Member(String name) {
            this.name = name;
        }

        private boolean serves() {
            return alive && !frozen && !stopping;
        }

        /**
         * It can be written to, or could once it thaws, be it seen or not; who shuts down has ended its sessions first.
         */
        private boolean isPrimaryInTruth() {
            return alive && primary && !stopping;
        }

        private Run run() {
            return new Run(name, restarts);
        }
    }

    /** One run of one server. */
    record Run(String member, int restarts) {}

    private final Random random;
    private final Set<Run> shutDownInOrder = new HashSet<>();
    private final Map<String, Run> lastLed = new HashMap<>();
    private final List<Member> members = new ArrayList<>();
    private Member endpoint;
    private boolean endpointCutOff;
    private boolean commitsHang;
    private long newestHistory = 1;
    private long newestTimeline = 1;
    private final SimulatedSession endpointSession = session();
    private final SimulatedSession beatSession = session();
    private long sequence;
    private long trimmed;
    private final TreeSet<Long> acked = new TreeSet<>();
    private final Set<Run> ackedBy = new HashSet<>();

    SimulatedFailovers(Random random, List<String> names) {
        this.random = random;
        names.forEach(name -> members.add(new Member(name)));
        endpoint = members.get(0);
        endpoint.primary = true;
        lastLed.put(endpoint.name, endpoint.run());
    }

    private SimulatedSession session() {
        return new SimulatedSession(this::isShutDownInOrder);
    }

    /** Whether a write would be committed and acknowledged now. */
    boolean writesWork() {
        return endpoint.serves() && endpoint.primary && !endpointCutOff && !commitsHang;
    }

    /** Something that concerns no write may happen. */
    void drift() {
        if (members.get(0).log.size() > LONGEST) {
            trim();
        }
        for (Member member : members) {
            replicate(member);
            if (member.stopping && oneIn(2)) {
                stop(member);
            }
            if (member != endpoint && oneIn(25)) {
                changeBystander(member);
            }
        }
    }

    private void changeBystander(Member member) {
        switch (random.nextInt(9)) {
            case 0 -> member.alive = false;
            case 8 -> shutDown(member);
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
            switch (random.nextInt(8)) {
                case 0, 1 -> endpoint.alive = false;
                case 2 -> endpoint.frozen = true;
                case 3 -> endpointCutOff = true;
                case 4 -> shutDown(endpoint);
                case 5 -> commitsHang = true;
                case 6 -> crashAndPromoteAgain(endpoint);
                default -> endpoint = members.get(random.nextInt(members.size()));
            }
        } else if (oneIn(3)) {
            if (endpoint.stopping) {
                stop(endpoint);
            }
            if (!endpointCutOff && !commitsHang) {
                restart(endpoint);
            }
            endpointCutOff = false;
            commitsHang = false;
        } else {
            failOver();
        }
    }

    private void shutDown(Member member) {
        if (member.serves()) {
            shutDownInOrder.add(member.run());
            member.stopping = true;
        }
    }

    private static void stop(Member member) {
        member.alive = false;
        member.stopping = false;
    }

    /** As a manager does with a server that has crashed: it starts as a standby, and is promoted. */
    private void crashAndPromoteAgain(Member member) {
        member.primary = false;
        restart(member);
        promote(member);
    }

    private void failOver() {
        endpointCutOff = false;
        commitsHang = false;
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

    /** Whoever has not heard of the newest timeline begins one of a number that may be taken. */
    private void promote(Member member) {
        if (member.serves() && !member.primary) {
            newestHistory++;
            member.history = newestHistory;
            member.timeline = (oneIn(3) ? member.timeline : newestTimeline) + 1;
            newestTimeline = Math.max(newestTimeline, member.timeline);
            member.primary = true;
            lastLed.put(member.name, member.run());
        }
    }

    private void restart(Member member) {
        member.alive = true;
        member.frozen = false;
        member.stopping = false;
        member.restarts++;
        if (member.primary) {
            lastLed.put(member.name, member.run());
        }
    }

    /** Becomes a standby of the newest history; what it alone had is gone. */
    private void rejoin(Member member) {
        Optional<Member> leader = leader();
        if (leader.isEmpty() || leader.get() == member) {
            return;
        }
        member.primary = false;
        restart(member);
        member.streaming = true;
        member.timeline = leader.get().timeline;
        member.history = leader.get().history;
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
                .max((one, other) -> Long.compare(one.history, other.history));
    }

    private void replicate(Member standby) {
        Optional<Member> upstream = leader().filter(leader -> leader.history == standby.history);
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
        if (commitsHang && endpoint.serves() && endpoint.primary) {
            endpoint.log.add(sequence);
            return beatSession.failed(Observed.ambiguous(sequence));
        }
        if (endpoint.stopping) {
            return beatSession.failed(Observed.beatFailed(FailureKind.SHUTTING_DOWN));
        }
        if (!writesWork()) {
            boolean replyLost = endpoint.serves() && endpoint.primary && oneIn(3);
            if (replyLost) {
                endpoint.log.add(sequence);
            }
            Sighting seen =
                    replyLost || oneIn(4) ? Observed.ambiguous(sequence) : Observed.beatFailed(FailureKind.REFUSED);
            return endpointCutOff ? beatSession.cutOff(seen) : beatSession.failed(seen);
        }
        boolean fresh = !beatSession.isWith(endpoint.run());
        Optional<HeldBeats> held = fresh ? Optional.of(held(endpoint)) : Optional.empty();
        endpoint.log.add(sequence);
        acked.add(sequence);
        ackedBy.add(endpoint.run());
        ObservedServer server = answer(endpoint);
        Sighting seen = held.map(before -> Observed.ackedAfter(server, sequence, before))
                .orElseGet(() -> Observed.acked(server, sequence));
        return beatSession.answered(endpoint.run(), server.identity(), seen);
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
        return Optional.of(endpoint)
                .filter(member -> beatSession.isWith(member.run()))
                .map(member -> member.name);
    }

    /** What a member says, seen by whoever is let through to it. */
    Sighting see(int index) {
        Member member = members.get(index);
        if (member.stopping) {
            return member.session.failed(Observed.failed(member.name, FailureKind.SHUTTING_DOWN));
        }
        if (!member.alive) {
            return member.session.failed(Observed.failed(member.name, FailureKind.REFUSED));
        }
        if (member.frozen) {
            return member.session.cutOff(Observed.failed(member.name, FailureKind.TIMED_OUT));
        }
        ObservedServer server = answer(member);
        return member.session.answered(member.run(), server.identity(), server);
    }

    /** A member that is hidden from the observer, who may have heard before what its session was ended with. */
    Sighting hide(int index, FailureKind kind) {
        Member member = members.get(index);
        Sighting seen = Observed.failed(member.name, kind);
        return oneIn(2) ? member.session.cutOff(seen) : member.session.failed(seen);
    }

    /** What another member says that is reached under this one's name; a failure names the one that was asked for. */
    Sighting seeUnderName(int index, int other) {
        Member asked = members.get(index);
        Member answering = members.get(other);
        if (!answering.serves()) {
            return asked.session.failed(Observed.failed(asked.name, FailureKind.REFUSED));
        }
        ObservedServer server = answer(answering).under(asked.name);
        return asked.session.answered(answering.run(), server.identity(), server);
    }

    /** The runs that are primaries now, be they seen or not. */
    Set<Run> primaries() {
        return members.stream()
                .filter(Member::isPrimaryInTruth)
                .map(Member::run)
                .collect(toSet());
    }

    Optional<ServerIdentity> identity(int index) {
        Member member = members.get(index);
        return member.serves() ? Optional.of(answer(member).identity()) : Optional.empty();
    }

    /** Whether this member shows itself as a primary to whoever asks. */
    Optional<Run> answersAsPrimary(int index) {
        Member member = members.get(index);
        return member.serves() && member.primary ? Optional.of(member.run()) : Optional.empty();
    }

    /** Whether this run has acknowledged a beat. */
    boolean hasAcked(Run run) {
        return ackedBy.contains(run);
    }

    /** The last run of each member that led, or leads. */
    Map<String, Run> lastLed() {
        return Map.copyOf(lastLed);
    }

    /** Whether this run was shut down in order, or is being. */
    boolean isShutDownInOrder(Run run) {
        return shutDownInOrder.contains(run)
                || members.stream()
                        .anyMatch(member -> member.stopping && member.run().equals(run));
    }

    Sighting seeEndpoint() {
        if (!writesWork()) {
            Sighting seen = Observed.endpointFailed(FailureKind.REFUSED);
            return endpointCutOff ? endpointSession.cutOff(seen) : endpointSession.failed(seen);
        }
        ObservedServer server = answer(endpoint);
        return endpointSession.answered(endpoint.run(), server.identity(), Observed.endpointTo(server));
    }

    private ObservedServer answer(Member member) {
        Lsn position = new Lsn((1L << 24) + (trimmed + member.log.size()) * 100L);
        ObservedServer server = member.primary
                ? Observed.primary(member.name).writingAt(position)
                : Observed.standby(member.name).replayed(position).writingAt(position);
        server = server.onTimeline(member.timeline).restartedTimes(member.restarts);
        if (oneIn(10)) {
            // A base backup under a member's name, as one that clones a replica takes it.
            server = server.sendingTo(Senders.baseBackup(members.get(random.nextInt(members.size())).name));
        }
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
