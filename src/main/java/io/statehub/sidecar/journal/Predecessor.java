package io.statehub.sidecar.journal;

import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.journal.codec.FailoverLines;
import io.statehub.sidecar.journal.file.LineKind;
import io.statehub.sidecar.journal.file.LineSink;
import io.statehub.sidecar.time.Moment;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a predecessor left: its newest checkpoint and its newest incidents. No more is read, however much there is. */
final class Predecessor implements LineSink {

    private final FailoverLines lines;
    private final Tracking begin;
    private final Moment now;

    private final Map<String, Incident> newestFirst = new LinkedHashMap<>();
    private Optional<Tracking> checkpoint = Optional.empty();

    /**
     * @param begin where to begin if nothing is remembered
     * @param now the present, which readings of another boot are put in relation to
     */
    Predecessor(FailoverLines lines, Tracking begin, Moment now) {
        this.lines = lines;
        this.begin = begin;
        this.now = now;
    }

    @Override
    public boolean wants(LineKind kind) {
        return switch (kind) {
            case CHECKPOINT -> checkpoint.isEmpty();
            case INCIDENT -> newestFirst.size() < Tracking.MOST_INCIDENTS;
            case EVENT -> false;
        };
    }

    @Override
    public void take(LineKind kind, JsonObject line) {
        switch (kind) {
            case CHECKPOINT -> checkpoint = Optional.of(lines.checkpoint(line, begin, now));
            case INCIDENT -> {
                Incident incident = lines.incident(line, now);
                newestFirst.putIfAbsent(incident.id(), incident);
            }
            case EVENT -> throw new IllegalStateException("events are not asked for");
        }
    }

    /** Where to continue. */
    Tracking tracking() {
        Tracking last = checkpoint.orElse(begin);
        // An incident that has ended since the last checkpoint was written is not open any more.
        Tracking unended = last.state()
                .incident()
                .filter(open -> newestFirst.containsKey(open.id()))
                .map(open -> last.quiet())
                .orElse(last);
        return unended.remembering(new ArrayList<>(newestFirst.values()));
    }
}
