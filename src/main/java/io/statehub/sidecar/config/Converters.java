package io.statehub.sidecar.config;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * From the text of a setting to its value. Each rejects with what would have been right. The configuration library
 * makes them by reflection, so they are public, and registered for a native image with the class that holds them.
 */
@RegisterForReflection
public final class Converters {

    private Converters() {}

    static <T> T orRejected(String text, String allowed, Function<String, T> conversion) {
        try {
            return conversion.apply(text);
        } catch (RuntimeException e) {
            throw new RejectedValueException(text, allowed, e);
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException(what);
        }
    }

    private static Duration duration(String text, Duration min, Duration max) {
        Duration duration = DurationConverter.parseDuration(text.strip());
        require(duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0, "out of range");
        return duration;
    }

    private static int number(String text, int min, int max) {
        int number = Integer.parseInt(text.strip());
        require(number >= min && number <= max, "out of range");
        return number;
    }

    /** From one millisecond to one day: finer can't be timed, longer is a slip of the unit. */
    public static final class PositiveDuration implements Converter<Duration> {
        private static final long serialVersionUID = 1L;
        private static final Duration MIN = Duration.ofMillis(1);
        private static final Duration MAX = Duration.ofDays(1);

        @Override
        public Duration convert(String text) {
            return orRejected(
                    text, "a duration from 1ms to 24h, such as 500ms, 5s or 2m", value -> duration(value, MIN, MAX));
        }
    }

    /** From nothing to one day. */
    public static final class NonNegativeDuration implements Converter<Duration> {
        private static final long serialVersionUID = 1L;

        @Override
        public Duration convert(String text) {
            return orRejected(
                    text,
                    "a duration from 0s to 24h, such as 0s, 500ms or 2m",
                    value -> duration(value, Duration.ZERO, PositiveDuration.MAX));
        }
    }

    /** From a minute to a year, for what happens by the day. */
    public static final class Age implements Converter<Duration> {
        private static final long serialVersionUID = 1L;
        private static final Duration MIN = Duration.ofMinutes(1);
        private static final Duration MAX = Duration.ofDays(366);

        @Override
        public Duration convert(String text) {
            return orRejected(
                    text, "a duration from 1m to 366d, such as 90m, 26h or 8d", value -> duration(value, MIN, MAX));
        }
    }

    /** Shorter would cost the API server more requests than a sidecar is worth. */
    public static final class LeaseDuration implements Converter<Duration> {
        private static final long serialVersionUID = 1L;
        private static final Duration MIN = Duration.ofSeconds(5);
        private static final Duration MAX = Duration.ofMinutes(5);

        @Override
        public Duration convert(String text) {
            return orRejected(text, "a duration from 5s to 5m, in whole seconds, such as 30s", value -> {
                Duration duration = duration(value, MIN, MAX);
                require(duration.toNanosPart() == 0, "fraction");
                return duration;
            });
        }
    }

    public static final class Count implements Converter<Integer> {
        private static final long serialVersionUID = 1L;
        private static final int MAX = 1000;

        @Override
        public Integer convert(String text) {
            return orRejected(text, "a whole number from 1 to " + MAX, value -> number(value, 1, MAX));
        }
    }

