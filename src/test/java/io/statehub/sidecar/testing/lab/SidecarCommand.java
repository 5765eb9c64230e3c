package io.statehub.sidecar.testing.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What starts the packaged sidecar, a jar with the options that its image has: the system property
 * {@code sidecar.executable} names the jar or the native executable.
 */
final class SidecarCommand {

    private SidecarCommand() {}

    /** With options such as {@code -Dstatehub.probe.interval=2s}. */
    static List<String> with(List<String> options) {
        Path executable = executable();
        List<String> all = new ArrayList<>(isJar(executable) ? ClassArchive.options(executable) : List.of());
        all.addAll(options);
        return command(executable, all);
    }

    static List<String> withoutArchive(List<String> options) {
        return command(executable(), options);
    }

    private static Path executable() {
        String executable = System.getProperty("sidecar.executable");
        if (executable == null || !Files.exists(Path.of(executable))) {
            throw new LabException(
                    "the system property sidecar.executable is '%s': package the sidecar first".formatted(executable));
        }
        return Path.of(executable);
    }

    private static boolean isJar(Path executable) {
        return executable.toString().endsWith(".jar");
    }

    private static List<String> command(Path executable, List<String> options) {
        List<String> command = new ArrayList<>();
        if (isJar(executable)) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(ImageOptions.ofTheSidecar());
            command.addAll(options);
            command.addAll(List.of("-jar", executable.toString()));
        } else {
            command.add(executable.toString());
            command.addAll(options);
        }
        return command;
    }
}
