package io.statehub.sidecar.failover;

import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one step has to go by.
 *
 * @param known all that was known before, with what the step brought
 * @param before when the look at the members before this one began
 * @param beatsTell whether heartbeats show where writes go
 */
record StepContext(
        Tracking known,
        Moment before,
        boolean beatsTell,
        ClusterSight sight,
        Objectives objectives,
        StepEvents noticed) {

    Moment now() {
        return sight.now();
    }

    /**
     * How long writes were out since then, but for the time in which this process didn't look; empty while it is too
     * late itself to say.
     */
    Optional<Duration> watchedSince(Moment moment) {
        Duration unwatched =
                known.service(Service.WRITE).open().map(Outage::unwatched).orElse(Duration.ZERO);
        return sight.tooLate()
                ? Optional.empty()
                : Optional.of(now().since(moment).minus(unwatched));
    }

    /** An incident about this leader, which has stopped leading since it was seen last. */
    Incident suspecting(Leader leader) {
        return adopt(suspecting(beside(leader), leader));
    }

    Incident suspecting(Incident incident, Leader leader) {
        Occurrence stopped = Occurrence.between(leader.seenAt(), now(), sight.evidence(leader));
        return noticed.add(incident, Kind.PRIMARY_SUSPECT, stopped);
    }

    /** An incident about this leader, which leads on. */
    Incident beside(Leader leader) {
        return Incident.begin(now(), leader, known.redundancy().inQuietTimes(now()), lastIncident());
    }

    private Optional<Incident> lastIncident() {
        List<Incident> inThisStep = noticed.ended();
        return inThisStep.isEmpty()
                ? known.history().stream().findFirst()
                : Optional.of(inThisStep.get(inThisStep.size() - 1));
    }

    /** An outage may have come and gone before the members were looked at. */
    private Incident adopt(Incident incident) {
        Incident adopting = incident;
        Moment since = incident.milestone(Kind.PRIMARY_SUSPECT)
                .map(Occurrence::earliest)
                .orElse(incident.noticed());
        for (Service service : Service.values()) {
            Optional<Outage> ended = known.service(service)
                    .last()
                    .filter(outage ->
                            outage.firstGood().filter(end -> end.isAfter(since)).isPresent());
            if (ended.filter(adopting::owns).isPresent()) {
                adopting = adopting.suffered(service, ended.get().bounds(now()));
            }
        }
        return adopting;
    }

    Incident promoted(Incident incident, Leader successor) {
        Optional<StandbySight> asStandby = Optional.ofNullable(known.standbys().get(successor.member()));
        Moment earliest = asStandby
                .map(StandbySight::asked)
                .or(() -> incident.milestone(Kind.PRIMARY_SUSPECT).map(Occurrence::earliest))
                .orElse(before);
        Moment seen =
                sight.view(successor.member()).flatMap(view -> view.seenAt()).orElse(now());
        Occurrence at = Occurrence.between(earliest, seen, successor.described() + " is out of recovery");
        Incident promoted = noticed.promoted(incident, new Promotion(successor, at));
        return promoted.losing(promoted.loss().withBytes(lostBytes(incident.oldPrimary(), successor, asStandby)));
    }

    private Optional<Count> lostBytes(Leader old, Leader successor, Optional<StandbySight> asStandby) {
        return asStandby
                .filter(standby -> branchesOff(old, standby, successor))
                .flatMap(standby -> sight.view(successor.member())
                        .flatMap(promoted -> LossAudit.bytes(
                                LossAudit.Acked.by(old, known.ledger()), standby.position(), promoted)));
    }

    /**
     * Whether the new history is known to have left the old primary's. A number alone doesn't tell: two members that
     * never heard of each other begin timelines of the same one. So this run of the promoted server must have been seen
     * receiving the old primary's timeline, of which no other member has written one of that number, and have begun the
     * very next.
     */
    private boolean branchesOff(Leader old, StandbySight standby, Leader successor) {
        Optional<Timeline> left = old.timeline();
        return left.isPresent()
                && left.equals(standby.timeline())
                && standby.identity().isSameRunAs(successor.identity())
                && successor.timeline().equals(left.map(Timeline::next))
                && !known.primaries().isAmbiguous(left.get(), old);
    }

    Incident end(Incident incident, Outcome outcome, String evidence) {
        Incident whole = incident;
        for (Service service : Service.values()) {
            Optional<Outage> open = known.service(service).open().filter(incident::owns);
            if (open.isPresent()) {
                whole = whole.suffered(service, open.get().bounds(now()).withoutUpper());
            }
        }
        Incident over = whole.ended(new Incident.Ending(outcome, now(), evidence, rto(whole), rpo(whole, outcome)));
        noticed.ended(over, Occurrence.exactly(now(), outcome.label() + ": " + evidence));
        return over;
    }

    private Objectives.Compliance rto(Incident incident) {
        return known.service(Service.WRITE).lastGood().isEmpty()
                ? Objectives.Compliance.UNDECIDED
                : objectives.rtoOf(incident.outagesOf(Service.WRITE).bounds());
    }

    /** A primary that never stopped running has all that it acknowledged. */
    private Objectives.Compliance rpo(Incident incident, Outcome outcome) {
        return outcome == Outcome.BLIP ? Objectives.Compliance.MET : objectives.rpoOf(incident.loss());
    }

    /** The old primary leads again. */
    Incident back(Incident incident, Leader leader) {
        boolean sameRun = leader.isSameRunAs(incident.oldPrimary());
        Moment suspected = incident.milestone(Kind.PRIMARY_SUSPECT)
                .map(Occurrence::earliest)
                .orElse(before);
        String evidence = leader.described() + " leads again, its postmaster started "
                + leader.identity().postmasterStart();
        return noticed.add(
                incident,
                sameRun ? Kind.PRIMARY_BACK : Kind.PRIMARY_RESTARTED,
                Occurrence.between(Moment.latest(suspected, before), now(), evidence));
    }

    /** Whether every other member that was seen out of recovery has been seen to be over. */
    boolean leadsAlone(Leader leader) {
        return !known.primaries().anotherBeside(leader);
    }
}