    /** The library's own takes every text that it doesn't know for false. */
    public static final class Flag implements Converter<Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean convert(String text) {
            return orRejected(text, "true or false", value -> {
                String word = value.strip().toLowerCase(Locale.ROOT);
                require("true".equals(word) || "false".equals(word), "neither");
                return "true".equals(word);
            });
        }
    }

    /** How many heartbeats are kept: fewer would not outlast an outage, more would cost the database. */
    public static final class History implements Converter<Integer> {
        private static final long serialVersionUID = 1L;
        private static final int MIN = 100;
        private static final int MAX = 100_000;

        @Override
        public Integer convert(String text) {
            return orRejected(text, "a whole number from " + MIN + " to " + MAX, value -> number(value, MIN, MAX));
        }
    }

    /** A name that SQL takes as it is written. */
    public static final class Identifier implements Converter<String> {
        private static final long serialVersionUID = 1L;
        private static final Pattern FORM = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

        @Override
        public String convert(String text) {
            return orRejected(
                    text,
                    "a lower-case SQL identifier of at most 63 letters, digits and underscores, such as"
                            + " statehub_sidecar",
                    value -> {
                        require(FORM.matcher(value).matches(), "form");
                        return value;
                    });
        }
    }

    public static final class WriterName implements Converter<String> {
        private static final long serialVersionUID = 1L;
        private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,253}");

        /** Nothing for an empty text, as with a path. */
        @Override
        public @Nullable String convert(String text) {
            return text.isEmpty()
                    ? null
                    : orRejected(text, "at most 253 letters, digits, dots, hyphens and underscores", value -> {
                        require(FORM.matcher(value).matches(), "form");
                        return value;
                    });
        }
    }

    public static final class RoleName implements Converter<String> {
        private static final long serialVersionUID = 1L;
        private static final Pattern FORM = Pattern.compile("[^\\p{Cntrl}\"]{1,63}");

        /** Nothing for an empty text, as with a path. */
        @Override
        public @Nullable String convert(String text) {
            return text.isEmpty()
                    ? null
                    : orRejected(text, "the name of a role, at most 63 characters without quotes", value -> {
                        require(FORM.matcher(value).matches(), "form");
                        return value;
                    });
        }
    }

    /** The role that we log in as; unlike {@link RoleName} never empty. */
    public static final class LoginRole implements Converter<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable String convert(String text) {
            return new RoleName().convert(text);
        }
    }

    public static final class Database implements Converter<String> {
        private static final long serialVersionUID = 1L;

        /** Nothing for an empty text, as with a path. */
        @Override
        public @Nullable String convert(String text) {
            return text.isEmpty() ? null : orRejected(text, DatabaseName.ALLOWED, DatabaseName::check);
        }
    }

    /** The name of an object or of a namespace. */
    public static final class ObjectName implements Converter<String> {
        private static final long serialVersionUID = 1L;
        private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

        /** Nothing for an empty text, as with a path. */
        @Override
        public @Nullable String convert(String text) {
            return text.isEmpty()
                    ? null
                    : orRejected(
                            text,
                            "a name of Kubernetes: at most 253 lower-case letters, digits, dots and hyphens",
                            value -> {
                                require(FORM.matcher(value).matches(), "form");
                                return value;
                            });
        }
    }

    public static final class LabelSelector implements Converter<String> {
        private static final long serialVersionUID = 1L;
        private static final Pattern FORM =
                Pattern.compile("[A-Za-z0-9._/-]+=[A-Za-z0-9._-]*(,[A-Za-z0-9._/-]+=[A-Za-z0-9._-]*)*");

        @Override
        public String convert(String text) {
            return orRejected(
                    text, "label=value with commas between, such as app.kubernetes.io/name=state-hub", value -> {
                        require(FORM.matcher(value).matches(), "form");
                        return value;
                    });
        }
    }

    public static final class ByteSize implements Converter<Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long convert(String text) {
            return orRejected(text, "a size above 0, such as 65536, 64K, 16M or 1G (powers of 1024)", value -> {
                long bytes = new MemorySizeConverter().convert(value.strip()).asLongValue();
                require(bytes > 0, "not above 0");
                return bytes;
            });
        }
    }

    public static final class HttpStatus implements Converter<Integer> {
        static final String ALLOWED = "HTTP statuses from 100 to 599 with commas between, such as 200,204";
        private static final long serialVersionUID = 1L;
        private static final int MIN = 100;
        private static final int MAX = 599;

        @Override
        public Integer convert(String text) {
            return orRejected(text, ALLOWED, value -> number(value, MIN, MAX));
        }
    }

    public static final class HttpUrl implements Converter<URI> {
        private static final long serialVersionUID = 1L;

        @Override
        public URI convert(String text) {
            return orRejected(text, "http://host:port or https://host:port, with no path", value -> {
                URI uri = URI.create(value.strip());
                require("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()), "scheme");
                HostAndPort.of(uri);
                require(uri.getPath().isEmpty() || "/".equals(uri.getPath()), "path");
                require(uri.getQuery() == null && uri.getFragment() == null && uri.getUserInfo() == null, "extras");
                return uri;
            });
        }
    }

    /** The address of a directory of pages. */
    public static final class DirectoryUrl implements Converter<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String convert(String text) {
            return orRejected(text, "an http(s) address that ends with a slash", value -> {
                require(value.matches("https?://[^\\s\"'<>?#]+/"), "form");
                URI.create(value);
                return value;
            });
        }
    }

    public static final class UrlPath implements Converter<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String convert(String text) {
            return orRejected(text, "a path that begins with a slash, such as /state/health", value -> {
                require(value.startsWith("/") && URI.create(value).getRawAuthority() == null, "path");
                return value;
            });
        }
    }

    public static final class JdbcUrl implements Converter<PostgresUrl> {
        static final String ALLOWED =
                "jdbc:postgresql://host:port/database with no parameters, which are settings of their own";
        private static final long serialVersionUID = 1L;

        @Override
        public PostgresUrl convert(String text) {
            return orRejected(text, ALLOWED, value -> PostgresUrl.parse(value.strip()));
        }
    }

    public static final class OptionalJdbcUrl implements Converter<PostgresUrl> {
        private static final long serialVersionUID = 1L;

        /** Nothing for an empty text, as with a path. */
        @Override
        public @Nullable PostgresUrl convert(String text) {
            return text.isEmpty() ? null : new JdbcUrl().convert(text);
        }
    }

    public static final class Member implements Converter<MemberAddress> {
        static final String ALLOWED =
                "name=host:port with commas between, such as pg-1=10.0.0.1:5432,pg-2=10.0.0.2:5432";
        private static final long serialVersionUID = 1L;

        @Override
        public MemberAddress convert(String text) {
            return orRejected(text, ALLOWED, value -> MemberAddress.parse(value.strip()));
        }
    }

    public static final class FilePath implements Converter<Path> {
        private static final long serialVersionUID = 1L;

        /** Nothing for an empty text, which is how the library asks what an absent optional setting means. */
        @Override
        public @Nullable Path convert(String text) {
            return text.isEmpty() ? null : orRejected(text, "a file's path", Path::of);
        }
    }

    /** Any text, kept as it is written. */
    public static final class Text implements Converter<String> {
        private static final long serialVersionUID = 1L;

        /** Nothing for an empty text, as with a path. */
        @Override
        public @Nullable String convert(String text) {
            return text.isEmpty() ? null : text;
        }
    }
}
