package io.statehub.sidecar.drill.restore.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;

/** What a file is, by how it begins. */
enum BackupForm {
    /** Encrypted with age, as bytes or as text. */
    AGE,
    GZIP,
    ZSTD,
    /** {@code pg_dump -Fc}. */
    CUSTOM,
    TAR,
    /** {@code pg_dump} without a format: SQL. */
    PLAIN;

    /** Bytes of the beginning that decide. */
    static final int HEAD = 512;

    private static final int TAR_MAGIC = 257;

    /** Empty if it is none of them. */
    static Optional<BackupForm> of(byte[] head) {
        String text = new String(head, ISO_8859_1);
        if (text.startsWith("age-encryption.org/") || text.startsWith("-----BEGIN AGE ENCRYPTED FILE-----")) {
            return Optional.of(AGE);
        }
        if (text.startsWith("\u001f\u008b")) {
            return Optional.of(GZIP);
        }
        if (text.startsWith("(\u00b5/\u00fd")) {
            return Optional.of(ZSTD);
        }
        if (text.startsWith("PGDMP")) {
            return Optional.of(CUSTOM);
        }
        if (text.startsWith("ustar", TAR_MAGIC)) {
            return Optional.of(TAR);
        }
        boolean sql = text.stripLeading().startsWith("--") && text.indexOf('\0') < 0;
        return sql ? Optional.of(PLAIN) : Optional.empty();
    }
}
