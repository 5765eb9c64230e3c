package io.statehub.sidecar.journal.codec;

import static io.statehub.sidecar.journal.Incidents.inTrouble;
import static io.statehub.sidecar.journal.Incidents.overWithLoss;
import static io.statehub.sidecar.testing.Members.FOLLOWER;
import static io.statehub.sidecar.testing.Members.GONE;
import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.PROMOTED;
import static io.statehub.sidecar.testing.Members.REJOINED;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statehub.sidecar.failover.Chronicle;
import io.statehub.sidecar.failover.FailoverState;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.LedgerEntry;
import io.statehub.sidecar.failover.Outcome;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.journal.Incidents;
import io.statehub.sidecar.json.JsonLibrary;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.time.Moment;
import jakarta.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverLinesTest {

    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final Optional<String> BOOT = Optional.of("boot-1");
    private final FailoverLines lines = new FailoverLines(BOOT);

    @Test
    void incidentIsReadAsItWasWritten() {
        Chronicle chronicle = overWithLoss();
        Incident incident = chronicle.incident();

        assertThat(lines.incident(json(lines.incident(incident)), chronicle.now()))
                .isEqualTo(incident);
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

            Tracking resumed = resume(checkpoint(chronicle), chronicle.now());

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
            assertThat(resumed.primaries())
                    .usingRecursiveComparison()
                    .ignoringFieldsMatchingRegexes(".*unbroken")
                    .isEqualTo(before.primaries());
            assertThat(resumed.redundancy()).isEqualTo(before.redundancy());
        }
    }

    @Test
    void quietStateIsUnknownUntilItsPrimaryIsSeenAgain() {
        Chronicle chronicle = Chronicle.steady();

        Tracking resumed = resume(checkpoint(chronicle), chronicle.now());

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
        Tracking resumed = resume(checkpoint(chronicle), chronicle.now());

        chronicle
                .restartedWith(resumed)
                .after(Duration.ofSeconds(4), GONE, PROMOTED, OTHER)
                .beat(Observed.ackedAfter(PROMOTED, 9, Observed.beatsTo(2)))
                .look(REJOINED, PROMOTED, FOLLOWER);

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
        Tracking resumed = resume(checkpoint(chronicle), chronicle.now());

        chronicle.restartedWith(resumed).after(Duration.ofMinutes(3), GONE, PROMOTED, FOLLOWER);

        Incident incident = chronicle.tracking().state().incident().orElseThrow();
        assertThat(incident.oldPrimary().member()).isEqualTo("pg-1");
        assertThat(incident.newPrimary().orElseThrow().member()).isEqualTo("pg-2");
    }

    @Test
    void onAnotherBootTheWallClockTellsHowLongAgoItWas() {
        Chronicle chronicle = inTrouble();
        JsonObject line = json(checkpoint(chronicle));
        Moment afterBoot = new Moment(chronicle.now().wallClock().plusSeconds(100), 42);

        Tracking resumed =
                new FailoverLines(Optional.of("boot-2")).checkpoint(line, Incidents.begin(afterBoot), afterBoot);

        Moment was = chronicle.tracking().state().incident().orElseThrow().noticed();
        Moment is = resumed.state().incident().orElseThrow().noticed();
        assertThat(afterBoot.since(is)).isEqualTo(chronicle.now().since(was).plusSeconds(100));
    }

    @Test
    void onAnotherBootNoMomentLiesInTheFuture() {
        Chronicle chronicle = inTrouble();
        JsonObject line = json(checkpoint(chronicle));
        Moment setBack = new Moment(chronicle.now().wallClock().minusSeconds(3600), 42);

        Tracking resumed = new FailoverLines(Optional.empty()).checkpoint(line, Incidents.begin(setBack), setBack);

        assertThat(resumed.state().incident().orElseThrow().noticed().isAfter(setBack))
                .isFalse();
    }

    @Test
    void checkpointThatWouldBeTooLongForgetsTheOldestBeats() {
        Chronicle chronicle = inTrouble();
        for (int beat = 5; beat < 200; beat++) {
            chronicle.beat(Observed.acked(PRIMARY, beat));
        }
        byte[] whole = checkpoint(chronicle);

        byte[] shorter = lines.checkpoint(chronicle.tracking(), chronicle.now(), whole.length - 1);

        assertThat(shorter.length).isLessThan(whole.length);
        List<LedgerEntry> beats = chronicle.tracking().ledger().entries();
        assertThat(resume(shorter, chronicle.now()).ledger().entries())
                .isEqualTo(beats.subList(beats.size() - CheckpointCodec.MOST_BEATS / 2, beats.size()));
        assertThatThrownBy(() -> lines.checkpoint(chronicle.tracking(), chronicle.now(), 100))
                .hasMessageContaining("without any heartbeat; allowed: 100");
    }

    @Test
    void stateThatIsNoneIsNotUnderstood() {
        Chronicle chronicle = inTrouble();
        for (String wrong : List.of("stable", "unknown", "asleep", "")) {
            JsonObject line = json(new String(checkpoint(chronicle), UTF_8)
                    .replace("\"state\":\"failing_over\"", "\"state\":\"" + wrong + "\"")
                    .getBytes(UTF_8));

            assertThatThrownBy(() -> lines.checkpoint(line, Incidents.begin(chronicle.now()), chronicle.now()))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59Z", "+1000000000-12-31T23:59:59.999999999Z", "noon"})
    void momentThatNoClockShowsIsNotUnderstood(String wallClock) {
        Chronicle chronicle = inTrouble();
        String line = new String(checkpoint(chronicle), UTF_8);
        String looked = line.replaceFirst("\"looked\":\\[\"[^\"]*\"", "\"looked\":[\"" + wallClock + "\"");

        assertThat(looked).isNotEqualTo(line);
        assertThatThrownBy(() -> resume(looked.getBytes(UTF_8), chronicle.now()))
                .isInstanceOfAny(IllegalArgumentException.class, DateTimeException.class);
    }

    /** An hour on the writer's clock between two moments that it can only have had in the other order. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"earliest\":",
                "\"since\":",
                "\"ledger\":\\[\\{[^}]*\"begun\":",
                "\"unwatchedNs\":\\d+,\"lastGood\":",
                "\"lastBad\":(?=[^{}]*\"firstGood\")"
            })
    void momentsInAnOrderThatNoProcessWritesAreNotUnderstood(String member) {
        Chronicle chronicle = overWithLoss().look(PRIMARY, PROMOTED, FOLLOWER);
        byte[] line = checkpoint(chronicle);
        String damaged = Pattern.compile("(" + member + "\\[\"[^\"]*\",)(-?\\d+)")
                .matcher(new String(line, UTF_8))
                .replaceFirst(found -> found.group(1) + (Long.parseLong(found.group(2)) + HOUR));

        assertThatThrownBy(() -> resume(damaged.getBytes(UTF_8), chronicle.now()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("' is after '");
    }

    @ParameterizedTest
    @ValueSource(strings = {"streaming", "before"})
    void aNegativeNumberOfStandbysIsNotUnderstood(String member) {
        Chronicle chronicle = inTrouble();
        byte[] damaged = changed(checkpoint(chronicle), "(\"redundancy\":\\{[^\\[]*\"" + member + "\":)\\d+", "$1-1");

        assertThatThrownBy(() -> resume(damaged, chronicle.now()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    /** What the predecessor wrote in order may be out of order by the wall clock, and that is no damage. */
    @ParameterizedTest
    @ValueSource(strings = {"earliest", "since", "begun", "lastGood", "lastBad"})
    void aWallClockThatWasSetBackCostsNoLine(String member) {
        Chronicle chronicle = overWithLoss().look(PRIMARY, PROMOTED, FOLLOWER);
        String later = chronicle.now().wallClock().plusSeconds(60).toString();
        byte[] line = changed(checkpoint(chronicle), "(\"" + member + "\":\\[\")[^\"]*", "$1" + later);
        Moment afterBoot = new Moment(chronicle.now().wallClock().plusSeconds(100), 42);

        Tracking resumed =
                new FailoverLines(Optional.of("boot-2")).checkpoint(json(line), Incidents.begin(afterBoot), afterBoot);

        assertThat(resumed.primaries().byMember().keySet())
                .isEqualTo(chronicle.tracking().primaries().byMember().keySet());
        assertThat(resumed.state().incident().orElseThrow().id())
                .isEqualTo(chronicle.tracking().state().incident().orElseThrow().id());
    }

    private static byte[] changed(byte[] line, String what, String to) {
        String before = new String(line, UTF_8);
        String after = before.replaceAll(what, to);
        assertThat(after).isNotEqualTo(before);
        return after.getBytes(UTF_8);
    }

    private byte[] checkpoint(Chronicle chronicle) {
        return lines.checkpoint(chronicle.tracking(), chronicle.now(), Long.MAX_VALUE);
    }

    private Tracking resume(byte[] checkpoint, Moment now) {
        return lines.checkpoint(json(checkpoint), Incidents.begin(now), now);
    }

    private static JsonObject json(byte[] line) {
        return JsonLibrary.object(new String(line, UTF_8));
    }
}
