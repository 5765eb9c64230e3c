package io.statehub.sidecar.drill.restore;

import static io.statehub.sidecar.drill.restore.Manifests.manifest;
import static io.statehub.sidecar.drill.restore.Manifests.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestJsonTest {

    private static final Manifest MANIFEST = manifest()
            .object("table", "public.\"a \\ b\"", "columns \"é\n\"")
            .table("public.a", rows(1, 3))
            .table("public.b", new TableRows.Unread("timed out"))
            .unlogged("public.c", new TableRows.Skipped("view"))
            .sequence("public.s", Long.MAX_VALUE, -1)
            .unseen("function", "timed out")
            .build();

    @Test
    void whatIsWrittenIsReadBack() throws UnusableManifestException {
        assertThat(ManifestJson.read(ManifestJson.write(MANIFEST))).isEqualTo(MANIFEST);
    }

    @Test
    void anotherLayoutOfTheSameValuesIsReadToo() throws UnusableManifestException {
        String indented =
                ManifestJson.write(MANIFEST).replace("\",\"", "\" ,\n  \"").replace("{\"", "{\n\"");

        assertThat(ManifestJson.read(indented)).isEqualTo(MANIFEST);
    }

    @Test
    void aValueThatWasChangedByHandIsFound() {
        String edited = ManifestJson.write(MANIFEST).replace("\"rows\":3", "\"rows\":2");

        assertThatThrownBy(() -> ManifestJson.read(edited))
                .isInstanceOf(UnusableManifestException.class)
                .hasMessage("its checksum is wrong: it was changed after it was written, or damaged");
    }

    @Test
    void aManifestOfAnotherVersionIsNamedAsThatWhateverElseItHolds() {
        String later = ManifestJson.write(MANIFEST).replace("\"version\":2,", "\"version\":3,");

        assertThatThrownBy(() -> ManifestJson.read(later))
                .hasMessage("it is a manifest of version 3, and this program reads version 2: use the program that"
                        + " wrote it");
    }

    @Test
    void aManifestThatWasCutOffIsFound() {
        String whole = ManifestJson.write(MANIFEST);

        assertThatThrownBy(() -> ManifestJson.read(whole.substring(0, whole.length() / 2)))
                .hasMessage("it is not JSON: it was cut off, or is something else");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"format\":\"other\"}",
                "{\"format\":1,\"version\":1}",
                "{\"format\":\"state-hub-restore-manifest\"}",
                "{\"format\":\"state-hub-restore-manifest\",\"version\":2}",
                "{\"format\":\"state-hub-restore-manifest\",\"version\":2,\"manifest\":{}}",
                "{\"format\":\"state-hub-restore-manifest\",\"version\":2,\"sha256\":1,\"manifest\":{}}",
                // The checksum is right, and nothing else.
                "{\"format\":\"state-hub-restore-manifest\",\"version\":2,\"sha256\":"
                        + "\"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"manifest\":{}}"
            })
    void whatIsNoManifestIsRefusedInOneLine(String text) {
        assertThatThrownBy(() -> ManifestJson.read(text))
                .isInstanceOf(UnusableManifestException.class)
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"rows\":3 | \"rows\":-3 | a table with -3 rows",
                "\"timeline\":\\d+ | \"timeline\":0 | timeline 0 of a server of version 17",
                "\"majorVersion\":17 | \"majorVersion\":-17 | of a server of version -17",
                "\"increment\":-1 | \"increment\":0 | the sequence public.s goes from one value to the same",
                "\"recordsPerTable\":\\d+ | \"recordsPerTable\":-1 | -1 records of each table",
            })
    void aValueThatThereCanNotBeIsRefusedWhateverTheChecksum(String what, String value, String message)
            throws NoSuchAlgorithmException {
        String body = body(ManifestJson.write(MANIFEST));
        String changed = body.replaceFirst(what, value);
        assertThat(changed).isNotEqualTo(body);
        String checksum = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(changed.getBytes(StandardCharsets.UTF_8)));
        String document = "{\"format\":\"state-hub-restore-manifest\",\"version\":2,\"sha256\":\"" + checksum
                + "\",\"manifest\":" + changed + "}";

        assertThatThrownBy(() -> ManifestJson.read(document))
                .isInstanceOf(UnusableManifestException.class)
                .hasMessageContaining("its checksum is right, but a value has a form that there can't be")
                .hasMessageContaining(message);
    }

    private static String body(String document) {
        return document.substring(document.indexOf("\"manifest\":") + "\"manifest\":".length(), document.length() - 2);
    }
}
