package io.statehub.sidecar.drill.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.statehub.sidecar.json.JsonLibrary;
import jakarta.json.JsonException;
import java.time.DateTimeException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A record as a line: the checksum of the JSON that follows it, and that. */
final class LedgerCodec {

    private static final int CHECKSUM = 8;
    private static final RecordWriter WRITER = new RecordWriter();

    private LedgerCodec() {}

    static String line(LedgerRecord record) {
        String json = record.accept(WRITER).build().toString();
        return checksum(json) + " " + json + "\n";
    }

    private static String checksum(String json) {
        CRC32C checksum = new CRC32C();
        checksum.update(json.getBytes(UTF_8));
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    /**
     * What a line says, given without its end; empty if it is damaged or torn, or says what can't be.
     *
     * @throws UnknownWordException if it is whole, and has a word that this program doesn't know
     */
    static Optional<LedgerRecord> read(String line) {
        if (line.length() <= CHECKSUM || line.charAt(CHECKSUM) != ' ') {
            return Optional.empty();
        }
        String json = line.substring(CHECKSUM + 1);
        if (!checksum(json).equals(line.substring(0, CHECKSUM))) {
            return Optional.empty();
        }
        try {
            return Optional.of(RecordReader.read(JsonLibrary.object(json)));
        } catch (JsonException
                | ClassCastException
                | NullPointerException
                | IllegalArgumentException
                | ArithmeticException
                | DateTimeException e) {
            return Optional.empty();
        }
    }
}
