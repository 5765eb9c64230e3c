package io.statehub.sidecar.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.Outages.Result;
import io.statehub.sidecar.failover.Outages.Try;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutagesTest {

    private static final Moment START = new Moment(Instant.parse("2026-03-01T12:00:00Z"), 0);

    @Test
    void outageThatEndedIsBoundedByTheTriesAroundIt() {
        Outages outages = of(worked(0, 10), failed(1000, 1200), failed(2000, 2900), worked(3000, 3010));

        assertThat(outages.outages()).hasSize(1);
        assertThat(outages.open()).isFalse();
        assertThat(outages.bounds(outages.outages().get(0))).isEqualTo(bounds(800, 3010));
        assertThat(outages.total()).isEqualTo(bounds(800, 3010));
        assertThat(outages.longestGap()).as("no two good tries in a row").isEmpty();
    }

    @Test
    void outageThatLastsWhenTheWatchingEndsHasNoUpperBound() {
        Outages outages = of(worked(0, 10), failed(1000, 1200), failed(2000, 2900));

        assertThat(outages.open()).isTrue();
        assertThat(outages.total()).isEqualTo(bounds(800, 9000).withoutUpper());
    }

    @Test
    void severalOutagesAreAddedUp() {
        Outages outages = of(
                worked(0, 10),
                failed(1000, 1000),
                worked(2000, 2000),
                failed(3000, 3000),
                failed(3500, 3500),
                worked(4000, 4000));

        assertThat(outages.outages()).extracting(Outage::firstBad).containsExactly(at(1000), at(3000));
        assertThat(outages.total()).isEqualTo(bounds(500, 4000));
    }

    @Test
    void withNoneOneCouldOnlyHaveFallenIntoTheLongestGapBetweenTwoGoodTries() {
        Outages outages = of(worked(0, 10), worked(1000, 1010), worked(4000, 4010), worked(5000, 5010));

        assertThat(outages.open()).isFalse();
        assertThat(outages.longestGap()).contains(millis(3010));
        assertThat(outages.total()).isEqualTo(bounds(0, 3010));
    }

    @Test
    void tryThatTellsNothingMakesNoOutageAndLeavesTheGapAsLongAsItIs() {
        Outages outages = of(worked(0, 10), untold(1000, 1010), worked(2000, 2010));

        assertThat(outages.outages()).isEmpty();
        assertThat(outages.longestGap()).contains(millis(2010));
    }

    @Test
    void tryThatTellsNothingWithinAnOutageTakesItsTimeFromTheLowerBound() {
        Outages outages =
                of(worked(0, 10), failed(1000, 1000), untold(1500, 1500), failed(2000, 2000), worked(3000, 3000));

        assertThat(outages.total()).isEqualTo(bounds(0, 3000));
    }

    @Test
    void whatWasOverBeforeTheWatchingBeganIsLeftOut() {
        Outages outages = Outages.of(
                Service.WRITE,
                List.of(
                        worked(0, 10),
                        worked(2000, 2010),
                        failed(2500, 2600),
                        worked(3000, 3010),
                        worked(3500, 3510),
                        failed(4000, 4100),
                        worked(4500, 4510)),
                at(3100),
                at(9000));

        assertThat(outages.outages()).extracting(Outage::firstBad).containsExactly(at(4100));
        assertThat(outages.longestGap()).as("the gap of two seconds was over").contains(millis(510));
    }

    private static Outages of(Try... tries) {
        return Outages.of(Service.WRITE, List.of(tries), START, at(9000));
    }

    private static Try worked(long begun, long end) {
        return new Try(at(begun), at(end), Result.WORKED, "worked");
    }

    private static Try failed(long begun, long end) {
        return new Try(at(begun), at(end), Result.FAILED, "failed");
    }

    private static Try untold(long begun, long end) {
        return new Try(at(begun), at(end), Result.NOT_TOLD, "our password has expired");
    }

    private static Bounds bounds(long lower, long upper) {
        return new Bounds(millis(lower), Optional.of(millis(upper)));
    }

    private static Moment at(long millis) {
        return START.plus(millis(millis));
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
