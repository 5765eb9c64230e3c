package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.time.Moment;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Asks whatever server stands behind the address that the API writes to whether it takes writes. */
final class WriteEndpointProbe extends PostgresProbe {

    WriteEndpointProbe(HeldConnection connection) {
        super(connection);
    }

    @Override
    public TargetId target() {
        return TargetId.Part.WRITE_ENDPOINT;
    }

    @Override
    WriteEndpointObservation ask(HeldConnection connection, Deadline deadline) throws SQLException {
        IdentityQuestion.Answer who = connection.ask(IDENTITY, deadline);
        connection.isWith(who.identity());
        var answered = new WriteEndpointObservation.Answered(
                deadline.now(),
                deadline.elapsed(),
                who.identity(),
                who.role(),
                who.readOnly(),
                Optional.empty(),
                connection.farewell());
        if (!answered.writable()) {
            // The endpoint may lead elsewhere by now; a kept connection would never find out.
            connection.drop();
            return answered;
        }
        return answered.without(connection.renew(deadline));
    }

    @Override
    WriteEndpointObservation failed(Moment at, Duration took, Failure failure) {
        return new WriteEndpointObservation.Failed(at, took, heard(failure));
    }
}
