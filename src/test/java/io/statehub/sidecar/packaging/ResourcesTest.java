package io.statehub.sidecar.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A native executable holds the resources that it is told of: each that our code reads is one of them. */
class ResourcesTest {

    /** Stands in the constant of a string that is put together for what comes from elsewhere. */
    private static final char VARIABLE = '\u0001';

    @Test
    void everyResourceThatOurCodeReadsIsIncluded() throws IOException {
        List<Pattern> included = included();
        Map<String, List<String>> read = namesByReader();

        assertThat(read)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy((reader, names) -> assertThat(names)
                        .as("names from the root, in %s", reader)
                        .isNotEmpty()
                        .allMatch(name -> included.stream()
                                .anyMatch(pattern -> pattern.matcher(name.replace(VARIABLE, 'x'))
                                        .matches())));
    }

    private static List<Pattern> included() throws IOException {
        Properties settings = new Properties();
        try (InputStream in = ResourcesTest.class.getResourceAsStream("/application.properties")) {
            settings.load(in);
        }
        return Arrays.stream(settings.getProperty("quarkus.native.resources.includes")
                        .split(",", -1))
                .map(glob -> Pattern.compile(
                        Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*"))))
                .toList();
    }

    private static Map<String, List<String>> namesByReader() throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        try (Stream<Path> classes = Files.walk(Path.of("target/classes/io/statehub"))) {
            for (Path file :
                    classes.filter(path -> path.toString().endsWith(".class")).toList()) {
                Reading reading = new Reading();
                new ClassReader(Files.readAllBytes(file)).accept(reading, ClassReader.SKIP_DEBUG);
                if (reading.reads) {
                    found.put(file.getFileName().toString(), reading.names);
                }
            }
        }
        return found;
    }

    /** Whether a class asks for resources, and every constant of it that could be the name of one. */
    private static final class Reading extends ClassVisitor {

        private final List<String> names = new ArrayList<>();
        private boolean reads;

        Reading() {
            super(Opcodes.ASM9);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            List<String> here = new ArrayList<>();
            return new MethodVisitor(Opcodes.ASM9) {
                private boolean asks;

                @Override
                public void visitLdcInsn(Object value) {
                    add(value);
                }

                @Override
                public void visitInvokeDynamicInsn(String called, String type, Handle by, Object... arguments) {
                    Arrays.stream(arguments).forEach(this::add);
                }

                @Override
                public void visitMethodInsn(int code, String owner, String called, String type, boolean ofInterface) {
                    asks |= "java/lang/Class".equals(owner) && called.startsWith("getResource");
                }

                private void add(Object constant) {
                    if (constant instanceof String text && text.startsWith("/") && text.indexOf(' ') < 0) {
                        here.add(text.substring(1));
                    }
                }

                @Override
                public void visitEnd() {
                    reads |= asks;
                    if (asks) {
                        names.addAll(here);
                    }
                }
            };
        }
    }
}
