package io.statehub.sidecar.testing.bytecode;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What {@code quarkus.native.sources-only} leaves: the jars and arguments that GraalVM's compiler would get. */
public final class NativeSources {

    private static final String AT_RUN_TIME = "--initialize-at-run-time=";
    private static final String FEATURE = "io/quarkus/runner/Feature.class";

    private final Path directory;
    private final List<Path> jars;

    /**
     * Opens the output.
     *
     * @throws IOException if it isn't there
     */
    public NativeSources(Path directory) throws IOException {
        this.directory = directory;
        List<Path> found = new ArrayList<>();
        found.add(runner());
        try (Stream<Path> libraries = Files.list(directory.resolve("lib"))) {
            libraries.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(found::add);
        }
        jars = List.copyOf(found);
    }

    /** Where it is. */
    public Path directory() {
        return directory;
    }

    /** The jars of the class path, the one with our own classes first. */
    public List<Path> jars() {
        return jars;
    }

    /** The jar with our own classes, and those that Quarkus generated. */
    Path runner() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no runner jar in " + directory));
        }
    }

    /** The arguments to the compiler. */
    public List<String> arguments() throws IOException {
        return Arrays.stream(
                        Files.readString(directory.resolve("native-image.args")).split("\\s+", -1))
                .filter(argument -> !argument.isEmpty())
                .toList();
    }

    /** An entry of the generated {@code reflect-config.json}. */
    public record Registered(String name, boolean methods) {}

    /** What Quarkus registered for reflection. */
    public List<Registered> registered() throws IOException {
        List<Registered> all = new ArrayList<>();
        try (JarFile jar = new JarFile(runner().toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith("META-INF/native-image/")
                        && entry.getName().endsWith("reflect-config.json")) {
                    try (JsonReader reader = Json.createReader(jar.getInputStream(entry))) {
                        entries(reader.readArray(), all);
                    }
                }
            }
        }
        return all;
    }

    /** Whether the executable will hold that resource, named from the root without a slash. */
    public boolean includes(String resource) throws IOException {
        try (JarFile jar = new JarFile(runner().toFile());
                JsonReader reader = Json.createReader(
                        jar.getInputStream(jar.getJarEntry("META-INF/native-image/resource-config.json")))) {
            return reader.readObject().getJsonObject("resources").getJsonArray("includes").stream()
                    .map(include -> include.asJsonObject().getString("pattern"))
                    .anyMatch(resource::matches);
        }
    }

    /** What Quarkus itself looks up while the image is built: the services that the jar with our own classes offers. */
    public List<String> providers() throws IOException {
        List<String> all = new ArrayList<>();
        try (JarFile jar = new JarFile(runner().toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith("META-INF/services/") && !entry.isDirectory()) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        new String(in.readAllBytes(), StandardCharsets.UTF_8)
                                .lines()
                                .map(line -> line.replaceAll("#.*", "").trim())
                                .filter(line -> !line.isEmpty())
                                .forEach(all::add);
                    }
                }
            }
        }
        return all;
    }

    /**
     * What libraries register by themselves, by the name of their jar; without what the compiler is told to pass over
     * ({@code --exclude-config}).
     */
    public Map<String, Set<String>> registeredByLibraries() throws IOException {
        Map<String, Set<String>> all = new TreeMap<>();
        for (Path library : jars.subList(1, jars.size())) {
            Set<String> names = new TreeSet<>();
            try (JarFile jar = new JarFile(library.toFile())) {
                for (JarEntry entry : jar.stream().toList()) {
                    if (entry.getName().startsWith("META-INF/native-image/") && !passedOver(library, entry.getName())) {
                        try (InputStream in = jar.getInputStream(entry)) {
                            names.addAll(namedIn(entry.getName(), in));
                        }
                    }
                }
            }
            if (!names.isEmpty()) {
                all.put(library.getFileName().toString(), names);
            }
        }
        return all;
    }

    private boolean passedOver(Path jar, String entry) throws IOException {
        List<String> arguments = arguments();
        for (int at = 0; at < arguments.size() - 2; at++) {
            if (arguments.get(at).equals("--exclude-config")
                    && Pattern.compile(arguments.get(at + 1))
                            .matcher(jar.toString())
                            .find()
                    && Pattern.compile(arguments.get(at + 2))
                            .matcher("/" + entry)
                            .find()) {
                return true;
            }
        }
        return false;
    }

    /** The types of both formats: an array of them, and since GraalVM 23 a part of one file for everything. */
    private static Set<String> namedIn(String entry, InputStream in) {
        Set<String> names = new TreeSet<>();
        if (entry.endsWith("/reflect-config.json")) {
            try (JsonReader reader = Json.createReader(in)) {
                reader.readArray().forEach(type -> names.add(type.asJsonObject().getString("name")));
            }
        } else if (entry.endsWith("/reachability-metadata.json")) {
            try (JsonReader reader = Json.createReader(in)) {
                JsonArray types = reader.readObject().getJsonArray("reflection");
                if (types != null) {
                    // A type is a name, or an object that describes a proxy or a lambda.
                    types.forEach(type -> names.add(
                            String.valueOf(type.asJsonObject().get("type")).replace("\"", "")));
                }
            }
        }
        return names;
    }

    private static void entries(JsonArray array, List<Registered> into) {
        for (JsonValue value : array) {
            JsonObject object = value.asJsonObject();
            boolean methods = object.getBoolean("allDeclaredMethods", false)
                    || object.getBoolean("allPublicMethods", false)
                    || object.containsKey("methods");
            into.add(new Registered(object.getString("name"), methods));
        }
    }

    /** Which classes are initialised when the executable runs; Quarkus has all others initialised when it is built. */
    public Predicate<String> initializedAtRunTime() throws IOException {
        Set<String> named = new HashSet<>(namedByQuarkus());
        for (String argument : arguments()) {
            addAll(argument, named);
        }
        for (Path path : jars) {
            try (JarFile jar = new JarFile(path.toFile())) {
                for (JarEntry entry : jar.stream().toList()) {
                    if (entry.getName().startsWith("META-INF/native-image/")
                            && entry.getName().endsWith("native-image.properties")) {
                        Properties properties = new Properties();
                        try (InputStream in = jar.getInputStream(entry)) {
                            properties.load(in);
                        }
                        for (String argument :
                                properties.getProperty("Args", "").split("\\s+", -1)) {
                            addAll(argument, named);
                        }
                    }
                }
            }
        }
        return name -> {
            for (String part = name; ; part = part.substring(0, part.lastIndexOf('.'))) {
                if (named.contains(part)) {
                    return true;
                }
                if (part.indexOf('.') < 0) {
                    return false;
                }
            }
        };
    }

    private static void addAll(String argument, Set<String> into) {
        if (argument.startsWith(AT_RUN_TIME)) {
            into.addAll(Arrays.asList(argument.substring(AT_RUN_TIME.length()).split(",", -1)));
        }
    }

    /** Every class and package that the generated feature names: it names none for another purpose. */
    private Set<String> namedByQuarkus() throws IOException {
        Set<String> names = new TreeSet<>();
        try (JarFile jar = new JarFile(runner().toFile());
                InputStream in = jar.getInputStream(jar.getJarEntry(FEATURE))) {
            new ClassReader(in)
                    .accept(
                            new ClassVisitor(Opcodes.ASM9) {
                                @Override
                                public MethodVisitor visitMethod(
                                        int access, String name, String descriptor, String signature, String[] thrown) {
                                    return new MethodVisitor(Opcodes.ASM9) {
                                        @Override
                                        public void visitLdcInsn(Object value) {
                                            if (value instanceof String text && text.contains(".")) {
                                                names.add(text);
                                            }
                                        }
                                    };
                                }
                            },
                            ClassReader.SKIP_DEBUG);
        }
        return names;
    }
}
