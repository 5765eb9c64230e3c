package io.statehub.sidecar.testing;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.ApiObservation;
import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Farewell;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.HeldBeats;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ProcessObservation;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Observations as a test tells them: {@code primary("pg-1")}, {@code failed("pg-2", REFUSED)}. */
public final class Observed {

    /** The run of the process whose beats these are. */
    public static final String RUN = "0123456789abcdef";

    public static final Duration TOOK = Duration.ofMillis(3);

    /** Since the last answer in a session that was ended meanwhile. */
    private static final Duration SINCE = Duration.ofSeconds(1);

    private static final int OK = 200;

    private Observed() {}

    /** A primary on timeline 1 at 0/3000000, in sound health. */
    public static ObservedServer primary(String name) {
        return ObservedServer.primary(name);
    }

    /** A standby that streams on timeline 1 and has replayed all up to 0/3000000. */
    public static ObservedServer standby(String name) {
        return ObservedServer.standby(name);
    }

    public static Failure failure(FailureKind kind) {
        return new Failure(kind, "by the script");
    }

    public static Sighting failed(String member, FailureKind kind) {
        return failed(member, failure(kind));
    }

    public static Sighting failed(String member, Failure why) {
        return at -> new MemberObservation.Failed(member, at, TOOK, why);
    }

    /** The write endpoint leads to this server, which takes writes if it is a primary. */
    public static Sighting endpointTo(ObservedServer server) {
        return at -> new WriteEndpointObservation.Answered(
                at, TOOK, server.identity(), server.state().memberRole(), !server.isPrimary());
    }

    /** The write endpoint leads to this server, on which transactions are read-only by a setting. */
    public static Sighting readOnlyEndpointTo(ObservedServer server) {
        return at -> new WriteEndpointObservation.Answered(
                at, TOOK, server.identity(), server.state().memberRole(), true);
    }

    public static Sighting endpointFailed(FailureKind kind) {
        return endpointFailed(failure(kind));
    }

    public static Sighting endpointFailed(Failure why) {
        return at -> new WriteEndpointObservation.Failed(at, TOOK, why);
    }

    /** A beat that this server acknowledged. */
    public static Sighting acked(ObservedServer server, long sequence) {
        return acked(server, sequence, Optional.empty());
    }

    /** The first beat of a connection to this server, which held these before. */
    public static Sighting ackedAfter(ObservedServer server, long sequence, HeldBeats held) {
        return acked(server, sequence, Optional.of(held));
    }

    private static Sighting acked(ObservedServer server, long sequence, Optional<HeldBeats> held) {
        return at -> new HeartbeatObservation.Acked(
                at,
                TOOK,
                new Beat(RUN, sequence),
                server.identity(),
                server.identity().position(),
                held);
    }

    /** The beats up to and including this one. */
    public static HeldBeats beatsTo(long last) {
        return new HeldBeats(last < 1 ? List.of() : List.of(new HeldBeats.Range(RUN, 1, last)));
    }

    public static Sighting ambiguous(long sequence) {
        return ambiguous(sequence, failure(FailureKind.TIMED_OUT));
    }

    public static Sighting ambiguous(long sequence, Failure why) {
        return at -> new HeartbeatObservation.Ambiguous(at, TOOK, new Beat(RUN, sequence), why);
    }

    /** The session of the heartbeats was with this server, which said in it that it is being shut down. */
    public static Sighting beatShutDownBy(ObservedServer server) {
        return afterFarewellOf(server, beatFailed(FailureKind.SHUTTING_DOWN));
    }

    /** Before this was seen, the session that was held turned out to be ended by this server in order. */
    public static Sighting afterFarewellOf(ObservedServer server, Sighting seen) {
        return at -> after(new Farewell(server.identity(), at.minus(SINCE), "by the script"), seen.at(at));
    }

    /** The same observation, with what was heard before it. */
    public static Observation after(Farewell farewell, Observation seen) {
        Optional<Farewell> said = Optional.of(farewell);
        if (seen instanceof MemberObservation.Answered it) {
            return new MemberObservation.Answered(it.member(), it.at(), it.took(), it.state(), said);
        }
        if (seen instanceof WriteEndpointObservation.Answered it) {
            return new WriteEndpointObservation.Answered(
                    it.at(), it.took(), it.identity(), it.role(), it.readOnly(), it.newSessions(), said);
        }
        if (seen instanceof HeartbeatObservation.Acked it) {
            return new HeartbeatObservation.Acked(
                    it.at(), it.took(), it.beat(), it.server(), it.position(), it.heldBefore(), said);
        }
        return seen.blaming(seen.failure().orElseThrow().after(said));
    }

    public static Sighting beatFailed(FailureKind kind) {
        return beatFailed(failure(kind));
    }

    public static Sighting beatFailed(Failure why) {
        return at -> new HeartbeatObservation.Failed(at, TOOK, why);
    }

    /** This process was stopped for so long in the last second. */
    public static Sighting lost(Duration lost) {
        return at -> new ProcessObservation(at, Duration.ofSeconds(1), lost, Duration.ofMillis(250));
    }

    public static Sighting answered(ApiCheck check) {
        return at -> new ApiObservation.Answered(check, at, TOOK, OK);
    }

    public static Sighting failed(ApiCheck check, FailureKind kind) {
        return failed(check, failure(kind));
    }

    public static Sighting failed(ApiCheck check, Failure why) {
        return at -> new ApiObservation.Failed(check, at, TOOK, why);
    }
}
