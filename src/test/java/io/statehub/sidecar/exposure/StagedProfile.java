package io.statehub.sidecar.exposure;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.statehub.sidecar.snapshot.Stage;
import io.statehub.sidecar.testing.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** The whole process but its loops and its clock, which the stage replaces. */
public final class StagedProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "statehub.journal.directory", directory().toString(),
                "quarkus.arc.exclude-types", "io.statehub.sidecar.agent.Agent",
                "statehub.kubernetes.enabled", "false",
                "statehub.postgres.url", "jdbc:postgresql://127.0.0.1:1/state",
                "statehub.postgres.members", "pg-1=127.0.0.1:1,pg-2=127.0.0.1:2,pg-3=127.0.0.1:3");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(Stage.class, ManualClock.class);
    }

    /** One for each process: a journal that another one wrote would be continued from. */
    private static Path directory() {
        try {
            return Files.createTempDirectory(Path.of("target"), "staged-journal-")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
