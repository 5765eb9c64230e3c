package io.statehub.sidecar.config;

import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names of all settings, as the configuration library derives them from {@link Settings}. */
final class SettingNames {

    private static final Pattern INDEX = Pattern.compile("\\[[0-9*]+]$");
    private static final Pattern NOT_IN_A_VARIABLE = Pattern.compile("[^A-Z0-9]");

    /** In alphabetical order. */
    static final List<String> ALL = ConfigClass.configClass(Settings.class).getProperties().keySet().stream()
            .filter(name -> name.equals(withoutIndex(name)))
            .sorted()
            .toList();

    /** Their environment variables, in the same order. */
    static final List<String> VARIABLES =
            ALL.stream().map(SettingNames::environmentVariable).toList();

    private SettingNames() {}

    /** Whether it is the name of a setting, or of one of its values, such as {@code statehub.postgres.members[0]}. */
    static boolean isOne(String name) {
        return ALL.contains(withoutIndex(name));
    }

    private static String withoutIndex(String name) {
        return INDEX.matcher(name).replaceFirst("");
    }

    /** The environment variable of a setting, such as {@code STATEHUB_API_URL}. */
    static String environmentVariable(String setting) {
        return NOT_IN_A_VARIABLE.matcher(setting.toUpperCase(Locale.ROOT)).replaceAll("_");
    }

    /** That it is not set, with the two names under which it can be. */
    static String missing(String setting, String allowed) {
        return setting + " (" + environmentVariable(setting) + ") is not set: it must be " + allowed;
    }

    /** What a misspelt name may have meant: the settings of its group, or the groups if there is no such group. */
    static String allowedInsteadOf(String name) {
        Optional<String> group = ALL.stream()
                .map(setting -> setting.substring(0, setting.lastIndexOf('.') + 1))
                .filter(name::startsWith)
                .findFirst();
        List<String> candidates = group.isPresent()
                ? ALL.stream()
                        .filter(setting -> setting.startsWith(group.get()))
                        .toList()
                : ALL.stream()
                        .map(setting -> setting.substring(0, setting.lastIndexOf('.')) + ".*")
                        .distinct()
                        .toList();
        return String.join(", ", candidates);
    }
}
