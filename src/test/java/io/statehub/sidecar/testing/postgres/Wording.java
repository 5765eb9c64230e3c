package io.statehub.sidecar.testing.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages of a server, byte by byte (PostgreSQL documentation, "Message Formats"). */
public final class Wording {

    private static final int TEXT_OID = 25;

    private Wording() {}

    @FunctionalInterface
    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    /** A column as it is described, and its one value. */
    public record Column(String name, int type, @Nullable String value) {
        public static Column text(String name, @Nullable String value) {
            return new Column(name, TEXT_OID, value);
        }
    }

    public static byte[] authenticationOk() {
        return authentication(0, new byte[0]);
    }

    public static byte[] clearTextPassword() {
        return authentication(3, new byte[0]);
    }

    public static byte[] md5Password() {
        return authentication(5, new byte[] {1, 2, 3, 4});
    }

    public static byte[] scram() {
        return authentication(10, "SCRAM-SHA-256\0\0".getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] scramContinue(String text) {
        return authentication(11, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] authentication(int request, byte[] rest) {
        return message('R', out -> {
            out.writeInt(request);
            out.write(rest);
        });
    }

    public static byte[] parameter(String name, String value) {
        return message('S', out -> {
            text(out, name);
            text(out, value);
        });
    }

    public static byte[] backendKey(int process) {
        return message('K', out -> {
            out.writeInt(process);
            out.writeInt(4711);
        });
    }

    public static byte[] ready() {
        return message('Z', out -> out.writeByte('I'));
    }

    public static byte[] notice(String text) {
        return message('N', out -> fields(out, "WARNING", "01000", text));
    }

    public static byte[] error(String severity, String state, String text) {
        return message('E', out -> fields(out, severity, state, text));
    }

    public static byte[] copyOut() {
        return message('H', out -> {
            out.writeByte(0);
            out.writeShort(0);
        });
    }

    public static byte[] copyData() {
        return message('d', out -> out.write("one more line\n".getBytes(StandardCharsets.UTF_8)));
    }

    public static byte[] columns(List<Column> columns) {
        return message('T', out -> {
            out.writeShort(columns.size());
            for (Column column : columns) {
                text(out, column.name());
                out.writeInt(0);
                out.writeShort(0);
                out.writeInt(column.type());
                out.writeShort(-1);
                out.writeInt(-1);
                out.writeShort(0);
            }
        });
    }

    public static byte[] row(List<Column> columns) {
        return message('D', out -> {
            out.writeShort(columns.size());
            for (Column column : columns) {
                String value = column.value();
                if (value == null) {
                    out.writeInt(-1);
                } else {
                    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                    out.writeInt(bytes.length);
                    out.write(bytes);
                }
            }
        });
    }

    public static byte[] complete() {
        return message('C', out -> text(out, "SELECT 1"));
    }

    /** The whole answer to a statement that has one row. */
    public static byte[] answer(List<Column> row) {
        return all(columns(row), row(row), complete(), ready());
    }

    public static byte[] all(byte[]... messages) {
        return bytes(out -> {
            for (byte[] message : messages) {
                out.write(message);
            }
        });
    }

    /** The first five bytes of a message that claims to be so long. */
    public static byte[] claim(char type, int length) {
        return bytes(out -> {
            out.writeByte(type);
            out.writeInt(length);
        });
    }

    private static void fields(DataOutputStream out, String severity, String state, String text) throws IOException {
        field(out, 'S', severity);
        field(out, 'V', severity);
        field(out, 'C', state);
        field(out, 'M', text);
        out.writeByte(0);
    }

    private static void field(DataOutputStream out, char name, String value) throws IOException {
        out.writeByte(name);
        text(out, value);
    }

    private static void text(DataOutputStream out, String value) throws IOException {
        out.write(value.getBytes(StandardCharsets.UTF_8));
        out.writeByte(0);
    }

    private static byte[] message(char type, Body body) {
        byte[] content = bytes(body);
        return bytes(out -> {
            out.writeByte(type);
            out.writeInt(content.length + Integer.BYTES);
            out.write(content);
        });
    }

    private static byte[] bytes(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            body.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
