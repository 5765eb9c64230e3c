package io.statehub.sidecar.drill.restore;

import static io.statehub.sidecar.drill.restore.Manifests.manifest;
import static io.statehub.sidecar.drill.restore.Manifests.record;
import static io.statehub.sidecar.drill.restore.Manifests.rows;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final TableRows.Unread LOCKED = new TableRows.Unread("locked");

    private static ComparisonResult compared(Manifests expected, Manifests found, AsOf asOf) {
        return Comparison.of(expected.build(), found.build(), asOf);
    }

    private static ComparisonResult rowsCompared(TableRows expected, TableRows found, AsOf asOf) {
        return compared(manifest().table("public.t", expected), manifest().table("public.t", found), asOf);
    }

    private static List<String> lines(List<Difference> differences) {
        return differences.stream().map(Difference::toString).toList();
    }

    @Test
    void equalManifestsAreTheSame() {
        ComparisonResult result = rowsCompared(rows(1, 3), rows(1, 3), AsOf.SAME);

        assertThat(result.outcome()).isEqualTo(ComparisonOutcome.SAME);
        assertThat(result.rowsCompared()).isEqualTo(3);
        assertThat(result.recordsCompared()).isEqualTo(3);
        assertThat(result.tablesCompared()).isEqualTo(1);
    }

    @Test
    void rowsMoreAreAllowedWhereTheDatabaseIsOfALaterMomentAndNotOtherwise() {
        assertThat(rowsCompared(rows(1, 3), rows(1, 5), AsOf.LATER).outcome()).isEqualTo(ComparisonOutcome.SAME);
        assertThat(lines(rowsCompared(rows(1, 3), rows(1, 5), AsOf.LATER).allowed()))
                .containsExactly(
                        "table public.t: 5 rows, expected 3: 2 more; of 3 recorded rows 3 are as they were, 0 missing,"
                                + " 0 changed, and 2 not expected; first keys: not expected id=4, not expected id=5");
        assertThat(rowsCompared(rows(1, 3), rows(1, 5), AsOf.SAME).outcome()).isEqualTo(ComparisonOutcome.DIFFERENT);
        assertThat(rowsCompared(rows(1, 3), rows(1, 5), AsOf.EARLIER).outcome()).isEqualTo(ComparisonOutcome.DIFFERENT);
    }

    @Test
    void rowsFewerAreAllowedWhereTheDatabaseIsOfAnEarlierMomentAndNotOtherwise() {
        assertThat(rowsCompared(rows(1, 5), rows(1, 3), AsOf.EARLIER).outcome()).isEqualTo(ComparisonOutcome.SAME);
        assertThat(rowsCompared(rows(1, 5), rows(1, 3), AsOf.SAME).outcome()).isEqualTo(ComparisonOutcome.DIFFERENT);
        assertThat(rowsCompared(rows(1, 5), rows(1, 3), AsOf.LATER).outcome()).isEqualTo(ComparisonOutcome.DIFFERENT);
    }

    @Test
    void aRowThatWasThereIsMissedEvenWhereMoreWereWrittenLater() {
        ComparisonResult result = rowsCompared(rows(1, 3), rows(2, 9), AsOf.LATER);

        assertThat(result.outcome()).isEqualTo(ComparisonOutcome.DIFFERENT);
        assertThat(result.differences().get(0).keys()).contains("missing id=1");
    }

    @Test
    void aRowThatTheManifestDoesNotHaveIsNoRowOfAnEarlierMoment() {
        assertThat(rowsCompared(rows(2, 9), rows(1, 3), AsOf.EARLIER).outcome()).isEqualTo(ComparisonOutcome.DIFFERENT);
    }

    @Test
    void equalCountsWithOtherContentAreNeverAllowed() {
        TableRows.Read changed = new TableRows.Read(
                3, new ContentDigest(9, 9), new TableRecords(List.of("id"), List.of(record(1), record(2)), false));

        for (AsOf asOf : AsOf.values()) {
            assertThat(rowsCompared(rows(1, 3), changed, asOf).outcome()).isEqualTo(ComparisonOutcome.DIFFERENT);
        }
    }

    @Test
    void moreRowsInATableOfWhichNoneIsRecordedAreUndecided() {
        TableRows.Read few = new TableRows.Read(3, new ContentDigest(1, 1), TableRecords.NONE);
        TableRows.Read more = new TableRows.Read(4, new ContentDigest(2, 2), TableRecords.NONE);

        assertThat(rowsCompared(few, more, AsOf.LATER).outcome()).isEqualTo(ComparisonOutcome.UNDECIDED);
        assertThat(rowsCompared(few, more, AsOf.SAME).outcome()).isEqualTo(ComparisonOutcome.DIFFERENT);
    }

    @Test
    void ofManyDifferentRowsTheFirstFiveAreNamed() {
        ComparisonResult result = rowsCompared(rows(1, 100), rows(51, 100), AsOf.SAME);

        assertThat(result.differences().get(0).keys())
                .containsExactly("missing id=1", "missing id=2", "missing id=3", "missing id=4", "missing id=5");
    }

    @Test
    void aTableWhoseKeyIsAnotherIsComparedAsAWhole() {
        TableRows.Read other = new TableRows.Read(
                3, new ContentDigest(5, 5), new TableRecords(List.of("code"), List.of(record(1)), true));

        assertThat(lines(rowsCompared(rows(1, 3), other, AsOf.SAME).differences()))
                .containsExactly(
                        "table public.t: 3 rows as expected, but their content differs; single rows can't be compared,"
                                + " since the primary key is (code), expected (id)");
    }

    @Test
    void aTableThatCouldNotBeReadOnEitherSideIsUndecidedAndNeverTheSame() {
        assertThat(rowsCompared(LOCKED, rows(1, 3), AsOf.SAME).outcome()).isEqualTo(ComparisonOutcome.UNDECIDED);
        assertThat(rowsCompared(rows(1, 3), LOCKED, AsOf.SAME).outcome()).isEqualTo(ComparisonOutcome.UNDECIDED);
        assertThat(lines(rowsCompared(rows(1, 3), LOCKED, AsOf.SAME).undecided()))
                .containsExactly("table public.t: its rows could not be read: locked");
    }

    @Test
    void aDifferenceOutweighsWhatIsUndecided() {
        ComparisonResult result = compared(
                manifest().table("a", LOCKED).table("b", rows(1, 2)),
                manifest().table("a", rows(1, 2)).table("b", rows(1, 1)),
                AsOf.SAME);

        assertThat(result.outcome()).isEqualTo(ComparisonOutcome.DIFFERENT);
    }

    @Test
    void aMissingTableIsNamedOnceWithAllThatBelongsToIt() {
        ComparisonResult result = compared(
                manifest()
                        .table("public.t", rows(1, 3))
                        .object("table", "public.t", "columns id")
                        .object("column", "public.t.id", "integer")
                        .object("column", "public.tt.id", "integer"),
                manifest(),
                AsOf.SAME);

        assertThat(lines(result.differences()))
                .containsExactly(
                        "table public.t: is missing; expected with 3 rows",
                        "column public.tt.id: is missing; expected: integer");
    }

    @Test
    void aMissingViewIsNamedAsAView() {
        ComparisonResult result = compared(
                manifest().table("public.v", new TableRows.Skipped("view")).object("view", "public.v", "SELECT 1"),
                manifest(),
                AsOf.SAME);

        assertThat(lines(result.differences())).containsExactly("view public.v: is missing; expected: SELECT 1");
    }

    @Test
    void anUnloggedTableIsEmptyAfterAPhysicalRestoreAndNotAfterALogicalOne() {
        Manifests full = manifest().unlogged("public.u", rows(1, 3));
        Manifests empty = manifest().unlogged("public.u", rows(1, 0));

        assertThat(compared(full, empty, AsOf.SAME).outcome()).isEqualTo(ComparisonOutcome.SAME);
        assertThat(compared(full, manifest().of("8").unlogged("public.u", rows(1, 0)), AsOf.SAME)
                        .outcome())
                .isEqualTo(ComparisonOutcome.DIFFERENT);
    }

    @Test
    void aSequenceThatGivesValuesAgainIsWrongAndOneThatIsAheadIsNot() {
        assertThat(lines(compared(manifest().sequence("s", 10, 1), manifest().sequence("s", 9, 1), AsOf.SAME)
                        .differences()))
                .containsExactly("sequence s: is behind: 9, expected 10; it will give values that were given before");
        assertThat(compared(manifest().sequence("s", 10, 1), manifest().sequence("s", 42, 1), AsOf.SAME)
                        .outcome())
                .isEqualTo(ComparisonOutcome.SAME);
        assertThat(compared(manifest().sequence("s", -10, -1), manifest().sequence("s", -9, -1), AsOf.SAME)
                        .outcome())
                .isEqualTo(ComparisonOutcome.DIFFERENT);
        assertThat(compared(manifest().sequence("s", 10, 1), manifest().sequence("s", 9, 1), AsOf.EARLIER)
                        .outcome())
                .isEqualTo(ComparisonOutcome.SAME);
    }

    @Test
    void aDefinitionThatAnotherMajorVersionWordsIsUndecidedAndAColumnIsNot() {
        Manifests expected = manifest().object("view", "v", "SELECT a").object("column", "t.a", "integer");
        Manifests found =
                manifest().version(18).object("view", "v", "SELECT t.a").object("column", "t.a", "bigint");

        ComparisonResult result = compared(expected, found, AsOf.SAME);

        assertThat(result.undecided()).extracting(Difference::subject).containsExactly("view v");
        assertThat(result.differences()).extracting(Difference::subject).containsExactly("column t.a");
    }

    @Test
    void aServerThatHashesInAnotherWayComparesNothing() {
        ComparisonResult result = compared(
                manifest().table("t", rows(1, 3)),
                manifest().hashing(new ContentDigest(7, 7)).table("t", rows(1, 3)),
                AsOf.SAME);

        assertThat(result.outcome()).isEqualTo(ComparisonOutcome.UNDECIDED);
        assertThat(result.tablesCompared()).isZero();
    }

    @Test
    void anotherEncodingIsADifference() {
        assertThat(lines(compared(manifest(), manifest().encoded("LATIN1"), AsOf.SAME)
                        .differences()))
                .containsExactly("database: its encoding is LATIN1, expected UTF8");
    }

    @Test
    void whatCouldNotBeReadIsNotTakenForMissing() {
        ComparisonResult result = compared(
                manifest().object("function", "f()", "x").object("column", "t.a", "integer"),
                manifest().unseen("function", "timed out").unseen("t", "locked"),
                AsOf.SAME);

        assertThat(result.differences()).isEmpty();
        assertThat(result.outcome()).isEqualTo(ComparisonOutcome.UNDECIDED);
    }

    @Test
    void theSideOnWhichRowsMayBeMoreFollowsFromTheMoments() {
        Origin origin = manifest().build().origin();

        assertThat(AsOf.of(origin, Optional.empty())).isEqualTo(AsOf.SAME);
        assertThat(AsOf.of(origin, Optional.of(origin.takenAt()))).isEqualTo(AsOf.SAME);
        assertThat(AsOf.of(origin, Optional.of(origin.takenAt().plus(Duration.ofNanos(1)))))
                .isEqualTo(AsOf.LATER);
        assertThat(AsOf.of(origin, Optional.of(origin.takenAt().minus(Duration.ofNanos(1)))))
                .isEqualTo(AsOf.EARLIER);
    }
}
