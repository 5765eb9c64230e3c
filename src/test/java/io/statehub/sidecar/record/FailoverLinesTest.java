package io.statehub.sidecar.record;

import static io.statehub.sidecar.json.JsonLibrary.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.Chronicle;
import io.statehub.sidecar.failover.FailoverState;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Outcome;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.failover.WriteLedger;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.time.Moment;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailoverLinesTest {

    private static final Optional<String> BOOT = Optional.of("boot-1");
    private static final ObservedServer PRIMARY = Observed.primary("pg-1");
    private static final ObservedServer STANDBY = Observed.standby("pg-2");
    private static final ObservedServer OTHER = Observed.standby("pg-3");
    private static final ObservedServer PROMOTED = STANDBY.promoted();
    private static final ObservedServer FOLLOWER = OTHER.onTimeline(2);
    private static final Sighting GONE = Observed.failed("pg-1", FailureKind.REFUSED);
    private static final Sighting NO_BEAT = Observed.beatFailed(FailureKind.REFUSED);

    private final FailoverLines lines = new FailoverLines(BOOT);

    private static Chronicle inTrouble() {
        return Chronicle.steady().rounds(3, NO_BEAT, GONE, STANDBY, OTHER);
    }

    private static Chronicle overWithLoss() {
        return inTrouble()
                .look(GONE, PROMOTED, OTHER)
                .beat(Observed.ackedAfter(PROMOTED, 9, Observed.beatsTo(2)))
                .look(GONE, PROMOTED, FOLLOWER)
                .look(Observed.standby("pg-1").restarted().onTimeline(2), PROMOTED, FOLLOWER);
    }

    @Test
    void incidentIsReadAsItWasWritten() {
        Incident incident = overWithLoss().incident();

        Tracking resumed = resume(List.of(lines.incident(incident)), incident.noticed());

        assertThat(resumed.history()).containsExactly(incident);
    }

    @Test
    void eachStateOfAnIncidentIsGoneOnFrom() {
        Chronicle suspect = Chronicle.steady().look(GONE, STANDBY, OTHER);
        Chronicle failingOver = inTrouble();
        Chronicle promoted = inTrouble().look(GONE, PROMOTED, OTHER);
        Chronicle routed =
                inTrouble().look(GONE, PROMOTED, OTHER).beat(Observed.ackedAfter(PROMOTED, 9, Observed.beatsTo(2)));
        Chronicle returned = inTrouble().look(PRIMARY, STANDBY, OTHER);
        Chronicle splitBrain = overWithLoss().look(PRIMARY, PROMOTED, FOLLOWER);
        for (Chronicle chronicle : List.of(suspect, failingOver, promoted, routed, returned, splitBrain)) {
            Tracking before = chronicle.tracking();

            Tracking resumed = resume(List.of(lines.checkpoint(before, chronicle.now())), chronicle.now());

            assertThat(resumed.state()).isEqualTo(before.state());
            assertThat(resumed.standbys()).isEqualTo(before.standbys());
            assertThat(resumed.ledger().entries()).isEqualTo(before.ledger().entries());
            assertThat(resumed.ledger().complete())
                    .as("beats after the checkpoint are not known")
                    .isFalse();
            assertThat(resumed.service(Service.WRITE).open())
                    .isEqualTo(before.service(Service.WRITE).open());
            assertThat(resumed.service(Service.WRITE).missed())
                    .as("nobody has tried since the predecessor did")
                    .isTrue();
            assertThat(resumed.primaries()).isEqualTo(before.primaries());
            assertThat(resumed.redundancy()).isEqualTo(before.redundancy());
        }
    }

    @Test
    void quietStateIsUnknownUntilItsPrimaryIsSeenAgain() {
        Chronicle chronicle = Chronicle.steady();

        Tracking resumed = resume(List.of(lines.checkpoint(chronicle.tracking(), chronicle.now())), chronicle.now());

        assertThat(resumed.state())
                .isEqualTo(
                        new FailoverState.Unknown(chronicle.tracking().state().leader()));
        chronicle.restartedWith(resumed).look(PRIMARY, STANDBY, OTHER);
        assertThat(chronicle.label()).isEqualTo("stable");
        assertThat(chronicle.tracking().ledger().complete()).isTrue();
    }

    @Test
    void successorFinishesTheSameIncident() {
        Chronicle chronicle = inTrouble();
        String id = chronicle.tracking().state().incident().orElseThrow().id();
        Tracking resumed = resume(List.of(lines.checkpoint(chronicle.tracking(), chronicle.now())), chronicle.now());

        chronicle
                .restartedWith(resumed)
                .after(Duration.ofSeconds(4), GONE, PROMOTED, OTHER)
                .beat(Observed.ackedAfter(PROMOTED, 9, Observed.beatsTo(2)))
                .look(Observed.standby("pg-1").restarted().onTimeline(2), PROMOTED, FOLLOWER);

        Incident incident = chronicle.incident();
        assertThat(incident.id()).isEqualTo(id);
        assertThat(incident.ending().orElseThrow().outcome()).isEqualTo(Outcome.FAILOVER);
        assertThat(incident.outagesOf(Service.WRITE).outages()).isEqualTo(1);
        assertThat(incident.outagesOf(Service.WRITE).bounds().upper().orElseThrow())
                .as("from before the kill to after the restart")
                .isGreaterThan(Duration.ofSeconds(7));
        assertThat(incident.loss().rows().orElseThrow().atLeast()).isEqualTo(1);
        assertThat(incident.loss().rows().orElseThrow().atMost())
                .as("one may have been missed")
                .isEmpty();
    }

    @Test
    void failoverThatNobodyWatchedIsFoundByTheSuccessor() {
        Chronicle chronicle = Chronicle.steady();
        Tracking resumed = resume(List.of(lines.checkpoint(chronicle.tracking(), chronicle.now())), chronicle.now());

        chronicle.restartedWith(resumed).after(Duration.ofMinutes(3), GONE, PROMOTED, FOLLOWER);

        Incident incident = chronicle.tracking().state().incident().orElseThrow();
        assertThat(incident.oldPrimary().member()).isEqualTo("pg-1");
        assertThat(incident.newPrimary().orElseThrow().member()).isEqualTo("pg-2");
    }

    @Test
    void onAnotherBootTheWallClockTellsHowLongAgoItWas() {
        Chronicle chronicle = inTrouble();
        JsonObject line = lines.checkpoint(chronicle.tracking(), chronicle.now());
        Moment afterBoot = new Moment(chronicle.now().wallClock().plusSeconds(100), 42);

        Tracking resumed = new FailoverLines(Optional.of("boot-2"))
                .resume(List.of(line), begin(afterBoot), afterBoot)
                .tracking();

        Moment was = chronicle.tracking().state().incident().orElseThrow().noticed();
        Moment is = resumed.state().incident().orElseThrow().noticed();
        assertThat(afterBoot.since(is)).isEqualTo(chronicle.now().since(was).plusSeconds(100));
    }

    @Test
    void onAnotherBootNoMomentLiesInTheFuture() {
        Chronicle chronicle = inTrouble();
        JsonObject line = lines.checkpoint(chronicle.tracking(), chronicle.now());
        Moment setBack = new Moment(chronicle.now().wallClock().minusSeconds(3600), 42);

        Tracking resumed = new FailoverLines(Optional.empty())
                .resume(List.of(line), begin(setBack), setBack)
                .tracking();

        assertThat(resumed.state().incident().orElseThrow().noticed().isAfter(setBack))
                .isFalse();
    }

    @Test
    void incidentThatEndedAfterTheLastCheckpointDoesNotGoOn() {
        Chronicle chronicle = inTrouble();
        JsonObject checkpoint = lines.checkpoint(chronicle.tracking(), chronicle.now());
        chronicle.look(PRIMARY, STANDBY, OTHER).beat(Observed.acked(PRIMARY, 4));

        Tracking resumed = resume(List.of(checkpoint, lines.incident(chronicle.incident())), chronicle.now());

        assertThat(resumed.state().incident()).isEmpty();
        assertThat(resumed.history()).containsExactly(chronicle.incident());
    }

    @Test
    void lineOfAnotherVersionIsToldAndTheRestIsUsed() {
        Incident incident = overWithLoss().incident();
        JsonObject strange = JSON.createObjectBuilder()
                .add("kind", "incident")
                .add("at", "2026-03-01T12:00:00Z")
                .add("body", JSON.createObjectBuilder().add("id", "x"))
                .build();

        FailoverLines.Resumed resumed =
                lines.resume(List.of(strange, lines.incident(incident)), begin(incident.noticed()), incident.noticed());

        assertThat(resumed.unreadable()).singleElement().asString().contains("there is no 'milestones'");
        assertThat(resumed.tracking().history()).containsExactly(incident);
    }

    @Test
    void stepInQuietTimesIsWorthALineOnlyNowAndThen() {
        Chronicle chronicle = Chronicle.steady();
        FailoverRecorder recorder = new FailoverRecorder(lines);
        assertThat(kinds(recorder.lines(quiet(chronicle), chronicle.now()))).containsExactly("checkpoint");

        assertThat(recorder.lines(quiet(chronicle), chronicle.now())).isEmpty();
        assertThat(recorder.lines(quiet(chronicle), chronicle.now().plus(FailoverRecorder.IN_QUIET.minusNanos(1))))
                .isEmpty();
        assertThat(kinds(recorder.lines(quiet(chronicle), chronicle.now().plus(FailoverRecorder.IN_QUIET))))
                .containsExactly("checkpoint");
    }

    @Test
    void everyBeatCountsWhileWritesAreInQuestion() {
        Chronicle chronicle = inTrouble();
        FailoverRecorder recorder = new FailoverRecorder(lines);
        recorder.lines(quiet(chronicle), chronicle.now());

        chronicle.beat(NO_BEAT);
        assertThat(recorder.lines(quiet(chronicle), chronicle.now())).isEmpty();
        chronicle.beat(Observed.acked(PRIMARY, 4));
        assertThat(kinds(recorder.lines(quiet(chronicle), chronicle.now()))).containsExactly("checkpoint");
    }

    @Test
    void eventsAndEndsOfAStepComeBeforeItsCheckpoint() {
        Chronicle chronicle = overWithLoss();
        var step = new FailoverTracker.Step(
                chronicle.tracking(), chronicle.events().subList(0, 2), chronicle.ended());

        assertThat(kinds(new FailoverRecorder(lines).lines(step, chronicle.now())))
                .containsExactly("event", "event", "incident", "checkpoint");
    }

    private static FailoverTracker.Step quiet(Chronicle chronicle) {
        return FailoverTracker.Step.first(chronicle.tracking());
    }

    private static List<String> kinds(List<JsonObject> lines) {
        return lines.stream().map(line -> line.getString("kind")).toList();
    }

    private Tracking resume(List<JsonObject> written, Moment now) {
        List<JsonObject> read = new ArrayList<>();
        for (JsonObject line : written) {
            try (JsonReader reader = JSON.createReader(new StringReader(line.toString()))) {
                read.add(reader.readObject());
            }
        }
        FailoverLines.Resumed resumed = lines.resume(read, begin(now), now);
        assertThat(resumed.unreadable()).isEmpty();
        return resumed.tracking();
    }

    private static Tracking begin(Moment now) {
        return Tracking.begin(now, WriteLedger.empty(1000));
    }
}
