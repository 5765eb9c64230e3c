package io.statehub.sidecar.failover;

import io.statehub.sidecar.assessment.Recent;
import io.statehub.sidecar.assessment.Staleness;
import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.HeldBeats;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What became of each beat, kept outside the database that it is the witness of.
 *
 * @param entries the newest beats that were sent, oldest first; those that were certainly not committed are left out
 * @param capacity how many are kept, at most as many as a server keeps, so that an absent beat was lost and not
 *     overwritten
 * @param complete whether every beat since the first entry is here; a restart of the sidecar leaves a gap
 */
public record WriteLedger(List<LedgerEntry> entries, int capacity, boolean complete) {

    /** At a beat a second, 17 minutes; more is lost only if a standby that is behind by more gets promoted. */
    public static final int MAX_CAPACITY = 1024;

    public WriteLedger {
        entries = Recent.of(entries);
    }

    /**
     * A ledger in which nothing stands yet.
     *
     * @param history how many beats a server keeps of a writer, from 1
     */
    public static WriteLedger empty(int history) {
        return new WriteLedger(List.of(), Math.min(history, MAX_CAPACITY), true);
    }

    WriteLedger next(HeartbeatObservation seen) {
        return LedgerEntry.of(seen).map(this::with).orElse(this);
    }

    private WriteLedger with(LedgerEntry entry) {
        return new WriteLedger(Recent.of(entries).with(entry, capacity), capacity, complete);
    }

    /** Without these beats, whose fate is known: none is counted twice. */
    WriteLedger without(List<LedgerEntry> settled) {
        Set<LedgerEntry> gone = new HashSet<>(settled);
        return new WriteLedger(
                entries.stream().filter(entry -> !gone.contains(entry)).toList(), capacity, complete);
    }

    /** The newest of the beats, at most so many; for what must be small. */
    public WriteLedger newest(int most) {
        int from = Math.max(0, entries.size() - most);
        return new WriteLedger(entries.subList(from, entries.size()), capacity, complete);
    }

    /**
     * As once a primary leads and nothing is in question. What a predecessor of this process wrote can't be missing
     * there any more without having been found missing, so the gap that it left is behind us.
     */
    WriteLedger settled() {
        if (complete) {
            return this;
        }
        String own =
                entries.isEmpty() ? "" : entries.get(entries.size() - 1).beat().run();
        List<LedgerEntry> ours =
                entries.stream().filter(entry -> entry.beat().run().equals(own)).toList();
        return new WriteLedger(ours, capacity, true);
    }

    /** Acknowledged beats that this server doesn't hold. */
    List<LedgerEntry> missingFrom(HeldBeats held) {
        return entries.stream()
                .filter(entry -> entry.acked() && !held.holds(entry.beat()))
                .toList();
    }

    /** Beats without a clear outcome that began in this time. */
    List<LedgerEntry> ambiguousSince(Moment from) {
        return entries.stream()
                .filter(entry -> !entry.acked() && !from.isAfter(entry.at()))
                .toList();
    }

    /** Who acknowledged the beats that began in this time. */
    Stream<ServerIdentity> ackedBetween(Moment from, Moment to) {
        return entries.stream()
                .filter(entry -> entry.begun().isAfter(from) && to.isAfter(entry.begun()))
                .flatMap(entry -> entry.ackedBy().stream());
    }

    /** The first beat that this run of a server acknowledged. */
    Optional<LedgerEntry> firstAckedBy(ServerIdentity server) {
        return ackedBy(server).findFirst();
    }

    /** Where this server's log stood after each beat that a run of it acknowledged, oldest first, where it was told. */
    List<Lsn> positionsAckedBy(ServerIdentity server) {
        return ackedBy(server).flatMap(entry -> entry.position().stream()).toList();
    }

    private Stream<LedgerEntry> ackedBy(ServerIdentity server) {
        return entries.stream()
                .filter(entry -> entry.ackedBy().filter(server::isSameRunAs).isPresent());
    }

    /**
     * How old a member's newest data is: it holds all that was committed before the beat it holds, and lacks what came
     * with the next one that was acknowledged.
     *
     * @param newest the newest beat that the member holds
     * @param asked when the probe that saw it began
     * @param at when that was known
     * @return empty if the beat is not one of those remembered here
     */
    public Optional<Staleness> staleness(Beat newest, Moment asked, Moment at) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).beat().equals(newest)) {
                Duration atMost = Bounds.notNegative(at.since(entries.get(i).begun()));
                Duration atLeast = entries.stream()
                        .skip(i + 1L)
                        .filter(LedgerEntry::acked)
                        .findFirst()
                        .map(missing -> Bounds.notNegative(asked.since(missing.at())))
                        .orElse(Duration.ZERO);
                return Optional.of(new Staleness(atLeast, Optional.of(atMost)));
            }
        }
        return Optional.empty();
    }
}
