package io.statehub.sidecar.testing.bytecode;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;

/** The classes of some jars and directories, each read when it is first asked for, and behind them those of the JDK. */
public final class ClassPath implements AutoCloseable {

    private static final String SUFFIX = ".class";

    /** Of the GraalVM that compiles: classes for it, or for an older Java, count before those for all. */
    private static final Runtime.Version NEWEST = Runtime.Version.parse("25");

    /** Where the bytes of a class are. */
    private interface Source {
        InputStream open() throws IOException;
    }

    private final List<JarFile> jars = new ArrayList<>();
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, Optional<ClassFile>> read = new HashMap<>();

    /**
     * Opens a class path; of two classes of one name the first counts.
     *
     * @throws IOException if a jar can't be read
     */
    public ClassPath(Collection<Path> entries) throws IOException {
        for (Path entry : entries) {
            if (Files.isDirectory(entry)) {
                directory(entry);
            } else {
                jar(new JarFile(entry.toFile(), false, ZipFile.OPEN_READ, NEWEST));
            }
        }
    }

    private void directory(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(SUFFIX))
                    .forEach(file -> add(
                            root.relativize(file).toString().replace(File.separatorChar, '/'),
                            () -> Files.newInputStream(file)));
        }
    }

    private void jar(JarFile jar) {
        jars.add(jar);
        jar.versionedStream().forEach(entry -> {
            String name = entry.getName();
            if (name.endsWith(SUFFIX) && !name.startsWith("META-INF/") && !name.endsWith("-info.class")) {
                add(name, () -> jar.getInputStream(entry));
            }
        });
    }

    private void add(String file, Source source) {
        sources.putIfAbsent(file.substring(0, file.length() - SUFFIX.length()), source);
    }

    /** The internal names of the classes that are in the jars and directories. */
    Collection<String> names() {
        return sources.keySet();
    }

    /** The class of that internal name; empty if neither the class path nor the JDK has it. */
    Optional<ClassFile> find(String name) {
        Optional<ClassFile> known = read.get(name);
        if (known == null) {
            known = load(name);
            read.put(name, known);
        }
        return known;
    }

    private Optional<ClassFile> load(String name) {
        Source source = sources.get(name);
        try (InputStream in = source != null
                ? source.open()
                : ClassLoader.getPlatformClassLoader().getResourceAsStream(name + SUFFIX)) {
            return in == null ? Optional.empty() : Optional.of(ClassFile.read(in.readAllBytes(), source == null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has that class of a jar or directory read by somebody else. */
    void accept(String name, ClassVisitor reader) {
        Source source = sources.get(name);
        if (source == null) {
            throw new IllegalArgumentException(name);
        }
        try (InputStream in = source.open()) {
            new ClassReader(in).accept(reader, ClassReader.SKIP_CODE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (JarFile jar : jars) {
            jar.close();
        }
    }
}
