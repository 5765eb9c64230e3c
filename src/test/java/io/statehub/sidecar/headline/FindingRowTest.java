package io.statehub.sidecar.headline;

import static io.statehub.sidecar.assessment.FindingKind.API_NOT_READY;
import static io.statehub.sidecar.assessment.FindingKind.BACKUP_TOO_OLD;
import static io.statehub.sidecar.assessment.FindingKind.DIVERGED_TIMELINE;
import static io.statehub.sidecar.assessment.FindingKind.MEMBER_DOWN;
import static io.statehub.sidecar.assessment.FindingKind.NODE_NOT_READY;
import static io.statehub.sidecar.assessment.FindingKind.NODE_UNKNOWN;
import static io.statehub.sidecar.assessment.FindingKind.NOT_REDUNDANT;
import static io.statehub.sidecar.assessment.FindingKind.NO_PRIMARY;
import static io.statehub.sidecar.assessment.FindingKind.STANDBY_NOT_STREAMING;
import static io.statehub.sidecar.assessment.FindingKind.STANDBY_STALE;
import static io.statehub.sidecar.assessment.FindingKind.SYNC_STANDBYS_MISSING;
import static io.statehub.sidecar.assessment.FindingKind.WRITES_FAILING;
import static io.statehub.sidecar.assessment.FindingKind.WRITE_ENDPOINT_DOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.assessment.Finding;
import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Eight findings with one cause are one row and what stands under it. */
class FindingRowTest {

    private static final Moment NOON = new Moment(ManualClock.NOON, 0);

    private static Finding found(FindingKind kind, String subject) {
        return new Finding(kind, subject, "measured on " + subject, "allowed", NOON);
    }

    private static List<FindingRow> rows(List<Finding> findings) {
        return FindingRow.of(findings, member -> Optional.empty());
    }

    private static List<String> told(List<FindingRow> rows) {
        return rows.stream()
                .flatMap(row -> Stream.concat(
                        Stream.of(row.kind() + " " + row.subject()),
                        row.consequences().stream().map(below -> "+ " + below.kind() + " " + below.subject())))
                .toList();
    }

    @Test
    void whatFollowsFromALostPrimaryStandsUnderIt() {
        List<FindingRow> rows = rows(List.of(
                found(API_NOT_READY, "api"),
                found(WRITE_ENDPOINT_DOWN, "write-endpoint"),
                found(WRITES_FAILING, "write-endpoint"),
                found(NO_PRIMARY, "cluster"),
                found(NOT_REDUNDANT, "cluster"),
                found(MEMBER_DOWN, "pg-1"),
                found(STANDBY_NOT_STREAMING, "pg-2"),
                found(STANDBY_STALE, "pg-2"),
                found(BACKUP_TOO_OLD, "backup")));

        assertThat(told(rows))
                .containsExactly(
                        "NO_PRIMARY cluster",
                        "+ WRITE_ENDPOINT_DOWN write-endpoint",
                        "+ WRITES_FAILING write-endpoint",
                        "+ API_NOT_READY api",
                        "+ NOT_REDUNDANT cluster",
                        "+ STANDBY_NOT_STREAMING pg-2",
                        "+ STANDBY_STALE pg-2",
                        "MEMBER_DOWN pg-1",
                        "BACKUP_TOO_OLD backup");
    }

    @Test
    void aMemberOnALostNodeIsDownBecauseOfItAndOneElsewhereByItself() {
        Map<String, String> nodes = Map.of("pg-1", "worker-1", "pg-2", "worker-2", "pg-3", "worker-3");

        assertThat(told(FindingRow.of(
                        List.of(
                                found(MEMBER_DOWN, "pg-1"),
                                found(MEMBER_DOWN, "pg-2"),
                                found(MEMBER_DOWN, "pg-3"),
                                found(NODE_UNKNOWN, "node worker-1"),
                                found(NODE_NOT_READY, "node worker-2"),
                                found(NODE_UNKNOWN, "node worker-9")),
                        member -> Optional.ofNullable(nodes.get(member)))))
                .containsExactly(
                        "NODE_UNKNOWN node worker-1, node worker-9",
                        "+ MEMBER_DOWN pg-1",
                        "MEMBER_DOWN pg-3",
                        "NODE_NOT_READY node worker-2",
                        "+ MEMBER_DOWN pg-2");
    }

    @Test
    void alikeFindingsOnManyMembersAreOneRowAndSortedAsPeopleCount() {
        FindingRow row = rows(IntStream.of(10, 2, 1, 3, 20)
                        .mapToObj(number -> found(MEMBER_DOWN, "pg-" + number))
                        .toList())
                .get(0);

        assertThat(row.subject()).isEqualTo("pg-1, pg-2, pg-3 and 2 more");
        assertThat(row.alike()).extracting(Finding::subject).containsExactly("pg-1", "pg-2", "pg-3", "pg-10", "pg-20");
    }

    @Test
    void theOldestOfARowSaysSinceWhen() {
        Moment later = NOON.plus(Duration.ofSeconds(9));

        assertThat(new FindingRow(
                                MEMBER_DOWN,
                                List.of(new Finding(MEMBER_DOWN, "pg-1", "m", "a", later), found(MEMBER_DOWN, "pg-2")),
                                List.of())
                        .since())
                .isEqualTo(NOON);
    }

    @Test
    void aStandbyIsNotStaleBecauseAnotherOneDoesNotStream() {
        assertThat(told(rows(List.of(
                        found(DIVERGED_TIMELINE, "pg-2"), found(STANDBY_STALE, "pg-2"), found(STANDBY_STALE, "pg-3")))))
                .containsExactly("DIVERGED_TIMELINE pg-2", "+ STANDBY_STALE pg-2", "STANDBY_STALE pg-3");
    }

    @Test
    void aRowIsAsBadAsTheWorstUnderIt() {
        FindingRow row = new FindingRow(
                MEMBER_DOWN,
                List.of(found(MEMBER_DOWN, "pg-2")),
                List.of(new FindingRow(
                        SYNC_STANDBYS_MISSING, List.of(found(SYNC_STANDBYS_MISSING, "write-endpoint")), List.of())));

        assertThat(row.worst()).isEqualTo(Status.DOWN);
    }

    /** Nothing is lost, nothing is told twice, and nothing follows from itself, with everything wrong at once. */
    @ParameterizedTest
    @EnumSource(FindingKind.class)
    void everythingThatIsFoundIsInOneRow(FindingKind without) {
        List<Finding> all = Arrays.stream(FindingKind.values())
                .filter(kind -> kind != without)
                .map(kind -> found(kind, "same"))
                .toList();

        assertThat(rows(all).stream()
                        .flatMap(row -> Stream.concat(Stream.of(row), row.consequences().stream()))
                        .flatMap(row -> row.alike().stream()))
                .containsExactlyInAnyOrderElementsOf(all);
    }
}
