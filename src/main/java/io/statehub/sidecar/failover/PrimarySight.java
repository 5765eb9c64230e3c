package io.statehub.sidecar.failover;

import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.time.Moment;
import java.util.Optional;

/**
 * A member that was seen out of recovery, and what became of it.
 *
 * @param leader as it was seen last out of recovery
 * @param since when the first look began that saw this run of it so
 * @param until when the last look had its answer that saw it so; not before {@code since}
 * @param beside whether another member was out of recovery at the same time
 * @param unbroken whether nothing else was heard of it since, and no chance was missed to hear it: a sign that comes
 *     next is of this run, and not of one that nobody has seen
 * @param shutdown the last sign that a run of it was being shut down in order
 * @param over what shows that nothing is written there any more; empty as long as nothing shows it
 */
public record PrimarySight(
        Leader leader,
        Moment since,
        Moment until,
        boolean beside,
        boolean unbroken,
        Optional<Shutdown> shutdown,
        Optional<Occurrence> over) {

    /** @throws IllegalArgumentException if it was seen last before it was seen first */
    public PrimarySight {
        if (since.isAfter(until)) {
            throw new IllegalArgumentException(leader.member() + " was seen from " + since + " to " + until);
        }
    }

    /**
     * One run of a server said that it was being shut down; of any other run that says nothing.
     *
     * @param run which said so
     * @param sign when, and in which words
     */
    public record Shutdown(ServerIdentity run, Occurrence sign) {}

    static PrimarySight first(Leader leader, Moment until) {
        return new PrimarySight(leader, leader.seenAt(), until, false, true, Optional.empty(), Optional.empty());
    }

    /** Whether it may still be written to, as far as is known. */
    boolean dangerous() {
        return over.isEmpty();
    }

    /** It is out of recovery, still or again. */
    PrimarySight seen(Leader now, Moment answered) {
        if (!now.isSameRunAs(leader)) {
            // What was said of the run before is of use yet: it tells a restart in order from a crash.
            return new PrimarySight(now, now.seenAt(), answered, false, true, shutdown, Optional.empty());
        }
        Optional<Shutdown> stillShutdown =
                shutdown.filter(said -> !now.seenAt().isAfter(said.sign().latest()));
        Moment seenSince = over.isEmpty() ? since : now.seenAt();
        Moment seenUntil = Moment.latest(answered, seenSince);
        return new PrimarySight(now, seenSince, seenUntil, beside, true, stillShutdown, Optional.empty());
    }

    PrimarySight beside(boolean another) {
        return another == beside ? this : new PrimarySight(leader, since, until, another, unbroken, shutdown, over);
    }

    /** The run that was seen last says so. */
    PrimarySight shuttingDown(Occurrence sign) {
        Optional<Shutdown> said = Optional.of(new Shutdown(leader.identity(), sign));
        return new PrimarySight(leader, since, until, beside, unbroken, said, over);
    }

    PrimarySight over(Occurrence evidence) {
        return over.isPresent()
                ? this
                : new PrimarySight(leader, since, until, beside, unbroken, shutdown, Optional.of(evidence));
    }

    /** Something else was heard of it, or may have been missed. */
    PrimarySight broken() {
        return unbroken ? new PrimarySight(leader, since, until, beside, false, shutdown, over) : this;
    }

    /** The sign that this very run was being shut down. */
    Optional<Occurrence> shutdownOf(ServerIdentity run) {
        return shutdown.filter(said -> said.run().isSameRunAs(run)).map(Shutdown::sign);
    }

    /**
     * Whether both were out of recovery at one time: a primary stays one for as long as its postmaster runs, so it was
     * one between two looks too. Names that lead to the same server are one primary.
     */
    boolean overlaps(PrimarySight other) {
        return isOfSameCluster(other.leader)
                && !leader.identity().isSameRunAs(other.leader.identity())
                && !since.isAfter(other.until)
                && !other.since.isAfter(until);
    }

    boolean isOfSameCluster(Leader other) {
        return leader.identity().systemIdentifier().equals(other.identity().systemIdentifier());
    }
}
