package io.statehub.sidecar.config;

import io.smallrye.config.ConfigValidationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in our words what the configuration library found wrong, one line a problem. */
public final class StartProblems {

    private static final Pattern NOT_CONVERTED = Pattern.compile(
            ".*The config property (\\S+) with the config value \"(.*)\" threw an Exception whilst being converted (.*)",
            Pattern.DOTALL);
    private static final Pattern MISSING =
            Pattern.compile(".*The config property (\\S+) is required but it could not be found.*", Pattern.DOTALL);
    private static final Pattern UNKNOWN =
            Pattern.compile(".*: (\\S+) in (.*) does not map to any root", Pattern.DOTALL);

    /** The settings that have no default, with what they must be. */
    private static final Map<String, String> REQUIRED = Map.of(
            "statehub.postgres.url", Converters.JdbcUrl.ALLOWED,
            "statehub.postgres.members", Converters.Member.ALLOWED);

    private StartProblems() {}

    /** The problems, if that is why the start failed. */
    public static Optional<List<String>> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigValidationException validation) {
                return Optional.of(lines(validation));
            }
            if (cause instanceof InvalidSettingsException invalid) {
                return Optional.of(invalid.problems());
            }
        }
        return Optional.empty();
    }

    private static List<String> lines(ConfigValidationException validation) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < validation.getProblemCount(); i++) {
            lines.add(line(validation.getProblem(i).getMessage()));
        }
        return lines;
    }

    static String line(String problem) {
        Matcher notConverted = NOT_CONVERTED.matcher(problem);
        if (notConverted.matches()) {
            return notConverted.group(1) + ": " + notConverted.group(3);
        }
        Matcher missing = MISSING.matcher(problem);
        if (missing.matches()) {
            String name = missing.group(1);
            return name + " is not set: it must be " + REQUIRED.getOrDefault(name, "set");
        }
        Matcher unknown = UNKNOWN.matcher(problem);
        if (unknown.matches()) {
            String name = unknown.group(1);
            return name + " (in " + unknown.group(2) + ") is not a setting; allowed: "
                    + SettingNames.allowedInsteadOf(name);
        }
        return problem;
    }
}
