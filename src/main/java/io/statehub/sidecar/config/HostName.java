package io.statehub.sidecar.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What this machine calls itself. Known without a resolver, which {@code InetAddress.getLocalHost()} asks and which may
 * hang: whoever needs the name would wait for it, and so would the first answer.
 */
public final class HostName {

    /** Read from memory: no disk is asked. */
    private static final Path OF_KERNEL = Path.of("/proc/sys/kernel/hostname");

    /** Every machine is called that by itself; the name where the kernel isn't Linux and no variable says another. */
    static final String UNKNOWN = "localhost";

    private HostName() {}

    /** In Kubernetes the pod's name; that of the variable HOSTNAME, if it is set. Never empty. */
    public static String get() {
        return of(System.getenv("HOSTNAME"), OF_KERNEL);
    }

    static String of(@Nullable String variable, Path kernel) {
        return variable == null || variable.isEmpty() ? ofKernel(kernel) : variable;
    }

    private static String ofKernel(Path file) {
        try {
            String name = new String(Files.readAllBytes(file), UTF_8).strip();
            return name.isEmpty() ? UNKNOWN : name;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
