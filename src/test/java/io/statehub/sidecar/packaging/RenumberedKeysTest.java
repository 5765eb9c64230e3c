package io.statehub.sidecar.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statehub.sidecar.packaging.RenumberedKeys.DifferentException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenumberedKeysTest {

    @TempDir
    private Path directory;

    /** A jar of these files. */
    private Path jar(String name, Map<String, String> files) throws IOException {
        Path jar = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                entries.putNextEntry(new JarEntry(file.getKey()));
                entries.write(file.getValue().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return jar;
    }

    /** Two classes, of which the first makes what the second takes. */
    private Path jar(String name, String made, String taken) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("Makes.class", "begin" + string(made) + "\u0008end");
        files.put("Takes.class", string(taken) + string("value"));
        return jar(name, files);
    }

    private static String string(String text) {
        return "\u0001\u0000" + (char) text.length() + text;
    }

    @Test
    void keysMayBeNumberedOtherwiseAlsoInMoreDigits() throws IOException, DifferentException {
        Path first = jar("first.jar", "proxykey9", "proxykey9");

        assertThat(RenumberedKeys.between(first, jar("second.jar", "proxykey10", "proxykey10")))
                .isEqualTo(Map.of("9", "10"));
        assertThat(RenumberedKeys.between(first, first)).isEqualTo(Map.of("9", "9"));
    }

    @Test
    void aKeyThatLeadsElsewhereIsADifference() throws IOException {
        Path first = jar("first.jar", "proxykey1", "proxykey1");
        Path second = jar("second.jar", "proxykey1", "proxykey2");

        assertThatThrownBy(() -> RenumberedKeys.between(first, second))
                .isInstanceOf(DifferentException.class)
                .hasMessage("Takes.class: 1 and 2 are one key here and two in another class");
        assertThatThrownBy(() -> RenumberedKeys.between(second, first)).isInstanceOf(DifferentException.class);
    }

    @Test
    void anyOtherByteIsADifference() throws IOException {
        Path first = jar("first.jar", Map.of("A.class", string("proxykey1") + "a"));

        assertThatThrownBy(() ->
                        RenumberedKeys.between(first, jar("second.jar", Map.of("A.class", string("proxykey1") + "b"))))
                .hasMessage("A.class differs in more than the numbers of keys");
        assertThatThrownBy(() ->
                        RenumberedKeys.between(first, jar("third.jar", Map.of("B.class", string("proxykey1") + "a"))))
                .hasMessage("other files, or in another order");
    }
}
