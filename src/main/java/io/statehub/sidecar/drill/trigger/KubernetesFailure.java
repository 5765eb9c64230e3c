package io.statehub.sidecar.drill.trigger;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statehub.sidecar.drill.DrillException;

/** What Kubernetes did not do, or did not say. An HTTP status is its own word: without one it has not answered. */
final class KubernetesFailure {

    private static final String REFUSED = "Kubernetes refused: ";

    private KubernetesFailure() {}

    /** Of what was only asked. */
    static DrillException ofQuestion(KubernetesClientException e) {
        return told(e, "Kubernetes did not answer: ");
    }

    /** Of what was to be changed: that it was not is known of a refusal alone. */
    static DrillException ofChange(KubernetesClientException e) {
        return told(e, "Kubernetes did not answer, and may have done it all the same: ");
    }

    private static DrillException told(KubernetesClientException e, String withoutAnAnswer) {
        return new DrillException((e.getCode() > 0 ? REFUSED : withoutAnAnswer) + e.getMessage());
    }
}
