package io.statehub.sidecar.exposure.metrics;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.prometheus.metrics.model.snapshots.Labels;

/**
 * In the native executable no exemplar is sampled: they name traces, of which the sidecar has none, and what would look
 * for them is not on the class path (Micrometer leaves it out), so that the image could not be linked.
 */
@TargetClass(className = "io.prometheus.metrics.core.exemplars.ExemplarSampler")
final class NoExemplars {

    private NoExemplars() {}

    @Substitute
    @SuppressWarnings({"unused", "UnusedMethod", "MethodCanBeStatic"
    }) // it stands in for an instance method of the same name
    private Labels doSampleExemplar() {
        return Labels.EMPTY;
    }
}
