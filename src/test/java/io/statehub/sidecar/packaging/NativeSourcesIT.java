package io.statehub.sidecar.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.bytecode.ClassPath;
import io.statehub.sidecar.testing.bytecode.ImageHeap;
import io.statehub.sidecar.testing.bytecode.NativeSources;
import io.statehub.sidecar.testing.bytecode.NativeSources.Registered;
import io.statehub.sidecar.testing.bytecode.Reachability;
import io.statehub.sidecar.testing.bytecode.Substitutions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What GraalVM's compiler would get, looked at without one: whether it would refuse it, and whether it has grown. Run
 * by {@code ./mvnw -Pnative-sources verify}, which makes the sources first.
 */
class NativeSourcesIT {

    static final Path GOLDEN = Path.of("src/test/resources/io/statehub/sidecar/packaging/native-sources.txt");
    private static final String OURS = "io.statehub.sidecar";

    /**
     * Methods that can be called, the JDK's not counted; 105,413 while every model of Kubernetes was registered, 64,865
     * with the commands for drills.
     */
    static final int MOST_METHODS = 66_000;

    /** Classes of ours that are read by reflection: settings, their converters, templates' data, beans. */
    static final int MOST_OF_OURS = 125;

    /**
     * What our analysis sees and GraalVM's doesn't, which follows values as well as types. That each is harmless was
     * read in its code, and seen by no compiler since. Whoever adds one says why no image's heap gets to hold it.
     */
    private static final Set<String> HARMLESS = Set.of(
            // Substituted by quarkus-netty: the buffer is made when it is asked for.
            "io.netty.buffer.EmptyByteBuf",
            // Their buffer is freed again in the same initialiser.
            "io.netty.util.internal.CleanerJava6",
            "io.netty.util.internal.CleanerJava9",
            // A hook for uploaded files; none are taken.
            "io.netty.handler.codec.http.multipart.DeleteFileOnExitHook",
            // Without BouncyCastle and tcnative, which aren't on the class path, they hold nothing.
            "io.netty.handler.ssl.BouncyCastleAlpnSslUtils",
            "io.netty.handler.ssl.OpenSsl",
            // They ask a context for TLS what it can do, and keep its answers alone.
            "io.netty.handler.ssl.JdkAlpnSslUtils",
            "io.netty.handler.ssl.JdkSslContext",
            "io.netty.handler.ssl.OpenSslX509TrustManagerWrapper",
            "io.netty.handler.ssl.SslUtils",
            // Of the development mode.
            "io.quarkus.dev.console.QuarkusConsole",
            // The stream is closed in the method that opens it.
            "io.vertx.core.VertxOptions",
            // Reads a file of settings, of which there is none, in a try that closes it.
            "io.prometheus.metrics.config.PrometheusProperties");

    /** What the libraries name and can do without: each is asked for by name first, or replaced by GraalVM itself. */
    private static final List<String> OPTIONAL = List.of(
            "com/github/luben/zstd/",
            "io/netty/internal/tcnative/",
            "io/opentelemetry/",
            "org/apache/log4j/",
            "org/apache/logging/log4j/",
            "org/jboss/modules/");

    private static final List<String> UNNEEDED = List.of(
            "com/fasterxml/jackson/dataformat/yaml/",
            "io/smallrye/faulttolerance/",
            "jakarta/transaction/",
            "jakarta/xml/",
            "org/apache/commons/",
            "org/objectweb/asm/",
            "org/yaml/snakeyaml/");

    private static NativeSources sources;
    private static ClassPath classes;
    private static Reachability reachable;

    @BeforeAll
    static void analyze() throws IOException {
        sources = new NativeSources(Path.of(System.getProperty("native.sources")));
        classes = new ClassPath(sources.jars());
        reachable = new Reachability(classes, sources.initializedAtRunTime())
                .withSubstitutions()
                .enter("io/statehub/sidecar/Main", "main([Ljava/lang/String;)V");
        for (Registered registered : sources.registered()) {
            reachable.enterReflectively(registered.name().replace('.', '/'), registered.methods());
        }
        for (String provider : sources.providers()) {
            reachable.enterReflectively(provider.replace('.', '/'), true);
        }
        reachable.follow();
    }

    @AfterAll
    static void close() throws IOException {
        if (classes != null) {
            classes.close();
        }
    }

    @Test
    void nothingRandomOpenOrRunningIsMadeWhileTheImageIsBuilt() {
        Map<String, String> forbidden = new ImageHeap(classes).forbidden(reachable.initializedAtBuildTime());
        forbidden.keySet().removeAll(HARMLESS);

        assertThat(forbidden)
                .as("initialise these when the executable runs (quarkus.native.additional-build-args), or do"
                        + " without them")
                .isEmpty();
    }

    /** The compiler refuses none of it: the executable would have the settings, the name or the time of the build. */
    @Test
    void noClassOfOursKeepsWhatTheBuildsMachineAnswers() {
        Set<String> ours = reachable.initializedAtBuildTime().stream()
                .filter(type -> type.startsWith(OURS.replace('.', '/')))
                .collect(Collectors.toSet());

        assertThat(ours).isNotEmpty();
        Map<String, String> frozen = new ImageHeap(classes).frozen(ours);
        // Asks a setting for another JSON library, of which there is none.
        frozen.remove("io.statehub.sidecar.json.JsonLibrary");
        assertThat(frozen).isEmpty();
    }

