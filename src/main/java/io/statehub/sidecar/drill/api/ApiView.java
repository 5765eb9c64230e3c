package io.statehub.sidecar.drill.api;

import io.statehub.sidecar.drill.DrillView;
import io.statehub.sidecar.drill.report.Words;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * An API drill at one moment, for a terminal.
 *
 * @param sinceTrigger zero before it
 * @param deployment how it is, in a few words
 * @param sent requests to both paths
 * @param failed how many of them did
 * @param out which of what is watched does not work now
 */
record ApiView(
        Duration running,
        Duration sinceTrigger,
        Duration deadline,
        String deployment,
        long sent,
        long failed,
        List<String> out)
        implements DrillView {

    ApiView {
        out = List.copyOf(out);
    }

    @Override
    public String line() {
        return String.format(
                Locale.ROOT,
                "%s  %s, %d requests, %d failed%s",
                Words.of(running),
                deployment,
                sent,
                failed,
                out.isEmpty() ? "" : ", out: " + String.join(", ", out));
    }

    @Override
    public List<String> lines() {
        return List.of(
                "pods      " + deployment,
                "requests  " + sent + ", " + failed + " failed",
                "out       " + (out.isEmpty() ? "nothing now" : String.join(", ", out)),
                "time      " + Words.of(running) + "; since the trigger " + Words.of(sinceTrigger) + " of "
                        + Words.of(deadline));
    }
}
