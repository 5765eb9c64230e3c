package io.statehub.sidecar.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings as a tree of interfaces: read by reflection, so that a new setting is in every table of the tests at
 * once.
 */
public final class SettingsTree {

    /** The settings without which nothing starts. */
    static final Map<String, String> REQUIRED = Map.of(
            "statehub.postgres.url", "jdbc:postgresql://db.example:5432/state",
            "statehub.postgres.members", "pg-1=10.0.0.1:5432,pg-2=10.0.0.2:5432");

    private static final String ROOT = "statehub";

    private SettingsTree() {}

    /** Mapped from these properties alone: neither the environment nor a file adds anything. */
    static Settings mapped(Map<String, String> properties) {
        return config(properties).getConfigMapping(Settings.class);
    }

    private static SmallRyeConfig config(Map<String, String> properties) {
        return written(properties).withMapping(Settings.class).build();
    }

    /** These properties alone, not mapped. */
    static SmallRyeConfigBuilder written(Map<String, String> properties) {
        return new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(properties, "test", 100));
    }

    /** What contradicts each other in these properties alone. */
    static List<String> problems(Map<String, String> properties) {
        SmallRyeConfig config = config(properties);
        return SettingsCheck.problems(
                config.getConfigMapping(Settings.class),
                name -> config.getConfigValue(name).getValue());
    }

    /** What contradicts each other in the required settings with these over them. */
    static List<String> problemsWith(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(REQUIRED);
        all.putAll(properties);
        return problems(all);
    }

    /** Mapped from the required settings, with these over them. */
    public static Settings mappedWith(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(REQUIRED);
        all.putAll(properties);
        return mapped(all);
    }

    /** The name of every setting, in kebab case as the library derives it from a method's name. */
    static List<String> names() {
        return List.copyOf(methods().keySet());
    }

    /** The method of every setting by its name. */
    static Map<String, Method> methods() {
        Map<String, Method> methods = new TreeMap<>();
        collect(Settings.class, ROOT, methods);
        return methods;
    }

    private static void collect(Class<?> type, String prefix, Map<String, Method> into) {
        for (Method setting : settings(type)) {
            String name = prefix + "." + kebab(setting.getName());
            if (isGroup(setting)) {
                collect(setting.getReturnType(), name, into);
            } else {
                into.put(name, setting);
            }
        }
    }

    /** The value of every setting by its name. */
    static Map<String, Object> values(Settings settings) {
        Map<String, Object> values = new TreeMap<>();
        collect(settings, Settings.class, ROOT, values);
        return values;
    }

    private static void collect(Object node, Class<?> type, String prefix, Map<String, Object> into) {
        for (Method setting : settings(type)) {
            String name = prefix + "." + kebab(setting.getName());
            Object value = valueOf(setting, node);
            if (value == null) {
                throw new AssertionError(name + " is null");
            }
            if (isGroup(setting)) {
                collect(value, setting.getReturnType(), name, into);
            } else {
                into.put(name, value);
            }
        }
    }

    private static List<Method> settings(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .toList();
    }

    private static boolean isGroup(Method setting) {
        Class<?> type = setting.getReturnType();
        return type.isInterface() && type.getPackage().equals(Settings.class.getPackage());
    }

    private static @Nullable Object valueOf(Method setting, Object node) {
        try {
            return setting.invoke(node);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError(setting + " can't be read", e);
        }
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
