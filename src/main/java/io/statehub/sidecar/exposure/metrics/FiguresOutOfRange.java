package io.statehub.sidecar.exposure.metrics;

import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Counts figures that there can't be: a negative lag, two ages that contradict each other. Each is a fault of ours or a
 * lie of whoever was asked, and either way nothing to draw a graph of.
 */
@Singleton
class FiguresOutOfRange {

    private static final Logger LOG = Logger.getLogger(FiguresOutOfRange.class);

    private final Set<Metric> told = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();

    void leftOut(Metric metric, double value) {
        count.incrementAndGet();
        if (told.add(metric)) {
            LOG.warnf("%s would have been %s and is left out; it is counted from now on", metric.metricName(), value);
        }
    }

    long count() {
        return count.get();
    }
}
