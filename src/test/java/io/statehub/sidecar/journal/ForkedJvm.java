package io.statehub.sidecar.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process with this one's class path. */
public final class ForkedJvm {

    private ForkedJvm() {}

    public static Process start(Class<?> main, String... arguments) throws IOException {
        return start(main, List.of(), arguments);
    }

    /**
     * Starts one.
     *
     * @param options of the machine, such as {@code -Xmx16m}
     */
    public static Process start(Class<?> main, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
