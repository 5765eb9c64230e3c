package io.statehub.sidecar.config;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** {@link Converters} of settings that are names, as PostgreSQL and Kubernetes take them. */
@RegisterForReflection
public final class NameConverters {

    private NameConverters() {}

    /** A name that SQL takes as it is written. */
    public static final class Identifier extends Forms.Word {
        private static final long serialVersionUID = 1L;

        public Identifier() {
            super(
                    "[a-z_][a-z0-9_]{0,62}",
                    "a lower-case SQL identifier of at most 63 letters, digits and underscores, such as"
                            + " statehub_sidecar");
        }
    }

    public static final class WriterName extends Forms.OptionalWord {
        private static final long serialVersionUID = 1L;

        public WriterName() {
            super("[A-Za-z0-9._-]{1,253}", "at most 253 letters, digits, dots, hyphens and underscores");
        }
    }

    public static final class RoleName extends Forms.OptionalWord {
        private static final long serialVersionUID = 1L;

        public RoleName() {
            super("[^\\p{Cntrl}\"]{1,63}", "the name of a role, at most 63 characters without quotes");
        }
    }

    public static final class Database extends Forms.OptionalWord {
        private static final long serialVersionUID = 1L;

        public Database() {
            super(DatabaseName.FORM, DatabaseName.ALLOWED);
        }
    }

    /** The name of an object or of a namespace. */
    public static final class ObjectName extends Forms.OptionalWord {
        private static final long serialVersionUID = 1L;

        public ObjectName() {
            super(
                    "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?",
                    "a name of Kubernetes: at most 253 lower-case letters, digits, dots and hyphens");
        }
    }

    public static final class LabelSelector extends Forms.Word {
        private static final long serialVersionUID = 1L;

        public LabelSelector() {
            super(
                    "[A-Za-z0-9._/-]+=[A-Za-z0-9._-]*(,[A-Za-z0-9._/-]+=[A-Za-z0-9._-]*)*",
                    "label=value with commas between, such as app.kubernetes.io/name=state-hub");
        }
    }
}
