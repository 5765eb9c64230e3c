package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers since when the same commits have been seen waiting for a standby, on this process's own clock: a server
 * tells since when a session is in its state, which may be long before its commit began to wait.
 */
final class CommitWaits {

    private Map<String, Moment> since = Map.of();

    /**
     * What the primary's answer comes to.
     *
     * @param asked when the probe began
     */
    RoleState.CommitWait seen(PrimaryPart.Answer answer, Moment asked) {
        Map<String, Moment> next = new LinkedHashMap<>();
        for (String waiter : answer.waiters()) {
            next.put(waiter, since.getOrDefault(waiter, asked));
        }
        since = next;
        Optional<Duration> longest = next.values().stream().map(asked::since).max(Duration::compareTo);
        return new RoleState.CommitWait(answer.standbyNames(), answer.commitsWait(), answer.waiting(), longest);
    }
}
