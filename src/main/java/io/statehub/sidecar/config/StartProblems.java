package io.statehub.sidecar.config;

import io.smallrye.config.ConfigValidationException;
import io.statehub.sidecar.observation.ShortText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says in our words what the configuration library found wrong, one line a problem. */
public final class StartProblems {

    private static final Pattern NOT_CONVERTED = Pattern.compile(
            ".*The config property (\\S+) with the config value \"(.*)\" threw an Exception whilst being converted"
                    + " (.*)",
            Pattern.DOTALL);
    private static final Pattern MISSING =
            Pattern.compile(".*The config property (\\S+) is required but it could not be found.*", Pattern.DOTALL);
    private static final Pattern EMPTY =
            Pattern.compile(".*The config property (\\S+) is defined as the empty String.*", Pattern.DOTALL);
    private static final Pattern UNKNOWN =
            Pattern.compile(".*: (\\S+) in (.*) does not map to any root", Pattern.DOTALL);

    private static final String URL = "statehub.postgres.url";

    /** What the settings must be that have no default, or that must not be empty. */
    private static final Map<String, String> ALLOWED = Map.of(
            "statehub.api.expected-status",
            Converters.HttpStatus.ALLOWED,
            URL,
            Converters.JdbcUrl.ALLOWED,
            "statehub.postgres.username",
            "the name of a role",
            "statehub.kubernetes.watch",
            "at least one kind of object: set statehub.kubernetes.enabled to false for none");

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
                return Optional.of(lines(validation, names));
            }
            if (cause instanceof InvalidSettingsException invalid) {
                return Optional.of(invalid.problems());
            }
        }
        return Optional.empty();
    }

    private static List<String> lines(ConfigValidationException validation, Collection<String> names) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < validation.getProblemCount(); i++) {
            lines.add(line(validation.getProblem(i).getMessage()));
        }
        if (lines.stream().anyMatch(line -> line.startsWith(URL + " (")) && hasNoMembers(names)) {
            lines.add(SettingsCheck.MISSING_MEMBERS);
        }
        lines.addAll(EnvironmentCheck.problems(names));
        return lines;
    }

    /** Whether they are missing as well, as far as names tell: a file may have what is not among them. */
    private static boolean hasNoMembers(Collection<String> names) {
        return Stream.of("statehub.postgres.members", "statehub.postgres.discovery", "quarkus.config.locations")
                .noneMatch(setting ->
                        names.contains(setting) || names.contains(SettingNames.environmentVariable(setting)));
    }

    static String line(String problem) {
        return ShortText.of(inOurWords(problem), MOST_CHARACTERS);
    }

    private static String inOurWords(String problem) {
        Matcher notConverted = NOT_CONVERTED.matcher(problem);
        if (notConverted.matches()) {
            return notConverted.group(1) + ": " + notConverted.group(3);
        }
        Matcher missing = MISSING.matcher(problem);
        if (missing.matches()) {
            return SettingNames.missing(missing.group(1), allowed(missing.group(1)));
        }
        Matcher empty = EMPTY.matcher(problem);
        if (empty.matches()) {
            return empty.group(1) + ": '' is not allowed: it must be " + allowed(empty.group(1));
        }
        Matcher unknown = UNKNOWN.matcher(problem);
        if (unknown.matches()) {
            String name = unknown.group(1);
            return name + " (in " + unknown.group(2) + ") is not a setting; allowed: "
                    + SettingNames.allowedInsteadOf(name);
        }
        return problem;
    }

    private static String allowed(String name) {
        return ALLOWED.getOrDefault(name, "set");
    }
}
