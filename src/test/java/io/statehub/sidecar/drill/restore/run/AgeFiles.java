package io.statehub.sidecar.drill.restore.run;

import io.statehub.sidecar.testing.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A key of age, and files that are encrypted for it. */
public final class AgeFiles {

    private static final Pattern RECIPIENT = Pattern.compile("age1[a-z0-9]+");

    private final String recipient;
    private final Path identity;

    private AgeFiles(String recipient, Path identity) {
        this.recipient = recipient;
        this.identity = identity;
    }

    /** Makes a key in a new file. */
    public static AgeFiles keyIn(Path file) {
        Matcher named = RECIPIENT.matcher(ran("age-keygen", "-o", file.toString()));
        if (!named.find()) {
            throw new AssertionError("age-keygen named no recipient");
        }
        return new AgeFiles(named.group(), file);
    }

    public Path identity() {
        return identity;
    }

    public Path encrypted(Path plain, Path to, String... options) {
        List<String> command = new ArrayList<>(List.of("age", "-r", recipient, "-o", to.toString()));
        command.addAll(List.of(options));
        command.add(plain.toString());
        ran(command.toArray(String[]::new));
        return to;
    }

    private static String ran(String... command) {
        Program.Ended ended = Program.run(List.of(command));
        if (ended.code() != 0) {
            throw new AssertionError(ended.output());
        }
        return ended.output();
    }
}
