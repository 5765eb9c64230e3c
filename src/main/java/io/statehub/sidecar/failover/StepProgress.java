package io.statehub.sidecar.failover;

import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.time.Moment;
import java.util.Optional;

/**
 * How far one step has come.
 *
 * @param state where the cluster stands by now
 * @param ledger the beats whose fate is open
 * @param unaudited the first beat of a connection whose server is not known to lead yet
 * @param lost how many beats were found missing in this step
 */
record StepProgress(
        FailoverState state, WriteLedger ledger, Optional<HeartbeatObservation.Acked> unaudited, long lost) {

    StepProgress with(FailoverState next) {
        return new StepProgress(next, ledger, unaudited, lost);
    }

    /** Once the server that took the first beat of a connection is known to lead, what it lacked then is lost. */
    StepProgress audited(StepContext context) {
        Optional<Leader> leader = leading();
        Optional<HeartbeatObservation.Acked> first = unaudited.filter(beat ->
                leader.filter(it -> it.identity().isSameRunAs(beat.server())).isPresent());
        if (first.isEmpty()) {
            return this;
        }
        LossAudit audit = LossAudit.of(ledger, first.get());
        note(context, audit, leader.orElseThrow());
        FailoverState judged = state instanceof FailoverState.Troubled troubled
                ? troubled.with(losing(troubled.trouble(), audit))
                : state;
        return new StepProgress(
                judged,
                ledger.without(audit.lost()),
                Optional.empty(),
                lost + audit.lost().size());
    }

    private Optional<Leader> leading() {
        boolean inDoubt = state instanceof FailoverState.Suspect || state instanceof FailoverState.FailingOver;
        return inDoubt ? Optional.empty() : state.leader();
    }

    private void note(StepContext context, LossAudit audit, Leader leader) {
        if (audit.lost().isEmpty()) {
            return;
        }
        String evidence = audit.lost().size() + " acknowledged beats are missing on " + leader.described();
        state.incident()
                .ifPresentOrElse(
                        incident -> context.noticed()
                                .again(incident, Kind.LOSS_FOUND, Occurrence.exactly(context.now(), evidence)),
                        () -> context.noticed().add(Kind.LOSS_FOUND, context.now(), evidence));
    }

    private Incident losing(Incident incident, LossAudit audit) {
        Moment since = incident.milestone(Kind.PRIMARY_SUSPECT)
                .map(Occurrence::earliest)
                .orElse(incident.oldPrimary().seenAt());
        long ambiguous = ledger.ambiguousSince(since).size();
        return incident.losing(incident.loss().plus(audit.rows(), ambiguous, audit.seconds()));
    }
}
