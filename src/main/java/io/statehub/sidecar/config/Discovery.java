package io.statehub.sidecar.config;

/** Where the members' names and addresses come from. */
public enum Discovery {
    /** The settings. */
    STATIC,
    /** The operator's cluster and its pods in Kubernetes, followed as they come and go. */
    CNPG
}
