package io.statehub.sidecar.cli.drill;

import io.statehub.sidecar.drill.trigger.CommandTrigger;
import io.statehub.sidecar.drill.trigger.ManualTrigger;
import io.statehub.sidecar.drill.trigger.Trigger;

/** The triggers by the names that are typed. */
final class Triggers {

    static final String ALLOWED = "manual, command:CMD";

    private static final String COMMAND = "command:";
    private static final String MANUAL = "manual";

    private Triggers() {}

    static boolean allowed(String name) {
        return name.equals(MANUAL) || (name.startsWith(COMMAND) && !name.equals(COMMAND));
    }

    static Trigger named(String name) {
        return name.startsWith(COMMAND) ? new CommandTrigger(name.substring(COMMAND.length())) : new ManualTrigger();
    }
}
