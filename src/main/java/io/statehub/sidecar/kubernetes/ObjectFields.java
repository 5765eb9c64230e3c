package io.statehub.sidecar.kubernetes;

import io.statehub.sidecar.observation.ShortText;
import io.statehub.sidecar.observation.kubernetes.Condition;
import io.statehub.sidecar.observation.kubernetes.ConditionStatus;
import io.statehub.sidecar.observation.kubernetes.Conditions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object as they came, each read with the type that it should have. One that isn't there is empty; one
 * of another type throws {@link MalformedObjectException}, which names it.
 */
final class ObjectFields {

    private final String path;
    private final Map<?, ?> fields;

    ObjectFields(Map<?, ?> fields) {
        this("", fields);
    }

    private ObjectFields(String path, Map<?, ?> fields) {
        this.path = path;
        this.fields = fields;
    }

    /** The object under this name; one without fields if it isn't there. */
    ObjectFields in(String name) {
        return new ObjectFields(at(name), typed(name, Map.class, "an object").orElse(Map.of()));
    }

    /** Text, made fit for one line; empty if there is none. */
    String text(String name) {
        return optionalText(name).orElse("");
    }

    /** Text as it came, for what is read further. */
    Optional<String> verbatim(String name) {
        return typed(name, String.class, "text");
    }

    /** Text that says something. */
    Optional<String> optionalText(String name) {
        return typed(name, String.class, "text").map(ShortText::of).filter(text -> !text.isEmpty());
    }

    /** Text without which nothing can be made of the object. */
    String requiredText(String name) {
        return optionalText(name).orElseThrow(() -> new MalformedObjectException(at(name), "is missing"));
    }

    OptionalInt integer(String name) {
        OptionalLong value = number(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        long number = value.getAsLong();
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new MalformedObjectException(at(name), "is " + number);
        }
        return OptionalInt.of((int) number);
    }

    OptionalLong number(String name) {
        Optional<Number> value = typed(name, Number.class, "a number");
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (value.get() instanceof Integer || value.get() instanceof Long) {
            return OptionalLong.of(value.get().longValue());
        }
        throw new MalformedObjectException(at(name), "is no whole number");
    }

    boolean flag(String name) {
        return flag(name, false);
    }

    /** @param otherwise what holds if nothing is written */
    boolean flag(String name, boolean otherwise) {
        return typed(name, Boolean.class, "true or false").orElse(otherwise);
    }

    /** Whether anything is written under this name. */
    boolean has(String name) {
        return fields.get(name) != null;
    }

    /** A time; empty also if the text is, which is how some operators say that there is none. */
    Optional<Instant> time(String name) {
        return optionalText(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new MalformedObjectException(at(name), "is no time: " + text);
            }
        });
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof String text)) {
                throw new MalformedObjectException(at(name), "holds something other than text");
            }
            texts.add(ShortText.of(text));
        }
        return texts;
    }

    <T> List<T> objects(String name, Function<ObjectFields, T> reading) {
        List<T> objects = new ArrayList<>();
        List<?> elements = list(name);
        for (int i = 0; i < elements.size(); i++) {
            if (!(elements.get(i) instanceof Map<?, ?> element)) {
                throw new MalformedObjectException(at(name), "holds something other than objects");
            }
            objects.add(reading.apply(new ObjectFields(at(name) + "[" + i + "]", element)));
        }
        return objects;
    }

    /** All fields of the object under this name, which are text, in the order of their names. */
    Map<String, String> textsByName(String name) {
        Map<String, String> texts = new TreeMap<>();
        ObjectFields inner = in(name);
        for (Object key : inner.fields.keySet()) {
            String field = String.valueOf(key);
            texts.put(ShortText.of(field), inner.text(field));
        }
        return texts;
    }

    /** All objects under this name, in the order of their names. */
    <T> List<T> namedObjects(String name, NamedReading<T> reading) {
        List<T> objects = new ArrayList<>();
        ObjectFields inner = in(name);
        inner.fields.keySet().stream()
                .map(String::valueOf)
                .sorted()
                .forEach(field -> objects.add(reading.read(ShortText.of(field), inner.in(field))));
        return objects;
    }

    /** Reads an object that is known by a name. */
    @FunctionalInterface
    interface NamedReading<T> {
        T read(String name, ObjectFields fields);
    }

    /** {@code conditions}, as every object writes them. */
    Conditions conditions() {
        return new Conditions(objects(
                "conditions",
                condition -> new Condition(
                        condition.requiredText("type"),
                        ConditionStatus.of(condition.text("status")),
                        condition.text("reason"),
                        condition.text("message"))));
    }

    private List<?> list(String name) {
        return typed(name, List.class, "a list").orElse(List.of());
    }

    private <T> Optional<T> typed(String name, Class<T> type, String what) {
        @Nullable Object value = fields.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw new MalformedObjectException(at(name), "is not " + what);
        }
        return Optional.of(type.cast(Objects.requireNonNull(value)));
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
