package io.statehub.sidecar.kubernetes;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.observation.ShortText;
import io.statehub.sidecar.observation.kubernetes.BackupServer;
import io.statehub.sidecar.observation.kubernetes.DeclaredCluster;
import io.statehub.sidecar.observation.kubernetes.SynchronousReplication;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads what a cluster's spec and annotations ask for, by the rules by which the operator reads them. */
final class ClusterDeclarations {

    private static final String BACKUP_PLUGIN = "barman-cloud.cloudnative-pg.io";

    private ClusterDeclarations() {}

    static DeclaredCluster of(ObjectFields object) {
        ObjectFields spec = object.in("spec");
        ObjectFields annotations = object.in("metadata").in("annotations");
        String name = object.in("metadata").requiredText("name");
        ObjectFields affinity = spec.in("affinity");
        return new DeclaredCluster(
                replicaOf(spec, name),
                annotations.text("cnpg.io/hibernation").equals("on"),
                annotations
                        .verbatim("cnpg.io/fencedInstances")
                        .map(ClusterDeclarations::fenced)
                        .orElse(Set.of()),
                spec.in("nodeMaintenanceWindow").flag("inProgress"),
                synchronous(spec, annotations),
                backupServers(spec, name),
                affinity.flag("enablePodAntiAffinity", true)
                        && affinity.text("podAntiAffinityType").equals("required"),
                spec.has("walStorage"));
    }

    /** By its own switch where it has one; else it is a replica unless it is the one that is named as primary. */
    private static Optional<String> replicaOf(ObjectFields spec, String name) {
        if (!spec.has("replica")) {
            return Optional.empty();
        }
        ObjectFields replica = spec.in("replica");
        boolean follows = replica.has("enabled")
                ? replica.flag("enabled")
                : !replica.optionalText("self").orElse(name).equals(replica.text("primary"));
        return follows ? Optional.of(replica.optionalText("source").orElse("another system")) : Optional.empty();
    }

    /** A list of names; the operator fences nobody by an annotation that is something else. */
    private static Set<String> fenced(String annotation) {
        try (JsonReader reader = JSON.createReader(new StringReader(annotation))) {
            Set<String> fenced = new LinkedHashSet<>();
            for (JsonString instance : reader.readArray().getValuesAs(JsonString.class)) {
                fenced.add(ShortText.of(instance.getString()));
            }
            return fenced;
        } catch (JsonException | ClassCastException e) {
            return Set.of();
        }
    }

    private static Optional<SynchronousReplication> synchronous(ObjectFields spec, ObjectFields annotations) {
        ObjectFields asked = spec.in("postgresql").in("synchronous");
        // The operator of 1.27 has the quorum as an annotation only.
        boolean quorum = asked.flag("failoverQuorum")
                || annotations.text("alpha.cnpg.io/failoverQuorum").equals("true");
        if (asked.integer("number").isPresent()) {
            return Optional.of(new SynchronousReplication(
                    asked.optionalText("method"),
                    asked.integer("number"),
                    asked.optionalText("dataDurability"),
                    quorum));
        }
        OptionalInt older = spec.integer("minSyncReplicas");
        // The operator lowers that number by itself when standbys are missing.
        return older.orElse(0) > 0
                ? Optional.of(new SynchronousReplication(Optional.of("any"), older, Optional.of("preferred"), false))
                : Optional.empty();
    }

    private static List<BackupServer> backupServers(ObjectFields spec, String name) {
        return spec
                .objects(
                        "plugins",
                        plugin -> plugin.text("name").equals(BACKUP_PLUGIN) && plugin.flag("enabled", true)
                                ? Optional.of(backupServer(plugin.in("parameters"), name))
                                : Optional.<BackupServer>empty())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static BackupServer backupServer(ObjectFields parameters, String name) {
        return new BackupServer(
                parameters.text("barmanObjectName"),
                parameters.optionalText("serverName").orElse(name));
    }
}
