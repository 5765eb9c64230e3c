package io.statehub.sidecar.drill;

import io.statehub.sidecar.config.ApiSettings;
import io.statehub.sidecar.drill.ledger.LedgerRecord;
import io.statehub.sidecar.drill.ledger.LedgerRecord.TryOutcome;
import io.statehub.sidecar.drill.ledger.LedgerWriter;
import io.statehub.sidecar.drill.ledger.Track;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.ApiObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;

/** Asks the API, and has each answer in the ledger. */
public final class ApiAsking {

    private final ApiSettings settings;
    private final TimeSource time;
    private final OwnDelays delays;
    private final LedgerWriter writer;

    public ApiAsking(ApiSettings settings, TimeSource time, OwnDelays delays, LedgerWriter writer) {
        this.settings = settings;
        this.time = time;
        this.delays = delays;
        this.writer = writer;
    }

    /** How a page is called in a ledger. */
    public static Track track(ApiCheck check) {
        return switch (check) {
            case LIVENESS -> Track.API_LIVENESS;
            case READINESS -> Track.API_READINESS;
        };
    }

    /** How long a page may take. */
    public static Duration timeout(ApiSettings settings, ApiCheck check) {
        return switch (check) {
            case LIVENESS -> settings.livenessTimeout();
            case READINESS -> settings.readinessTimeout();
        };
    }

    /** Asks once; what was seen, with our own faults blamed on us. */
    public Observation ask(Probe probe, ApiCheck check) {
        Duration lost = delays.lost();
        Duration timeout = timeout(settings, check);
        Observation seen = delays.blamed(probe.observe(Deadline.in(timeout, time)), lost, timeout);
        TryOutcome failed = OwnDelays.ours(seen) ? TryOutcome.OWN_DELAY : TryOutcome.FAILED;
        String detail = seen instanceof ApiObservation.Answered answered
                ? Integer.toString(answered.status())
                : seen.failure()
                        .map(failure -> failure.kind().label() + " (" + failure.detail() + ")")
                        .orElse("");
        writer.add(new LedgerRecord.Tried(
                writer.nanos(seen.at()),
                track(check),
                0,
                writer.nanos(seen.at().plus(seen.took().negated())),
                seen.failure().isEmpty() ? TryOutcome.OK : failed,
                detail));
        return seen;
    }
}
