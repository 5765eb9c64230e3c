package io.statehub.sidecar.observation;

import java.util.Locale;

/** Who is observed. */
public sealed interface TargetId {

    /** The name in metrics, messages and JSON; unique among the targets of one sidecar, and stable. */
    String label();

    /** A member of the cluster, by its name in the settings, which is none of those of a {@link Part}. */
    record Member(String label) implements TargetId {
        @Override
        public String toString() {
            return label;
        }
    }

    /** What every cluster has one of. */
    enum Part implements TargetId {
        WRITE_ENDPOINT,
        HEARTBEAT,
        JOURNAL,
        KUBERNETES,
        MEMBERSHIP,
        PROCESS,
        API_LIVENESS,
        API_READINESS;

        @Override
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public String toString() {
            return label();
        }
    }
}
