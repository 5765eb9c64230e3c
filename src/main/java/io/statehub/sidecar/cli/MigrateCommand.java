package io.statehub.sidecar.cli;

import io.quarkus.arc.Arc;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code migrate}. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Makes the schema for heartbeats, as the role of the settings. A second run changes nothing.")
final class MigrateCommand implements Callable<Integer> {

    @Option(names = "--print", description = "Print the SQL for it instead, for a DBA to run.")
    private boolean print;

    @Override
    public Integer call() {
        return Arc.container().instance(Migration.class).get().run(print);
    }
}
