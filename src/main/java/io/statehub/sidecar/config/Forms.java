package io.statehub.sidecar.config;

import io.quarkus.runtime.configuration.DurationConverter;
import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What several forms have in common. Apart from the converters, since nobody makes one of these: what stands among them
 * is registered for reflection.
 */
final class Forms {

    private Forms() {}

    /** What lies between two values, or is one of them. */
    abstract static class Range<T extends Comparable<T> & Serializable> extends Form<T> {
        private static final long serialVersionUID = 1L;

        private final T min;
        private final T max;

        Range(T min, T max, String allowed) {
            super(allowed);
            this.min = min;
            this.max = max;
        }

        /** @param reading throws an unchecked exception if the text is no value at all */
        final T inRange(String text, Function<String, T> reading) {
            return read(text, written -> {
                T value = reading.apply(written.strip());
                require(value.compareTo(min) >= 0 && value.compareTo(max) <= 0, "out of range");
                return value;
            });
        }
    }

    abstract static class DurationForm extends Range<Duration> {
        private static final long serialVersionUID = 1L;

        DurationForm(Duration min, Duration max, String allowed) {
            super(min, max, allowed);
        }

        @Override
        public Duration convert(String text) {
            return inRange(text, DurationConverter::parseDuration);
        }
    }

    abstract static class NumberForm extends Range<Integer> {
        private static final long serialVersionUID = 1L;

        NumberForm(int min, int max, String allowed) {
            super(min, max, allowed);
        }

        @Override
        public Integer convert(String text) {
            return inRange(text, Integer::valueOf);
        }
    }

    abstract static class Word extends Form<String> {
        private static final long serialVersionUID = 1L;

        private final Pattern form;

        Word(String form, String allowed) {
            super(allowed);
            this.form = Pattern.compile(form);
        }

        @Override
        public @Nullable String convert(String text) {
            return read(text, value -> {
                require(form.matcher(value).matches(), "form");
                return value;
            });
        }
    }

    /** A word that may be left out. An empty text is how the library asks what an absent optional setting means. */
    abstract static class OptionalWord extends Word {
        private static final long serialVersionUID = 1L;

        OptionalWord(String form, String allowed) {
            super(form, allowed);
        }

        @Override
        public @Nullable String convert(String text) {
            return text.isEmpty() ? null : super.convert(text);
        }
    }

    abstract static class Choice<E extends Enum<E>> extends Form<E> {
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

    abstract static class JdbcForm extends Form<PostgresUrl> {
        private static final long serialVersionUID = 1L;

        JdbcForm() {
            super("jdbc:postgresql://host:port/database with no parameters, which are settings of their own");
        }

        @Override
        public @Nullable PostgresUrl convert(String text) {
            return read(text, value -> PostgresUrl.of(value.strip()));
        }
    }
}
