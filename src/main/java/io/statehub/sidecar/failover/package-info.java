/**
 * From rounds of observations to failovers with their measures. Pure: a step is a function of what was believed before
 * and of what was seen; nothing here waits, logs, reads a clock or keeps state.
 *
 * <p>What always holds, and the test that shows it:
 *
 * <ol>
 *   <li>A member that was seen out of recovery may be written to until it is seen to be over: going out of sight ends
 *   nothing
 *       ({@code SplitBrainTest.goingOutOfSightEndsNothingWhateverTheFailure}).
 *   <li>Two primaries at one time are a split brain in every state, also if no look sees both
 *       ({@code SplitBrainTest.primariesThatAreNeverSeenInOneRoundAreProvenByTheRunThatContinues}).
 *   <li>The cluster is never stable with a primary of unknown fate beside another
 *       ({@code SplitBrainTest.frozenPrimaryThatWasFailedOverFromKeepsTheClusterFromBeingStable}).
 *   <li>One incident is open at a time, and each ends once
 *       ({@code FailoverSimulationTest.whatMustNeverBeSaidIsNeverSaid}).
 *   <li>An outage belongs to one incident at most: what begins after writes were back is the next one's
 *       ({@code IncidentBoundsTest.twoFailoversFourSecondsApartHaveAnIncidentEachWithBothBounds}).
 *   <li>The bounds of an outage hold the time for which the service truly was out, as far as it was tried
 *       ({@code FailoverSimulationTest.whatMustNeverBeSaidIsNeverSaid}).
 *   <li>What this process was too late for begins no incident, judges none, and narrows no bound
 *       ({@code OwnPausesTest.pauseWithinAnOutageWidensItsBoundsAndJudgesNoObjective}).
 *   <li>An end was in order only if it was seen to be, or the operator says so
 *       ({@code OutcomesTest.primaryThatAnswersAsAStandbyWithNoSignOfAShutdownWasNotSwitchedOverFrom}).
 *   <li>An acknowledged beat that a new primary lacks is counted, and once
 *       ({@code FailoverTrackerTest.acknowledgedBeatsThatTheNewPrimaryLacksAreCountedOneByOne}).
 *   <li>Positions are compared only on one history, and elsewhere the difference is unknown
 *       ({@code HistoriesTest.twoTimelinesOfOneNumberAreNotComparedAndTheRowsAreCountedAllTheSame}).
 * </ol>
 */
@NullMarked
package io.statehub.sidecar.failover;

import org.jspecify.annotations.NullMarked;
