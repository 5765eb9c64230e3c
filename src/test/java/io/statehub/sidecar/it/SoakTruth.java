package io.statehub.sidecar.it;

import io.statehub.sidecar.testing.lab.IndependentClient.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What happened in one event of a soak, by those who did it and by a client.
 *
 * @param timeline that is written afterwards
 * @param outages of the client, however short
 */
record SoakTruth(SoakEvent event, String oldPrimary, String newPrimary, int timeline, List<Outage> outages) {

    /** What no sidecar with a beat each half second is bound to see. */
    private static final Duration BETWEEN_TWO_BEATS = WatchedSidecar.ONE_ATTEMPT_AT_EITHER_END;

    boolean mayLeaveNoRecord() {
        return event.outcomes().contains("none");
    }

    /** What is wrong with the records that an event left; nothing if they are right. */
    List<String> differences(List<FailoverReport> records, boolean disturbed) {
        List<String> wrong = new ArrayList<>();
        if (records.size() > 1 || (records.isEmpty() && !mayLeaveNoRecord())) {
            wrong.add(records.size() + " records");
        }
        for (FailoverReport record : records) {
            if (!event.outcomes().contains(record.outcome())) {
                wrong.add("recorded as " + record.outcome());
            }
            if (event.promotes()) {
                promotion(record, wrong);
            }
            boolean sawIt = record.tried("write") && record.outages("write") > 0;
            if (sawIt || !disturbed || !event.disturbsTheSidecar()) {
                bounds(record, wrong);
            }
        }
        return wrong;
    }

    private void promotion(FailoverReport record, List<String> wrong) {
        if (!record.oldPrimary().equals(oldPrimary) || !record.newPrimary().equals(newPrimary)) {
            wrong.add("recorded from %s to %s".formatted(record.oldPrimary(), record.newPrimary()));
        } else if (record.newTimeline() != timeline) {
            wrong.add("recorded on timeline " + record.newTimeline());
        }
        if (event == SoakEvent.SWITCHOVER && record.lostRows().orElse(0L) > 0) {
            wrong.add("recorded with a loss of %d rows"
                    .formatted(record.lostRows().orElseThrow()));
        }
    }

    /**
     * All of the client's outages together are no shorter than the lower bound; its longest is no longer than the upper
     * one.
     */
    private void bounds(FailoverReport record, List<String> wrong) {
        Duration most = outages.stream()
                .map(outage -> outage.measured().plus(outage.error()))
                .reduce(WatchedSidecar.ONE_ATTEMPT_AT_EITHER_END, Duration::plus);
        Duration least = outages.stream()
                .map(outage -> outage.measured().minus(outage.error()))
                .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) > 0 ? one : other);
        if (!record.tried("write") || record.outages("write") == 0) {
            if (least.compareTo(BETWEEN_TWO_BEATS) > 0) {
                wrong.add("no outage was seen");
            }
            return;
        }
        if (record.writeLower().compareTo(most) > 0) {
            wrong.add("a lower bound of %s".formatted(record.writeLower()));
        }
        if (record.hasWriteUpper()
                && record.writeUpper()
                                .plus(WatchedSidecar.ONE_ATTEMPT_AT_EITHER_END)
                                .compareTo(least)
                        < 0) {
            wrong.add("an upper bound of %s".formatted(record.writeUpper()));
        }
    }

    static String describe(List<FailoverReport> records) {
        return records.stream()
                .map(record -> "%s %s to %s, %s"
                        .formatted(record.outcome(), record.oldPrimary(), record.newPrimary(), record.writeBounds()))
                .collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
        return "%s from %s to %s on timeline %d, client %s"
                .formatted(
                        event,
                        oldPrimary,
                        newPrimary,
                        timeline,
                        outages.stream()
                                .filter(outage -> outage.measured().toMillis() >= 300)
                                .map(outage -> outage.measured().toMillis() + " ms")
                                .toList());
    }
}
