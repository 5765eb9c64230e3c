package io.statehub.sidecar.assessment;

import java.time.Duration;

/**
 * The bounds that what Kubernetes says is held to.
 *
 * @param staleAfter how long a watch may be broken before what it told says nothing any more
 * @param maxBackupAge how old the newest good backup may be
 * @param maxRestoreAge how long ago a restore may last have been verified
 */
public record KubernetesPolicy(Duration staleAfter, Duration maxBackupAge, Duration maxRestoreAge) {}
