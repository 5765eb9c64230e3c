package io.statehub.sidecar.exposure;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.statehub.sidecar.agent.ManualTime;
import io.statehub.sidecar.agent.Stage;
import java.util.Map;
import java.util.Set;

/** The whole process but its loops and its clock, which the stage replaces. */
public final class StagedProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.arc.exclude-types", "io.statehub.sidecar.agent.Agent",
                "statehub.postgres.url", "jdbc:postgresql://127.0.0.1:1/state",
                "statehub.postgres.members", "pg-1=127.0.0.1:1,pg-2=127.0.0.1:2,pg-3=127.0.0.1:3");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(Stage.class, ManualTime.class);
    }
}
