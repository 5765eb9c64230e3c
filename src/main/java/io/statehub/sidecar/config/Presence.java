package io.statehub.sidecar.config;

/** Whether Kubernetes is asked. */
public enum Presence {
    /** If this process runs in a pod. */
    AUTO,
    TRUE,
    FALSE
}
