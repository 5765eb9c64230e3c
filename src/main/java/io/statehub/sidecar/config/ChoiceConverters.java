package io.statehub.sidecar.config;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.statehub.sidecar.assessment.DatabasePolicy;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;

/** {@link Converters} of settings that are one of a few words: those of an enum, in lower case and with hyphens. */
@RegisterForReflection
public final class ChoiceConverters {

    private ChoiceConverters() {}

    /** One kind of object that is watched. */
    public static final class Resource extends Forms.Choice<WatchedResource> {
        private static final long serialVersionUID = 1L;

        public Resource() {
            super(WatchedResource.class);
        }

        @Override
        public WatchedResource convert(String text) {
            return chosen(text);
        }

        @Override
        String allowedInsteadOfNothing() {
            return "at least one kind of object: set statehub.kubernetes.enabled to false for none";
        }
    }

    public static final class PresenceName extends Forms.Choice<Presence> {
        private static final long serialVersionUID = 1L;

        public PresenceName() {
            super(Presence.class);
        }

        @Override
        public Presence convert(String text) {
            return chosen(text);
        }
    }

    public static final class DiscoveryName extends Forms.Choice<Discovery> {
        private static final long serialVersionUID = 1L;

        public DiscoveryName() {
            super(Discovery.class);
        }

        @Override
        public Discovery convert(String text) {
            return chosen(text);
        }
    }

    public static final class AuthMethodName extends Forms.Choice<AuthMethod> {
        private static final long serialVersionUID = 1L;

        public AuthMethodName() {
            super(AuthMethod.class);
        }

        @Override
        public AuthMethod convert(String text) {
            return chosen(text);
        }
    }

    public static final class SslModeName extends Forms.Choice<SslMode> {
        private static final long serialVersionUID = 1L;

        public SslModeName() {
            super(SslMode.class);
        }

        @Override
        public SslMode convert(String text) {
            return chosen(text);
        }
    }

    public static final class DatabasePolicyName extends Forms.Choice<DatabasePolicy> {
        private static final long serialVersionUID = 1L;

        public DatabasePolicyName() {
            super(DatabasePolicy.class);
        }

        @Override
        public DatabasePolicy convert(String text) {
            return chosen(text);
        }
    }
}
