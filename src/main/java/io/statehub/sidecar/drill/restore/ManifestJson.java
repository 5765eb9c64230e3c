package io.statehub.sidecar.drill.restore;

import static io.statehub.sidecar.json.JsonLibrary.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.statehub.sidecar.json.JsonLibrary;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;

/**
 * A manifest as one JSON document, with a version and a checksum. The checksum is over values, not over layout: a
 * document may be indented again, but a value that was changed is found.
 */
public final class ManifestJson {

    /** Most characters of a document that is read: more than 10,000 tables with 100 records each come to. */
    public static final int MAX_LENGTH = 256 << 20;

    private static final String FORMAT = "state-hub-restore-manifest";
    private static final int VERSION = 2;

    private ManifestJson() {}

    /** The document, on one line. */
    public static String write(Manifest manifest) {
        JsonObject body = ManifestWriter.body(manifest).build();
        return JSON.createObjectBuilder()
                        .add("format", FORMAT)
                        .add("version", VERSION)
                        .add("sha256", checksum(body))
                        .add("manifest", body)
                        .build()
                + "\n";
    }

    /**
     * Reads a document.
     *
     * @throws UnusableManifestException if it is none, is of another version, was changed, or has a value that there
     *     can't be
     */
    public static Manifest read(String text) throws UnusableManifestException {
        JsonObject document = parsed(text);
        if (!FORMAT.equals(document.getString("format", ""))) {
            throw new UnusableManifestException("it is no manifest: its \"format\" is not " + FORMAT);
        }
        JsonValue version = document.getOrDefault("version", JsonValue.NULL);
        if (!version.toString().equals(Integer.toString(VERSION))) {
            throw new UnusableManifestException("it is a manifest of version " + version
                    + ", and this program reads version " + VERSION + ": use the program that wrote it");
        }
        if (!(document.get("manifest") instanceof JsonObject body)) {
            throw new UnusableManifestException("it has no object \"manifest\"");
        }
        if (!checksum(body).equals(document.getString("sha256", ""))) {
            throw new UnusableManifestException(
                    "its checksum is wrong: it was changed after it was written, or damaged");
        }
        try {
            return ManifestParser.manifest(body);
        } catch (JsonException
                | ClassCastException
                | NullPointerException
                | IllegalArgumentException
                | ArithmeticException
                | DateTimeParseException e) {
            throw new UnusableManifestException(
                    "its checksum is right, but a value has a form that there can't be: " + e.getMessage());
        }
    }

    private static JsonObject parsed(String text) throws UnusableManifestException {
        if (text.length() > MAX_LENGTH) {
            throw new UnusableManifestException("it has more than the allowed " + MAX_LENGTH + " characters");
        }
        try {
            return JsonLibrary.object(text);
        } catch (JsonException e) {
            throw new UnusableManifestException("it is not JSON: it was cut off, or is something else");
        }
    }

    private static String checksum(JsonObject body) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(body.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
