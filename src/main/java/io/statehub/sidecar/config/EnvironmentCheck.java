package io.statehub.sidecar.config;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds misspelt settings among the environment variables, which the configuration library leaves alone since it can't
 * know what else they are for.
 */
public final class EnvironmentCheck {

    private static final String PREFIX = "STATEHUB_";

    /**
     * What Kubernetes sets in every pod for a Service whose name begins with statehub, such as
     * STATEHUB_API_PORT_80_TCP.
     */
    private static final Pattern OF_A_SERVICE = Pattern.compile(
            "[A-Z0-9_]+_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private EnvironmentCheck() {}

    /** One line for each variable that looks like a setting and is none. */
    public static List<String> problems(Collection<String> variables) {
        return variables.stream()
                .filter(name -> name.startsWith(PREFIX) && !SettingNames.VARIABLES.contains(name))
                .filter(name -> !OF_A_SERVICE.matcher(name).matches())
                .sorted()
                .map(name -> "environment variable " + name + " is not a setting; allowed: " + allowed(name))
                .toList();
    }

    private static String allowed(String name) {
        List<String> known = SettingNames.VARIABLES;
        String group = name.substring(0, Math.max(PREFIX.length(), name.indexOf('_', PREFIX.length()) + 1));
        List<String> ofGroup = known.stream().filter(it -> it.startsWith(group)).toList();
        return String.join(", ", ofGroup.isEmpty() ? known : ofGroup);
    }
}
