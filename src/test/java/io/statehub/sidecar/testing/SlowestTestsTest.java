package io.statehub.sidecar.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.SlowestTests.TestClass;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowestTestsTest {

    @TempDir
    private Path directory;

    private Path report(String name, String time) throws IOException {
        return Files.writeString(
                directory.resolve("TEST-" + name + ".xml"),
                ("<?xml version=\"1.0\"?><testsuite name=\"%s\" time=\"%s\" tests=\"2\" skipped=\"1\"><testcase"
                                + " name=\"a\"/></testsuite>")
                        .formatted(name, time));
    }

    @Test
    void reportsOfThisBuildAloneAreRead() throws IOException, XMLStreamException {
        report("io.statehub.NewIT", "1,252.5");
        Instant begun = Instant.now().minusSeconds(60);
        Files.setLastModifiedTime(report("io.statehub.OldIT", "9"), FileTime.from(begun.minusSeconds(1)));
        Files.writeString(directory.resolve("failsafe-summary.xml"), "<failsafe-summary/>");

        assertThat(SlowestTests.read(directory, begun)).containsExactly(new TestClass("io.statehub.NewIT", 1252.5, 1));
        assertThat(SlowestTests.read(directory.resolve("none"), begun)).isEmpty();
    }

    @Test
    void theTenSlowestArePrintedFromTheSlowestOn() {
        List<TestClass> all = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            all.add(new TestClass("T" + i, i, i % 2));
        }
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        SlowestTests.print(all, new PrintStream(printed, true, UTF_8));

        assertThat(printed.toString(UTF_8).lines())
                .hasSize(11)
                .startsWith("12 test classes took 78 s and skipped 6 tests; the slowest:", "   12.0 s  T12")
                .endsWith("    3.0 s  T3");
    }
}
