package io.statehub.sidecar.config;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * From the text of a setting to its value. Each rejects with what would have been right. The configuration library
 * makes them by reflection, so they are public, and registered for a native image with the class that holds them.
 */
@RegisterForReflection
public final class Converters {

    private Converters() {}

    /** From one millisecond to one day: finer can't be timed, longer is a slip of the unit. */
    public static final class PositiveDuration extends Forms.DurationForm {
        private static final long serialVersionUID = 1L;

        public PositiveDuration() {
            super(Duration.ofMillis(1), Duration.ofDays(1), "a duration from 1ms to 24h, such as 500ms, 5s or 2m");
        }
    }

    /** From nothing to one day. */
    public static final class NonNegativeDuration extends Forms.DurationForm {
        private static final long serialVersionUID = 1L;

        public NonNegativeDuration() {
            super(Duration.ZERO, Duration.ofDays(1), "a duration from 0s to 24h, such as 0s, 500ms or 2m");
        }
    }

    /** From a minute to a year, for what happens by the day. */
    public static final class Age extends Forms.DurationForm {
        private static final long serialVersionUID = 1L;

        public Age() {
            super(Duration.ofMinutes(1), Duration.ofDays(366), "a duration from 1m to 366d, such as 90m, 26h or 8d");
        }
    }

    /** Shorter would cost the API server more requests than a sidecar is worth. */
    public static final class LeaseDuration extends Forms.DurationForm {
        private static final long serialVersionUID = 1L;

        public LeaseDuration() {
            super(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    "a duration from 5s to 5m, in whole seconds, such as 30s");
        }

        @Override
        public Duration convert(String text) {
            return read(text, value -> {
                Duration duration = super.convert(value);
                require(duration.toNanosPart() == 0, "fraction");
                return duration;
            });
        }
    }

    public static final class Count extends Forms.NumberForm {
        private static final long serialVersionUID = 1L;

        public Count() {
            super(1, 1000, "a whole number from 1 to 1000");
        }
    }

    /** How many heartbeats are kept: fewer would not outlast an outage, more would cost the database. */
    public static final class History extends Forms.NumberForm {
        private static final long serialVersionUID = 1L;

        public History() {
            super(100, 100_000, "a whole number from 100 to 100000");
        }
    }

    public static final class HttpStatus extends Forms.NumberForm {
        private static final long serialVersionUID = 1L;

        public HttpStatus() {
            super(100, 599, "HTTP statuses from 100 to 599 with commas between, such as 200,204");
        }
    }

    public static final class ByteSize extends Form<Long> {
        private static final long serialVersionUID = 1L;

        public ByteSize() {
            super("a size above 0, such as 65536, 64K, 16M or 1G (powers of 1024)");
        }

        @Override
        public Long convert(String text) {
            return read(text, value -> {
                long bytes = new MemorySizeConverter().convert(value.strip()).asLongValue();
                require(bytes > 0, "not above 0");
                return bytes;
            });
        }
    }

    /** The library's own takes every text that it doesn't know for false. */
    public static final class Flag extends Form<Boolean> {
        private static final long serialVersionUID = 1L;

        public Flag() {
            super("true or false");
        }

        @Override
        public Boolean convert(String text) {
            return read(text, value -> {
                String word = value.strip().toLowerCase(Locale.ROOT);
                require("true".equals(word) || "false".equals(word), "neither");
                return "true".equals(word);
            });
        }
    }

    public static final class HttpUrl extends Form<URI> {
        private static final long serialVersionUID = 1L;

        public HttpUrl() {
            super("http://host:port or https://host:port, with no path");
        }

        @Override
        public URI convert(String text) {
            return read(text, value -> {
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
    public static final class DirectoryUrl extends Form<String> {
        private static final long serialVersionUID = 1L;

        public DirectoryUrl() {
            super("an http(s) address that ends with a slash");
        }

        @Override
        public String convert(String text) {
            return read(text, value -> {
                require(value.matches("https?://[^\\s\"'<>?#]+/"), "form");
                return URI.create(value).toString();
            });
        }
    }

    public static final class UrlPath extends Form<String> {
        private static final long serialVersionUID = 1L;

        public UrlPath() {
            super("a path that begins with a slash, such as /state/health");
        }

        @Override
        public String convert(String text) {
            return read(text, value -> {
                require(value.startsWith("/") && URI.create(value).getRawAuthority() == null, "path");
                return value;
            });
        }
    }

    public static final class JdbcUrl extends Forms.JdbcForm {
        private static final long serialVersionUID = 1L;
    }

    public static final class OptionalJdbcUrl extends Forms.JdbcForm {
        private static final long serialVersionUID = 1L;

        /** Nothing for an empty text, which is how the library asks what an absent optional setting means. */
        @Override
        public @Nullable PostgresUrl convert(String text) {
            return text.isEmpty() ? null : super.convert(text);
        }
    }

    public static final class Member extends Form<MemberAddress> {
        private static final long serialVersionUID = 1L;

        public Member() {
            super("name=host:port with commas between, such as pg-1=10.0.0.1:5432,pg-2=10.0.0.2:5432");
        }

        @Override
        public MemberAddress convert(String text) {
            return read(text, value -> MemberAddress.of(value.strip()));
        }
    }

    public static final class FilePath extends Form<Path> {
        private static final long serialVersionUID = 1L;

        public FilePath() {
            super("the path of a file or folder");
        }

        /** Nothing for an empty text, as with an address. */
        @Override
        public @Nullable Path convert(String text) {
            return text.isEmpty() ? null : read(text, Path::of);
        }
    }

    /** Any text, kept as it is written. */
    public static final class Text extends Form<String> {
        private static final long serialVersionUID = 1L;

        public Text() {
            super("any text");
        }

        /** Nothing for an empty text, as with an address. */
        @Override
        public @Nullable String convert(String text) {
            return text.isEmpty() ? null : text;
        }
    }
}