    /** The compiler stops at a class that it can't find, if it can be called for (--link-at-build-time). */
    @Test
    void everyClassThatCanBeCalledForIsThere() {
        Map<String, String> missing = new TreeMap<>(reachable.unresolved());
        missing.keySet().removeIf(name -> OPTIONAL.stream().anyMatch(name::startsWith));

        assertThat(missing)
                .as("classes that nobody has, and who calls for them")
                .isEmpty();
    }

    /** A library that is newer than the one that Quarkus was made for may have lost what Quarkus replaces in it. */
    @Test
    void everythingThatIsToBeReplacedIsThere() {
        Substitutions substitutions = new Substitutions(classes);

        assertThat(substitutions.size()).as("substitutions").isPositive();
        assertThat(substitutions.missing())
                .as("what is replaced and isn't there")
                .isEmpty();
    }

    /**
     * The client names its copier of files, and Quarkus its transactions: what we call of them leads to none of this.
     */
    @Test
    void whatNothingNeedsIsNotCompiledIn() {
        assertThat(UNNEEDED)
                .allSatisfy(below ->
                        assertThat(reachable.methodsIn(below)).as(below).isZero());
        assertThat(reachable.methodsIn("io/statehub/sidecar/")).as("of ours").isPositive();
    }

    @Test
    void everyCommandIsRegistered() throws IOException {
        List<String> missing = new ArrayList<>(Commands.all());
        assertThat(missing).isNotEmpty();
        sources.registered().forEach(registered -> missing.remove(registered.name()));

        assertThat(missing).as("commands without a generated registration").isEmpty();
    }

    @Test
    void everyResourceOfOursIsIncluded() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/io"))) {
            List<String> ours = files.filter(Files::isRegularFile)
                    .map(file -> Path.of("src/main/resources").relativize(file).toString())
                    .toList();

            assertThat(ours)
                    .isNotEmpty()
                    .allSatisfy(resource ->
                            assertThat(sources.includes(resource)).as(resource).isTrue());
        }
    }

    @Test
    void codeOfTheExecutableStaysWithinItsBudget() throws IOException {
        long ours = sources.registered().stream()
                .filter(registered -> registered.name().startsWith(OURS))
                .count();

        assertThat(reachable.methods()).as("methods that can be called").isLessThanOrEqualTo(MOST_METHODS);
        assertThat(ours).as("classes of ours that are registered").isLessThanOrEqualTo(MOST_OF_OURS);
    }

    /** A library that registers thousands, a jar more, an argument more: seen where a change is reviewed. */
    @Test
    void whatLibrariesBringIsWhatWasReviewed() throws IOException {
        String actual = String.join("\n", summary()) + "\n";
        Path written = sources.directory().resolveSibling("native-sources.txt");
        Files.writeString(written, actual);

        assertThat(actual)
                .as("if the change is meant: cp %s %s", written, GOLDEN)
                .isEqualTo(Files.readString(GOLDEN));
    }

    private static List<String> summary() throws IOException {
        List<String> lines = new ArrayList<>();
        Map<String, Long> packages = sources.registered().stream()
                .map(Registered::name)
                .filter(name -> !name.startsWith(OURS))
                .filter(name -> !name.contains("io.quarkus.qute.generated"))
                .collect(Collectors.groupingBy(NativeSourcesIT::packageOf, TreeMap::new, Collectors.counting()));
        lines.add("# Registered for reflection by others than us: "
                + packages.values().stream().mapToLong(Long::longValue).sum());
        packages.forEach((name, count) -> lines.add(name + " " + count));
        Map<String, Set<String>> byThemselves = sources.registeredByLibraries();
        lines.add("# Registered by libraries themselves: "
                + byThemselves.values().stream().mapToInt(Set::size).sum());
        byThemselves.forEach((jar, names) -> lines.add(jar + " " + names.size()));
        List<Path> libraries = sources.jars().subList(1, sources.jars().size());
        long bytes = 0;
        for (Path library : libraries) {
            bytes += Files.size(library);
        }
        lines.add("# Jars of libraries: " + libraries.size() + ", " + Math.floorDiv(bytes, 100_000L) * 0.1 + " MB");
        libraries.forEach(library -> lines.add(library.getFileName().toString()));
        lines.add("# Arguments");
        // Sorted: build steps run in parallel, and nothing depends on their order.
        lines.addAll(sources.arguments().stream()
                .map(argument -> argument.replaceAll("state-hub-sidecar-[^ ]*-runner", "state-hub-sidecar-runner"))
                .sorted()
                .distinct()
                .toList());
        return lines;
    }

    /** The first three parts of a package, which tell one library from another. */
    private static String packageOf(String name) {
        String[] parts = name.split("\\.", -1);
        return String.join(".", Arrays.copyOf(parts, Math.min(3, Math.max(1, parts.length - 1))));
    }
}
