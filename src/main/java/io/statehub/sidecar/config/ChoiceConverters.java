package io.statehub.sidecar.config;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.statehub.sidecar.assessment.DatabasePolicy;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.Converter;

/** {@link Converters} of settings that are one of a few words: those of an enum, in lower case and with hyphens. */
@RegisterForReflection
public final class ChoiceConverters {

    private ChoiceConverters() {}

    private static <E extends Enum<E>> E named(Class<E> type, String text) {
        String allowed = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
        return Converters.orRejected(
                text,
                "one of " + allowed,
                name -> Enum.valueOf(type, name.strip().toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    /** One kind of object that is watched. */
    public static final class Resource implements Converter<WatchedResource> {
        private static final long serialVersionUID = 1L;

        @Override
        public WatchedResource convert(String text) {
            return named(WatchedResource.class, text);
        }
    }

    public static final class PresenceName implements Converter<Presence> {
        private static final long serialVersionUID = 1L;

        @Override
        public Presence convert(String text) {
            return named(Presence.class, text);
        }
    }

    public static final class DiscoveryName implements Converter<Discovery> {
        private static final long serialVersionUID = 1L;

        @Override
        public Discovery convert(String text) {
            return named(Discovery.class, text);
        }
    }

    public static final class AuthMethodName implements Converter<AuthMethod> {
        private static final long serialVersionUID = 1L;

        @Override
        public AuthMethod convert(String text) {
            return named(AuthMethod.class, text);
        }
    }

    public static final class SslModeName implements Converter<SslMode> {
        private static final long serialVersionUID = 1L;

        @Override
        public SslMode convert(String text) {
            return named(SslMode.class, text);
        }
    }

    public static final class DatabasePolicyName implements Converter<DatabasePolicy> {
        private static final long serialVersionUID = 1L;

        @Override
        public DatabasePolicy convert(String text) {
            return named(DatabasePolicy.class, text);
        }
    }
}
