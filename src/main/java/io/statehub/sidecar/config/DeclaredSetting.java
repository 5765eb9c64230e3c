package io.statehub.sidecar.config;

import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.WithDefault;
import io.smallrye.config.common.utils.StringUtil;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * A setting as {@link Settings} declares it.
 *
 * @param optional whether it may be empty
 * @param byDefault whether it has a value if it isn't set
 * @param many whether it has several values, with commas between
 */
record DeclaredSetting(String name, Form<?> form, boolean optional, boolean byDefault, boolean many) {

    /**
     * All of them, in alphabetical order. What is read of the interfaces by reflection is read when an executable is
     * built, where none of it is registered.
     */
    static final List<DeclaredSetting> ALL = declared();

    private static List<DeclaredSetting> declared() {
        Map<String, Property> properties =
                new TreeMap<>(ConfigMappings.getProperties(ConfigClass.configClass(Settings.class)));
        return SettingNames.ALL.stream()
                .map(name -> {
                    Property property = Objects.requireNonNull(properties.get(name), name);
                    return new DeclaredSetting(
                            name,
                            form(property),
                            property.getMethod().getReturnType() == Optional.class,
                            property.getMethod().isAnnotationPresent(WithDefault.class),
                            properties.containsKey(name + "[*]"));
                })
                .toList();
    }

    private static Form<?> form(Property property) {
        Class<? extends Converter<?>> converter = property.isPrimitive()
                ? property.asPrimitive().getConvertWith()
                : property.asLeaf().getConvertWith();
        try {
            return (Form<?>) converter.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(converter + " can't be made", e);
        }
    }

    /** What is wrong with what is written for it, or with that nothing is; one line a problem. */
    List<String> problems(SmallRyeConfig config) {
        Stream<String> names = Stream.concat(Stream.of(name), config.getIndexedProperties(name).stream());
        List<String> written = names.distinct()
                .map(each -> config.getConfigValue(each).getValue())
                .filter(Objects::nonNull)
                .toList();
        if (written.isEmpty()) {
            return optional || byDefault
                    ? List.of()
                    : List.of(SettingNames.missing(name, form.allowedInsteadOfNothing()));
        }
        List<String> values = written.stream().flatMap(this::split).toList();
        if (values.isEmpty()) {
            return optional
                    ? List.of()
                    : List.of(line(new RejectedValueException(written.get(0), form.allowedInsteadOfNothing())));
        }
        return values.stream().flatMap(value -> problem(value).stream()).toList();
    }

    private Stream<String> split(String text) {
        return many ? Arrays.stream(StringUtil.split(text)) : Stream.of(text).filter(value -> !value.isEmpty());
    }

    private Optional<String> problem(String value) {
        try {
            form.convert(value);
            return Optional.empty();
        } catch (RejectedValueException e) {
            return Optional.of(line(e));
        }
    }

    private String line(RejectedValueException rejected) {
        return name + ": " + rejected.getMessage();
    }
}
