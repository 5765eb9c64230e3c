package io.statehub.sidecar.drill.restore.run;

import io.statehub.sidecar.drill.restore.run.Programs.ProgramFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Decrypts a file that was encrypted with age, by its own program (decision 0027). */
final class AgeDecryption {

    /** How age says that a file is for somebody else. */
    private static final List<String> WRONG_KEY = List.of("no identity matched", "incorrect identity");

    /** How age says that the file with the key is not what it should be. */
    private static final List<String> NO_KEY = List.of(
            "reading \"", "failed to read \"", "no secret keys found", "malformed secret key", "unknown identity type");

    /** How age says that the file isn't what was encrypted. */
    private static final List<String> DAMAGED = List.of(
            "failed to decrypt and authenticate",
            "bad header MAC",
            "failed to read header",
            "failed to read nonce",
            "failed to parse",
            "invalid armor");

    private AgeDecryption() {}

    /**
     * Decrypts.
     *
     * @param identities file with one secret key or several, as {@code age-keygen} writes it
     */
    static void decrypt(Path from, Path identities, Path to, Programs programs)
            throws BackupException, InterruptedException {
        if (!Files.isReadable(identities)) {
            throw BackupException.notRun("--identity: " + identities + " can't be read");
        }
        List<String> command =
                List.of(programs.other("age").toString(), "-d", "-i", identities.toString(), from.toString());
        try {
            programs.run(command, to);
        } catch (ProgramFailedException e) {
            String said = String.valueOf(e.getMessage());
            if (WRONG_KEY.stream().anyMatch(said::contains)) {
                throw BackupException.notRun(
                        "no key in " + identities + " decrypts it: it was encrypted for another recipient,"
                                + " or the lines at its head that name them were changed");
            }
            if (NO_KEY.stream().anyMatch(said::contains)) {
                throw BackupException.notRun("--identity: " + identities + " holds no key that age can use: " + said);
            }
            if (DAMAGED.stream().anyMatch(said::contains)) {
                throw BackupException.damaged("it can't be decrypted: it was changed, or cut off (" + said + ")");
            }
            throw BackupException.notRun("it can't be decrypted: " + said);
        }
    }
}
