package io.statehub.sidecar.drill.restore;

import static io.statehub.sidecar.drill.restore.Manifests.manifest;
import static io.statehub.sidecar.drill.restore.Manifests.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
