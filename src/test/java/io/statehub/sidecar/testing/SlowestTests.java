package io.statehub.sidecar.testing;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Prints which test classes took longest, from the reports that Surefire and Failsafe leave. */
public final class SlowestTests {

    private static final int PRINTED = 10;

    private SlowestTests() {}

    record TestClass(String name, double seconds, int skipped) {}

    /**
     * The moment at which the build began, as ISO 8601, then directories of reports; older reports are of another
     * build.
     */
    public static void main(String[] arguments) throws IOException, XMLStreamException {
        List<TestClass> all = new ArrayList<>();
        for (String directory : List.of(arguments).subList(1, arguments.length)) {
            all.addAll(read(Path.of(directory), Instant.parse(arguments[0])));
        }
        print(all, System.out);
    }

    static List<TestClass> read(Path directory, Instant since) throws IOException, XMLStreamException {
        List<TestClass> found = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".xml")).toList()) {
                if (!Files.getLastModifiedTime(file).toInstant().isBefore(since)
                        && String.valueOf(file.getFileName()).startsWith("TEST-")) {
                    found.add(read(file));
                }
            }
        }
        return found;
    }

    private static TestClass read(Path file) throws IOException, XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try (var in = Files.newInputStream(file)) {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            reader.nextTag();
            return new TestClass(
                    reader.getAttributeValue(null, "name"),
                    Double.parseDouble(reader.getAttributeValue(null, "time").replace(",", "")),
                    Integer.parseInt(reader.getAttributeValue(null, "skipped")));
        }
    }

    static void print(List<TestClass> all, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%d test classes took %.0f s and skipped %d tests; the slowest:%n",
                all.size(),
                all.stream().mapToDouble(TestClass::seconds).sum(),
                all.stream().mapToInt(TestClass::skipped).sum());
        all.stream()
                .sorted(Comparator.comparingDouble(TestClass::seconds).reversed())
                .limit(PRINTED)
                .forEach(it -> out.printf(Locale.ROOT, "%7.1f s  %s%n", it.seconds(), it.name()));
    }
}
