package io.statehub.sidecar.kubernetes;

import io.fabric8.kubernetes.api.model.AnyType;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.AuthProviderConfig;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.EventSeries;
import io.fabric8.kubernetes.api.model.EventSource;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.ExecEnvVar;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.MicroTimeSerDes;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.api.model.NamedExtension;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Preconditions;
import io.fabric8.kubernetes.api.model.Preferences;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseList;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The client's models that JSON is read into or written from, named for the native executable. All else is generic;
 * with every model registered, as the extension does by itself, they would be more of the executable than our own code.
 */
@RegisterForReflection(
        targets = {
            // What is watched.
            GenericKubernetesResource.class,
            GenericKubernetesResourceList.class,
            DefaultKubernetesResourceList.class,
            WatchEvent.class,
            ObjectMeta.class,
            OwnerReference.class,
            ManagedFieldsEntry.class,
            FieldsV1.class,
            ListMeta.class,
            // What is asked: of it the client makes the parameters of a list and a watch, and the body of a deletion.
            ListOptions.class,
            DeleteOptions.class,
            Preconditions.class,
            // What is answered in place of an object.
            Status.class,
            StatusDetails.class,
            StatusCause.class,
            // What is no JSON, such as a proxy's page: with this the client finds out.
            AnyType.class,
            AnyType.Serializer.class,
            // The lease, and events.
            Lease.class,
            LeaseSpec.class,
            LeaseList.class,
            Event.class,
            EventList.class,
            EventSeries.class,
            EventSource.class,
            ObjectReference.class,
            MicroTime.class,
            MicroTimeSerDes.Serializer.class,
            MicroTimeSerDes.Deserializer.class,
            // The kubeconfig.
            Config.class,
            NamedCluster.class,
            Cluster.class,
            NamedContext.class,
            Context.class,
            NamedAuthInfo.class,
            AuthInfo.class,
            AuthProviderConfig.class,
            ExecConfig.class,
            ExecEnvVar.class,
            NamedExtension.class,
            Preferences.class
        })
final class KubernetesModels {

    private KubernetesModels() {}
}
