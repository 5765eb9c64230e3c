package io.statehub.sidecar.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What is watched in Kubernetes. The API server is that of the pod, or of {@code KUBECONFIG} or
 * {@code KUBERNETES_MASTER}.
 */
public interface KubernetesSettings {

    /** Whether Kubernetes is asked: {@code auto} is yes in a pod and no elsewhere. */
    @WithDefault("auto")
    @WithConverter(ChoiceConverters.PresenceName.class)
    Presence enabled();

    /** The namespace of the cluster and of the API; the pod's own if not set. */
    @WithConverter(NameConverters.ObjectName.class)
    Optional<String> namespace();

    /** The name of the cnpg {@code Cluster}; nothing of the operator, backups or volumes is watched if not set. */
    @WithConverter(NameConverters.ObjectName.class)
    Optional<String> cluster();

    /** This pod's own name, for the lease and for events; the host's if not set. */
    @WithConverter(NameConverters.ObjectName.class)
    Optional<String> pod();

    /** The {@code Lease} by which one of several sidecars leads: it alone writes heartbeats and posts events. */
    @WithDefault("state-hub-sidecar")
    @WithConverter(NameConverters.ObjectName.class)
    String lease();

    /** After how long without a renewal another sidecar leads. */
    @WithDefault("30s")
    @WithConverter(Converters.LeaseDuration.class)
    Duration leaseDuration();

    /** Label selector of the API's pods. */
    @WithDefault("app.kubernetes.io/name=state-hub")
    @WithConverter(NameConverters.LabelSelector.class)
    String apiSelector();

    /** The namespace in which Longhorn runs. */
    @WithDefault("longhorn-system")
    @WithConverter(NameConverters.ObjectName.class)
    String longhornNamespace();

    /** The kinds of objects that are watched; leave out what the cluster doesn't have. */
    @WithDefault("nodes,cluster,lease,failover-quorum,instance-pods,api-pods,claims,backups,scheduled-backups,"
            + "object-stores,volumes,engines,replicas")
    @WithConverter(ChoiceConverters.Resource.class)
    Set<WatchedResource> watch();

    /** How long a watch may be broken before what it told says nothing any more. */
    @WithDefault("1m")
    @WithConverter(Converters.PositiveDuration.class)
    Duration staleAfter();
}
