package io.statehub.sidecar.config;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.statehub.sidecar.observation.ShortText;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Says in our words why the settings can't be used, one line a problem. The configuration library tells of that in
 * prose alone; so that it refused is taken from it, and what is looked up in what was written.
 */
public final class StartProblems {

    private static final String PREFIX = "statehub.";

    /** The longest that is ours names every setting of a group. */
    private static final int MOST_CHARACTERS = 2_000;

    private StartProblems() {}

    /**
     * The problems, if that is why the start failed.
     *
     * @param names those of the environment variables and system properties: the library stops before anybody looks at
     *     them, and before the settings are held against each other
     */
    public static Optional<List<String>> of(Throwable failure, Collection<String> names) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigValidationException validation) {
                return Optional.of(of(validation, ConfigUtils.configBuilder().build(), names));
            }
            if (cause instanceof InvalidSettingsException invalid) {
                return Optional.of(invalid.problems());
            }
        }
        return Optional.empty();
    }

    /** @param written what was set and where, without the mapping that was refused */
    static List<String> of(ConfigValidationException refusal, SmallRyeConfig written, Collection<String> names) {
        List<String> ours = Stream.of(
                        DeclaredSetting.ALL.stream().flatMap(setting -> setting.problems(written).stream()),
                        missingMembers(written),
                        unknown(written))
                .flatMap(lines -> lines)
                .toList();
        Stream<String> others = IntStream.range(0, refusal.getProblemCount())
                .mapToObj(number -> refusal.getProblem(number).getMessage())
                .filter(problem -> ours.isEmpty() || !problem.contains(PREFIX));
        return Stream.of(ours.stream(), others, EnvironmentCheck.problems(names).stream())
                .flatMap(lines -> lines)
                .map(line -> ShortText.of(line, MOST_CHARACTERS))
                .toList();
    }

    private static Stream<String> missingMembers(SmallRyeConfig written) {
        return Stream.of("statehub.postgres.members", "statehub.postgres.discovery")
                        .allMatch(setting -> written.getConfigValue(setting).getValue() == null
                                && written.getIndexedProperties(setting).isEmpty())
                ? Stream.of(SettingsCheck.MISSING_MEMBERS)
                : Stream.empty();
    }

    /** What is none of our settings and looks like one. Of variables the library takes none for a slip. */
    private static Stream<String> unknown(SmallRyeConfig written) {
        return StreamSupport.stream(written.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith(PREFIX) && !SettingNames.isOne(name))
                .sorted()
                .flatMap(name -> {
                    ConfigValue value = written.getConfigValue(name);
                    return String.valueOf(value.getSourceName()).startsWith(EnvConfigSource.NAME)
                            ? Stream.empty()
                            : Stream.of(name + " (in " + value.getLocation() + ") is not a setting; allowed: "
                                    + SettingNames.allowedInsteadOf(name));
                });
    }
}
