package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.answered;
import static io.statehub.sidecar.testing.Observed.endpointFailed;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Observed.primary;
import static io.statehub.sidecar.testing.Observed.readOnlyEndpointTo;
import static io.statehub.sidecar.testing.Observed.standby;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.JournalObservation;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.ReplicationSlot;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Policies;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FindingsTest {

    private static final long FOREIGN = 42;

    private final Story story = Story.ofThree();

    @Test
    void aSoundClusterHasNoFindings() {
        Assessment sound = story.sound();
        assertThat(sound.findings()).isEmpty();
        assertThat(sound.verdict()).isEqualTo(Status.UP);
    }

    @Test
    void apiThatDoesNotAnswerIsDown() {
        story.times(3, failed(ApiCheck.LIVENESS, FailureKind.REFUSED), failed(ApiCheck.READINESS, FailureKind.REFUSED));
        assertFound(
                FindingKind.API_DOWN,
                "api",
                "connection refused (by the script)",
                "an answer on the liveness path",
                story.now());
        assertNone(FindingKind.API_NOT_READY);
        assertThat(story.current().status(Scope.API)).isEqualTo(Status.DOWN);
    }

    @Test
    void apiThatMissedTwoAnswersIsNotDown() {
        story.sound();
        story.times(2, failed(ApiCheck.LIVENESS, FailureKind.REFUSED));
        assertNone(FindingKind.API_DOWN);
        assertThat(story.current().status(Scope.API)).isEqualTo(Status.DEGRADED);
    }

    @Test
    void apiThatAnswersOnlyOnItsLivenessPathIsNotReady() {
        story.times(3, answered(ApiCheck.LIVENESS), failed(ApiCheck.READINESS, FailureKind.BAD_STATUS));
        assertFound(
                FindingKind.API_NOT_READY,
                "api",
                "unexpected HTTP status (by the script)",
                "an answer on the readiness path",
                story.now());
        assertNone(FindingKind.API_DOWN);
        assertThat(story.current().status(Scope.API)).isEqualTo(Status.DEGRADED);
    }

    @Test
    void apiThatMissedTwoAnswersOnItsReadinessPathIsReady() {
        story.sound();
        story.times(2, failed(ApiCheck.READINESS, FailureKind.BAD_STATUS));
        assertNone(FindingKind.API_NOT_READY);
    }

    @Test
    void apiThatRejectsUsIsUnseenNotDown() {
        story.next(
                failed(ApiCheck.LIVENESS, FailureKind.PERMISSION_DENIED),
                failed(ApiCheck.READINESS, FailureKind.PERMISSION_DENIED));
        assertFound(
                FindingKind.API_UNSEEN,
                "api",
                "permission denied (by the script)",
                "a request that the API accepts",
                story.now());
        story.times(5, failed(ApiCheck.LIVENESS, FailureKind.PERMISSION_DENIED));
        assertNone(FindingKind.API_DOWN);
        assertThat(story.current().status(Scope.API)).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void apiThatTimesOutAtFirstIsNotUnseenByAFaultOfOurs() {
        story.next(failed(ApiCheck.LIVENESS, FailureKind.TIMED_OUT));
        assertNone(FindingKind.API_UNSEEN);
    }

    @Test
    void endpointBehindWhichNothingAnswersIsDown() {
        story.times(3, endpointFailed(FailureKind.TIMED_OUT));
        assertFound(
                FindingKind.WRITE_ENDPOINT_DOWN,
                "write-endpoint",
                "no answer in time (by the script)",
                "a primary that answers",
                story.now());
        assertThat(story.current().status(Scope.DATABASE)).isEqualTo(Status.DOWN);
    }

    @Test
    void endpointThatMissedTwoAnswersIsNotDown() {
        story.sound();
        story.times(2, endpointFailed(FailureKind.TIMED_OUT));
        assertNone(FindingKind.WRITE_ENDPOINT_DOWN);
        assertThat(story.current().status(Scope.DATABASE)).isEqualTo(Status.DEGRADED);
    }

    @Test
    void endpointThatLeadsToAStandbyIsReadOnly() {
        story.next(PRIMARY, STANDBY, OTHER, endpointTo(STANDBY));
        assertFound(
                FindingKind.WRITE_ENDPOINT_READ_ONLY,
                "write-endpoint",
                "leads to pg-2, standby and read-only",
                "a primary that takes writes",
                story.now());
        assertThat(story.current().status(Scope.DATABASE)).isEqualTo(Status.DOWN);
    }

    @Test
    void endpointThatLeadsToAPrimaryThatWasTakenOverFromIsMisrouted() {
        story.next(PRIMARY, STANDBY.promoted(), OTHER, endpointTo(PRIMARY));
        assertFound(
                FindingKind.WRITE_ENDPOINT_MISROUTED,
                "write-endpoint",
                "leads to pg-1, which takes writes",
                "the primary on the highest timeline, pg-2",
                story.now());
        assertThat(story.current().status(Scope.DATABASE)).isEqualTo(Status.DOWN);

        story.next(PRIMARY, STANDBY.promoted(), OTHER, endpointTo(STANDBY.promoted()));
        assertNone(FindingKind.WRITE_ENDPOINT_MISROUTED);
    }

    @Test
    void endpointThatStillLeadsToAPrimaryOutOfSightIsMisrouted() {
        Sighting[] takenOver = {
            failed("pg-1", FailureKind.TIMED_OUT), STANDBY.promoted(), OTHER.onTimeline(2), endpointTo(PRIMARY)
        };
        story.sound();
        story.next(takenOver);
        assertNone(FindingKind.WRITE_ENDPOINT_MISROUTED);

        story.next(takenOver);
        assertFound(
                FindingKind.WRITE_ENDPOINT_MISROUTED,
                "write-endpoint",
                "leads to pg-1, which takes writes and is out of sight",
                "the primary on the highest timeline, pg-2",
                story.now());
    }

    @Test
    void heartbeatsThatMayNotBeWrittenAreAFindingOnObservationAlone() {
        story.sound();
        story.next(Observed.beatFailed(FailureKind.PERMISSION_DENIED));
        assertFound(
                FindingKind.HEARTBEAT_NOT_PERMITTED,
                "heartbeat",
                "permission denied (by the script)",
                "a role that may write to the heartbeats' schema",
                story.now());
        assertThat(story.current().status(Scope.OBSERVATION)).isEqualTo(Status.DEGRADED);
        assertThat(story.current().status(Scope.DATABASE)).isEqualTo(Status.UP);
        assertThat(story.current().readiness().ready()).isTrue();

        story.next(Observed.beatFailed(FailureKind.REFUSED));
        assertNone(FindingKind.HEARTBEAT_NOT_PERMITTED);
        assertThat(story.current().status(Scope.OBSERVATION)).isEqualTo(Status.UP);
    }

    @Test
    void writersNameThatAnotherProcessUsesIsAFindingOfItsOwn() {
        story.next(Observed.beatFailed(FailureKind.WRITER_TAKEN));
        assertFound(
                FindingKind.HEARTBEAT_WRITER_TAKEN,
                "heartbeat",
                "writer's name taken (by the script)",
                "a writer's name for each sidecar",
                story.now());
        assertNone(FindingKind.HEARTBEAT_NOT_PERMITTED);
    }

    @Test
    void journalThatCanNotBeWrittenIsAFindingUntilItCan() {
        story.next(at -> new JournalObservation(at, Optional.of(Observed.failure(FailureKind.STORAGE)), 1, 2, 0));
        assertFound(
                FindingKind.JOURNAL_FAILING,
                "journal",
                "storage refuses writes (by the script)",
                "a directory that can be written to",
                story.now());
        story.next(at -> new JournalObservation(at, Optional.empty(), 1, 0, 0));
        assertNone(FindingKind.JOURNAL_FAILING);
    }

    @Test
    void endpointThatLeadsToAPrimaryMadeReadOnlyIsReadOnly() {
        story.next(readOnlyEndpointTo(primary("pg-9")));
        assertFound(
                FindingKind.WRITE_ENDPOINT_READ_ONLY,
                "write-endpoint",
                "leads to a server that is primary and read-only",
                "a primary that takes writes",
                story.now());
    }

    @Test
    void endpointThatLeadsToAPrimaryTakesWrites() {
        story.next(PRIMARY, endpointTo(PRIMARY));
        assertNone(FindingKind.WRITE_ENDPOINT_READ_ONLY);
    }

    @Test
    void endpointThatRejectsOurPasswordIsUnseenNotDown() {
        story.times(5, endpointFailed(FailureKind.AUTHENTICATION));
        assertFound(
                FindingKind.WRITE_ENDPOINT_UNSEEN,
                "write-endpoint",
                "login rejected (by the script)",
                "a login that the server accepts",
                secondsAgo(4));
        assertNone(FindingKind.WRITE_ENDPOINT_DOWN);
        assertThat(story.current().status(Scope.DATABASE)).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void endpointThatAnswersIsSeen() {
        story.next(endpointTo(PRIMARY));
        assertNone(FindingKind.WRITE_ENDPOINT_UNSEEN);
    }

    @Test
    void clusterOfStandbysAloneHasNoPrimary() {
        story.next(standby("pg-1"), STANDBY, OTHER);
        assertFound(FindingKind.NO_PRIMARY, "cluster", "0 members out of recovery", "1", story.now());
        assertNone(FindingKind.PRIMARY_UNKNOWN);
        assertThat(story.current().status(Scope.REPLICATION)).isEqualTo(Status.DOWN);
    }

    @Test
    void memberThatRefusesForLongEnoughIsNoPrimary() {
        story.times(3, failed("pg-1", FailureKind.REFUSED), STANDBY, OTHER);
        assertFound(FindingKind.NO_PRIMARY, "cluster", "0 members out of recovery", "1", story.now());
    }

    @Test
    void memberThatIsSilentMayWellBeThePrimary() {
        story.times(3, failed("pg-1", FailureKind.TIMED_OUT), STANDBY, OTHER);
        assertFound(
                FindingKind.PRIMARY_UNKNOWN,
                "cluster",
                "no primary among the members that answer; not seen: pg-1, no answer in time (by the script)",
                "1 primary in view",
                story.now());
        assertNone(FindingKind.NO_PRIMARY);
    }

    @Test
    void memberWhoseNameLeadsToAnotherMayWellBeThePrimary() {
        story.next(PRIMARY, STANDBY, OTHER);
        story.next(STANDBY.under("pg-1"), STANDBY, OTHER);
        assertFound(
                FindingKind.PRIMARY_UNKNOWN,
                "cluster",
                "no primary among the members that answer; not seen: pg-1, its name leads to pg-2",
                "1 primary in view",
                story.now());
    }

    @Test
    void primaryThatOnlyTheWriteEndpointShowsIsNotMissing() {
        story.sound();
        story.next(standby("pg-1"), STANDBY, OTHER, endpointTo(primary("pg-9")));
        assertFound(
                FindingKind.PRIMARY_UNKNOWN,
                "cluster",
                "the write endpoint leads to a primary, which is not seen at the address of any member",
                "1 primary in view",
                story.now());

        story.times(3, failed("pg-1", FailureKind.REFUSED), STANDBY, OTHER, endpointTo(PRIMARY));
        assertFound(
                FindingKind.PRIMARY_UNKNOWN,
                "cluster",
                "the write endpoint leads to a primary, pg-1, which is not seen at the address of any member",
                "1 primary in view",
                story.now());
        assertNone(FindingKind.NO_PRIMARY);
    }

    @Test
    void primaryThatMissesOneProbeIsNotGivenUpYetAndNotTakenForSoundEither() {
        story.next(PRIMARY, STANDBY, OTHER);
        story.next(failed("pg-1", FailureKind.TIMED_OUT), STANDBY, OTHER);
        assertNone(FindingKind.PRIMARY_UNKNOWN);
        assertNone(FindingKind.NO_PRIMARY);
        assertThat(story.current().status(Scope.REPLICATION)).isEqualTo(Status.DEGRADED);
    }

    @Test
    void primaryInViewIsNeitherMissingNorUnknown() {
        story.next(PRIMARY, failed("pg-2", FailureKind.TIMED_OUT), failed("pg-3", FailureKind.TIMED_OUT));
        assertNone(FindingKind.NO_PRIMARY);
        assertNone(FindingKind.PRIMARY_UNKNOWN);
    }

    @Test
    void secondPrimaryOnALowerTimelineIsSplitBrain() {
        story.next(PRIMARY.onTimeline(6), primary("pg-2").onTimeline(7), OTHER.onTimeline(7));
        assertFound(
                FindingKind.TWO_PRIMARIES,
                "cluster",
                "2 members out of recovery: pg-2 (timeline 7), pg-1 (timeline 6); the stale one is pg-1",
                "1",
                story.now());
        assertThat(story.current().status(Scope.REPLICATION)).isEqualTo(Status.DOWN);
    }

    @Test
    void primaryOfAnotherClusterIsNoSplitBrain() {
        story.next(PRIMARY, primary("pg-2").ofSystem(FOREIGN), OTHER, endpointTo(PRIMARY));
        assertNone(FindingKind.TWO_PRIMARIES);
        assertFound(
                FindingKind.WRONG_SYSTEM_IDENTIFIER,
                "pg-2",
                "system identifier 42",
                ObservedServer.SYSTEM + ", that of the cluster",
                story.now());
        assertThat(story.current().status(Scope.REPLICATION)).isEqualTo(Status.DOWN);
    }

    @Test
    void ofAsManyMembersOfEachSystemNoneIsThePrimary() {
        story.times(3, PRIMARY, STANDBY.ofSystem(FOREIGN), failed("pg-3", FailureKind.REFUSED));
        assertFound(
                FindingKind.WRONG_SYSTEM_IDENTIFIER,
                "cluster",
                "2 system identifiers, none of them that of most members",
                "1",
                secondsAgo(2));
        assertNone(FindingKind.NO_PRIMARY);
        assertNone(FindingKind.PRIMARY_UNKNOWN);
    }

    @Test
    void membersOfOneClusterHaveTheRightSystemIdentifier() {
        story.next(PRIMARY, STANDBY, failed("pg-3", FailureKind.REFUSED));
        assertNone(FindingKind.WRONG_SYSTEM_IDENTIFIER);
    }

    @Test
    void memberThatDoesNotAnswerIsDownAndDegradesTheCluster() {
        story.times(3, PRIMARY, STANDBY, failed("pg-3", FailureKind.UNRESOLVED), endpointTo(PRIMARY));
        assertFound(FindingKind.MEMBER_DOWN, "pg-3", "name has no address (by the script)", "an answer", story.now());
        assertThat(story.current().status(Scope.REPLICATION)).isEqualTo(Status.DEGRADED);
    }

    @Test
    void memberThatMissedTwoAnswersIsNotDown() {
        story.sound();
        story.times(2, failed("pg-3", FailureKind.TIMED_OUT));
        assertNone(FindingKind.MEMBER_DOWN);
    }

    @Test
    void memberThatRejectsOurPasswordIsUnseenNotDown() {
        story.times(5, PRIMARY, STANDBY, failed("pg-3", FailureKind.AUTHENTICATION));
        assertFound(
                FindingKind.MEMBER_UNSEEN,
                "pg-3",
                "login rejected (by the script)",
                "a login that the server accepts",
                secondsAgo(4));
        assertNone(FindingKind.MEMBER_DOWN);
        assertThat(story.current().status(Scope.REPLICATION)).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void memberThatIsSilentIsNotUnseenByAFaultOfOurs() {
        story.next(PRIMARY, STANDBY, failed("pg-3", FailureKind.TIMED_OUT));
        assertNone(FindingKind.MEMBER_UNSEEN);
    }

    @Test
    void memberThatHidesItsStatisticsIsReportedAndNotJudged() {
        story.next(PRIMARY, STANDBY.withoutStatistics().withoutReceiver(), OTHER, endpointTo(PRIMARY));
        assertFound(
                FindingKind.NO_PERMISSION,
                "pg-2",
                "replication statistics are hidden from our role",
                "membership in pg_monitor",
                story.now());
        assertNone(FindingKind.STANDBY_NOT_STREAMING);
        assertThat(story.current().status(Scope.REPLICATION)).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void memberThatShowsItsStatisticsGivesPermission() {
        story.sound();
        assertNone(FindingKind.NO_PERMISSION);
    }

    @Test
    void clusterWithoutAStreamingStandbyIsNotRedundant() {
        story.next(PRIMARY, STANDBY.withoutReceiver(), OTHER.withoutReceiver());
        assertFound(FindingKind.NOT_REDUNDANT, "cluster", "0 standbys streaming", "at least 1", story.now());
    }

    @Test
    void standbyOfAnotherClusterMakesNoRedundancy() {
        story.next(PRIMARY, STANDBY.ofSystem(FOREIGN), OTHER.withoutReceiver(), endpointTo(PRIMARY));
        assertFound(FindingKind.NOT_REDUNDANT, "cluster", "0 standbys streaming", "at least 1", story.now());
    }

    @Test
    void oneStreamingStandbyIsRedundancy() {
        story.next(PRIMARY, STANDBY, OTHER.withoutReceiver());
        assertNone(FindingKind.NOT_REDUNDANT);
    }

    @Test
    void standbyWhoseReceiverCannotBeSeenMayWellStream() {
        story.next(PRIMARY, STANDBY.withoutStatistics().withoutReceiver(), OTHER.withoutReceiver());
        assertNone(FindingKind.NOT_REDUNDANT);
        story.next(PRIMARY, failed("pg-2", FailureKind.TIMED_OUT), OTHER.withoutReceiver());
        assertNone(FindingKind.NOT_REDUNDANT);
    }

    @Test
    void standbyWithoutAReceiverIsNotStreaming() {
        story.next(PRIMARY, STANDBY.withoutReceiver(), OTHER);
        assertFound(
                FindingKind.STANDBY_NOT_STREAMING,
                "pg-2",
                "WAL receiver: none",
                "a WAL receiver that streams",
                story.now());
    }

    @Test
    void receiverInAnotherStateIsNotStreaming() {
        var waiting = new RoleState.WalReceiver("waiting", OptionalLong.empty(), Optional.empty());
        story.next(PRIMARY, STANDBY.receiving(waiting), OTHER);
        assertFound(
                FindingKind.STANDBY_NOT_STREAMING,
                "pg-2",
                "WAL receiver: waiting",
                "a WAL receiver that streams",
                story.now());
    }

    @Test
    void primaryNeedsNoReceiver() {
        story.sound();
        assertNone(FindingKind.STANDBY_NOT_STREAMING);
    }

    @Test
    void standbyOnAnotherTimelineIsDivergedNotLagging() {
        // given 4 GiB between them
        story.next(
                PRIMARY.onTimeline(2).writingAt(Lsn.parse("1/0")),
                STANDBY.replayed(Lsn.parse("0/1")),
                OTHER.onTimeline(2).replayed(Lsn.parse("1/0")));

        // then
        assertFound(FindingKind.DIVERGED_TIMELINE, "pg-2", "timeline 1", "timeline 2 of the primary pg-1", story.now());
        assertNone(FindingKind.STANDBY_LAGGING);
    }

    @Test
    void standbyWhoseTimelineIsUnknownIsNotDiverged() {
        story.next(PRIMARY.onTimeline(2), STANDBY.withoutReceiver(), failed("pg-3", FailureKind.REFUSED));
        assertNone(FindingKind.DIVERGED_TIMELINE);
    }

    @Test
    void standbyWithTooMuchLeftToReplayIsLagging() {
        Lsn far = new Lsn(ObservedServer.POSITION.position() + 3 * Policies.MAX_LAG);
        story.next(PRIMARY.writingAt(far), STANDBY, OTHER.replayed(far));
        assertFound(FindingKind.STANDBY_LAGGING, "pg-2", "48.0 MiB left to replay", "16.0 MiB", story.now());
        assertThat(story.current().status(Scope.REPLICATION)).isEqualTo(Status.DEGRADED);
    }

    @Test
    void lagToTheUpstreamCountsWhereThePrimaryIsNotInView() {
        story.next(failed("pg-1", FailureKind.TIMED_OUT), STANDBY.behindUpstreamBy(Policies.MAX_LAG + 1));
        assertFound(FindingKind.STANDBY_LAGGING, "pg-2", "16.0 MiB left to replay", "16.0 MiB", story.now());
    }

    @Test
    void standbyAtTheBoundIsNotLagging() {
        Lsn far = new Lsn(ObservedServer.POSITION.position() + Policies.MAX_LAG);
        story.next(PRIMARY.writingAt(far), STANDBY.behindUpstreamBy(Policies.MAX_LAG), OTHER);
        assertNone(FindingKind.STANDBY_LAGGING);
    }

    @Test
    void standbyWhoseNewestDataIsTooOldIsStale() {
        // given
        Lsn later = new Lsn(ObservedServer.POSITION.position() + 1);
        story.next(PRIMARY.writingAt(later), STANDBY);

        // when
        story.after(Story.MAX_STALENESS, PRIMARY.writingAt(later), STANDBY);
        assertNone(FindingKind.STANDBY_STALE);
        story.next(PRIMARY.writingAt(later), STANDBY);

        // then
        assertFound(FindingKind.STANDBY_STALE, "pg-2", "newest data at least 31.0 s old", "30.0 s", story.now());
    }

    @Test
    void idlePrimaryMakesNoStandbyStale() {
        story.times(60, PRIMARY, STANDBY);
        assertNone(FindingKind.STANDBY_STALE);
    }

    @Test
    void streamThatHearsNothingIsSilent() {
        story.next(PRIMARY, STANDBY.silentFor(Story.MAX_SILENCE.plusSeconds(1)));
        assertFound(FindingKind.SILENT_STREAM, "pg-2", "nothing heard from upstream for 41.0 s", "40.0 s", story.now());
    }

    @Test
    void streamAtTheBoundOfSilenceIsNotSilent() {
        story.next(PRIMARY, STANDBY.silentFor(Story.MAX_SILENCE));
        assertNone(FindingKind.SILENT_STREAM);
    }

    @Test
    void pausedReplayIsReportedWithWhatIsLeft() {
        story.next(PRIMARY, STANDBY.pausedWith(OptionalLong.of(650_000)));
        assertFound(
                FindingKind.REPLAY_PAUSED,
                "pg-2",
                "replay is paused, 634.8 KiB left to apply",
                "replay not paused",
                story.now());
    }

    @Test
    void pausedReplayWithAnUnknownQueueIsNotSaidToHaveNothingLeft() {
        story.next(PRIMARY, STANDBY.pausedWith(OptionalLong.empty()));
        assertFound(
                FindingKind.REPLAY_PAUSED,
                "pg-2",
                "replay is paused, an unknown amount left to apply",
                "replay not paused",
                story.now());
    }

    @Test
    void replayThatContinuesIsNotPaused() {
        story.sound();
        assertNone(FindingKind.REPLAY_PAUSED);
    }

    @Test
    void slotThatKeepsTooMuchIsNamed() {
        story.next(
                PRIMARY.keeping(slot("fits", "reserved", 1), slot("old", "extended", 3 * Policies.MAX_SLOT_RETENTION)));
        assertFound(FindingKind.SLOT_RETENTION, "pg-1", "slot old (inactive) keeps 3.0 GiB", "1.0 GiB", story.now());
    }

    @Test
    void slotAtTheBoundMayKeepItsLog() {
        story.next(PRIMARY.keeping(slot("large", "extended", Policies.MAX_SLOT_RETENTION)));
        assertNone(FindingKind.SLOT_RETENTION);
    }

    @Test
    void slotThatHasLostItsLogIsNamed() {
        story.next(PRIMARY.keeping(
                new ReplicationSlot("gone", false, "lost", OptionalLong.empty(), OptionalLong.empty())));
        assertFound(FindingKind.SLOT_LOST, "pg-1", "slot gone is lost", "slots that keep their WAL", story.now());
        assertNone(FindingKind.SLOT_RETENTION);
    }

    @Test
    void ofSeveralLostSlotsTheFirstIsNamedAndTheOthersAreCounted() {
        story.next(PRIMARY.keeping(slot("one", "lost", 1), slot("two", "lost", 1), slot("three", "lost", 1)));
        assertFound(
                FindingKind.SLOT_LOST,
                "pg-1",
                "slot one is lost, and 2 more",
                "slots that keep their WAL",
                story.now());
    }

    @Test
    void slotThatIsReservedIsNotLost() {
        story.next(PRIMARY.keeping(slot("good", "reserved", 1)));
        assertNone(FindingKind.SLOT_LOST);
    }

    @Test
    void archiverThatFailsIsReportedWithItsSegmentAndItsLastSuccess() {
        story.next(PRIMARY.archiving(new RoleState.Archiver(
                3, 7, true, Optional.of("000000010000000000000004"), Optional.of(Duration.ofSeconds(90)))));
        assertFound(
                FindingKind.ARCHIVING_FAILING,
                "pg-1",
                "archiving of 000000010000000000000004 failed, last success 90.0 s ago",
                "no failure since the last success",
                story.now());
    }

    @Test
    void delayedStandbyLagsByWhatItHasNotReceived() {
        Lsn written = new Lsn(ObservedServer.POSITION.position() + 2 * Policies.MAX_LAG);
        ObservedServer delayed = STANDBY.delayedBy(Duration.ofHours(1));
        story.next(PRIMARY.writingAt(written), delayed.writingAt(written));
        assertNone(FindingKind.STANDBY_LAGGING);

        story.next(PRIMARY.writingAt(written), delayed);
        assertFound(FindingKind.STANDBY_LAGGING, "pg-2", "32.0 MiB left to receive", "16.0 MiB", story.now());
    }

    @Test
    void delayedStandbyIsStaleOnceWhatItReceivesIsTooOld() {
        ObservedServer delayed = STANDBY.delayedBy(Duration.ofHours(1));
        ObservedServer ahead = PRIMARY.writingAt(new Lsn(ObservedServer.POSITION.position() + 1));
        story.next(PRIMARY, delayed);
        story.next(ahead, delayed);
        story.after(Story.MAX_STALENESS, ahead, delayed);
        assertNone(FindingKind.STANDBY_STALE);

        story.next(ahead, delayed);
        assertFound(
                FindingKind.STANDBY_STALE, "pg-2", "newest received data at least 31.0 s old", "30.0 s", story.now());
    }

    @Test
    void delayedStandbyIsStaleOnceWhatItReplaysIsOlderThanItsDelayExplains() {
        Duration delay = Duration.ofMinutes(1);
        Lsn written = new Lsn(ObservedServer.POSITION.position() + 1);
        ObservedServer delayed = STANDBY.delayedBy(delay).writingAt(written);
        ObservedServer ahead = PRIMARY.writingAt(written);
        story.next(PRIMARY, STANDBY);
        story.next(ahead, delayed);
        story.after(Story.MAX_STALENESS.plus(delay), ahead, delayed);
        assertNone(FindingKind.STANDBY_STALE);

        story.next(ahead, delayed);
        assertFound(
                FindingKind.STANDBY_STALE, "pg-2", "newest replayed data at least 91.0 s old", "90.0 s", story.now());
    }

    @Test
    void archiverThatNeverSucceededSaysSo() {
        story.next(PRIMARY.archiving(new RoleState.Archiver(0, 1, true, Optional.empty(), Optional.empty())));
        assertFound(
                FindingKind.ARCHIVING_FAILING,
                "pg-1",
                "archiving of a segment failed, no success yet",
                "no failure since the last success",
                story.now());
    }

    @Test
    void archiverThatSucceededSinceIsNotFailing() {
        story.next(PRIMARY.archiving(
                new RoleState.Archiver(8, 7, false, Optional.of("old"), Optional.of(Duration.ofSeconds(1)))));
        assertNone(FindingKind.ARCHIVING_FAILING);
    }

    @Test
    void findingKeepsItsFirstMomentWhileItsFiguresChange() {
        story.next(PRIMARY, STANDBY.behindUpstreamBy(2 * Policies.MAX_LAG));
        Moment first = story.now();
        story.next(PRIMARY, STANDBY.behindUpstreamBy(3 * Policies.MAX_LAG));
        assertFound(FindingKind.STANDBY_LAGGING, "pg-2", "48.0 MiB left to replay", "16.0 MiB", first);
    }

    @Test
    void findingThatComesBackAfterAGapIsNew() {
        story.next(PRIMARY, STANDBY.behindUpstreamBy(2 * Policies.MAX_LAG));
        story.next(PRIMARY, STANDBY);
        assertNone(FindingKind.STANDBY_LAGGING);
        story.next(PRIMARY, STANDBY.behindUpstreamBy(2 * Policies.MAX_LAG));
        assertFound(FindingKind.STANDBY_LAGGING, "pg-2", "32.0 MiB left to replay", "16.0 MiB", story.now());
    }

    @Test
    void sameFaultOfAnotherMemberIsAnotherFinding() {
        Sighting lagging = STANDBY.behindUpstreamBy(2 * Policies.MAX_LAG);
        story.next(PRIMARY, lagging);
        Moment first = story.now();
        story.next(PRIMARY, lagging, OTHER.behindUpstreamBy(2 * Policies.MAX_LAG));
        assertThat(story.current().findings())
                .filteredOn(finding -> finding.kind() == FindingKind.STANDBY_LAGGING)
                .extracting(Finding::subject, Finding::since)
                .containsExactly(tuple("pg-2", first), tuple("pg-3", story.now()));
    }

    @Test
    void messageSaysWhoWhatAndWhatWouldBeRight() {
        story.next(PRIMARY, STANDBY.behindUpstreamBy(3 * Policies.MAX_LAG));
        assertThat(story.current().findings())
                .extracting(Finding::message)
                .contains("pg-2: 48.0 MiB left to replay; allowed: 16.0 MiB");
    }

    private void assertFound(FindingKind kind, String subject, String measured, String allowed, Moment since) {
        assertThat(story.current().findings())
                .filteredOn(finding -> finding.kind() == kind)
                .containsExactly(new Finding(kind, subject, measured, allowed, since));
    }

    private void assertNone(FindingKind kind) {
        assertThat(story.current().findings()).extracting(Finding::kind).doesNotContain(kind);
    }

    private Moment secondsAgo(long seconds) {
        return story.now().plus(Duration.ofSeconds(-seconds));
    }

    private static ReplicationSlot slot(String name, String status, long retained) {
        return new ReplicationSlot(name, false, status, OptionalLong.of(retained), OptionalLong.empty());
    }
}
