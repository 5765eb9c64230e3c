package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs that run until they are killed: not as root, deaf to the caller's own settings, their output in a file. */
final class BackgroundProcess {

    private BackgroundProcess() {}

    /**
     * @param foreignSettings beginnings of the names of variables that are not handed on: the caller's PGDATA, PGPORT
     *     and the like would override the lab's own settings
     */
    static Process start(List<String> program, Path log, List<String> foreignSettings) {
        List<String> command = new ArrayList<>(HostCommands.unprivileged());
        command.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> foreignSettings.stream().anyMatch(name::startsWith));
        builder.environment().put("LC_ALL", "C");
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new LabException("cannot start " + command, failure);
        }
    }
}
