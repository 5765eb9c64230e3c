package io.statehub.sidecar.kubernetes.restore;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The kinds of objects that a restore drill reads or makes. */
public enum DrillKind {
    CLUSTER("postgresql.cnpg.io", "Cluster", "clusters"),
    OBJECT_STORE("barmancloud.cnpg.io", "ObjectStore", "objectstores"),
    SECRET("", "Secret", "secrets"),
    DEPLOYMENT("apps", "Deployment", "deployments"),
    SERVICE("", "Service", "services");

    private final String group;
    private final String word;
    private final String plural;

    DrillKind(String group, String word, String plural) {
        this.group = group;
        this.word = word;
        this.plural = plural;
    }

    String word() {
        return word;
    }

    String apiVersion() {
        return group.isEmpty() ? "v1" : group + "/v1";
    }

    ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion("v1")
                .withKind(word)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
