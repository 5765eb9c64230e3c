package io.statehub.sidecar.config;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.statehub.sidecar.assessment.DatabasePolicy;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@link Converters} of settings that are one of a few words: those of an enum, in lower case and with hyphens. */
@RegisterForReflection
public final class ChoiceConverters {

    private ChoiceConverters() {}

    private abstract static class Choice<E extends Enum<E>> extends Form<E> {
        private static final long serialVersionUID = 1L;

        private final Class<E> type;

        Choice(Class<E> type) {
            super("one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant ->
                                    constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .collect(Collectors.joining(", ")));
            this.type = type;
        }

        E chosen(String text) {
            return read(
                    text,
                    name -> Enum.valueOf(
                            type, name.strip().toUpperCase(Locale.ROOT).replace('-', '_')));
        }
    }

    /** One kind of object that is watched. */
    public static final class Resource extends Choice<WatchedResource> {
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

    public static final class PresenceName extends Choice<Presence> {
        private static final long serialVersionUID = 1L;

        public PresenceName() {
            super(Presence.class);
        }

        @Override
        public Presence convert(String text) {
            return chosen(text);
        }
    }

    public static final class DiscoveryName extends Choice<Discovery> {
        private static final long serialVersionUID = 1L;

        public DiscoveryName() {
            super(Discovery.class);
        }

        @Override
        public Discovery convert(String text) {
            return chosen(text);
        }
    }

    public static final class AuthMethodName extends Choice<AuthMethod> {
        private static final long serialVersionUID = 1L;

        public AuthMethodName() {
            super(AuthMethod.class);
        }

        @Override
        public AuthMethod convert(String text) {
            return chosen(text);
        }
    }

    public static final class SslModeName extends Choice<SslMode> {
        private static final long serialVersionUID = 1L;

        public SslModeName() {
            super(SslMode.class);
        }

        @Override
        public SslMode convert(String text) {
            return chosen(text);
        }
    }

    public static final class DatabasePolicyName extends Choice<DatabasePolicy> {
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
