package io.statehub.sidecar.testing.bytecode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {

    /** What a jar holds for every Java. */
    static class Old {}

    /** What it holds for a newer one. */
    static class Newer extends Old {}

    @TempDir
    Path folder;

    private Optional<String> superclassIn(Map<String, Class<?>> entries) throws IOException {
        Path jar = Files.createTempFile(folder, "versions", ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Map.Entry<String, Class<?>> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                String name = entry.getValue().getName().replaceAll(".*\\.", "") + ".class";
                try (InputStream in = requireNonNull(getClass().getResourceAsStream(name))) {
                    in.transferTo(out);
                }
            }
        }
        try (ClassPath classes = new ClassPath(Set.of(jar))) {
            return classes.find("library/Thing").map(ClassFile::superName);
        }
    }

    @Test
    void classForTheJavaOfTheCompilerOrAnOlderOneTakesThePlaceOfThatForAll() throws IOException {
        assertThat(superclassIn(Map.of(
                        "library/Thing.class", Old.class, "META-INF/versions/25/library/Thing.class", Newer.class)))
                .contains(Old.class.getName().replace('.', '/'));
        assertThat(superclassIn(Map.of("META-INF/versions/21/library/Thing.class", Newer.class)))
                .contains(Old.class.getName().replace('.', '/'));
    }

    @Test
    void classForANewerJavaThanTheCompilersIsPassedOver() throws IOException {
        assertThat(superclassIn(Map.of(
                        "library/Thing.class", Old.class, "META-INF/versions/26/library/Thing.class", Newer.class)))
                .contains("java/lang/Object");
    }
}
