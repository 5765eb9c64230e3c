package io.statehub.sidecar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.evidence.EvidenceDraft;
import io.statehub.sidecar.evidence.EvidenceException;
import io.statehub.sidecar.evidence.EvidenceItem;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.evidence.EvidenceStore;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.gate.RetirementGate;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.time.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The gate as it is typed: what it prints, what it files, and in which order. */
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
@ResourceLock("java.lang.System.in")
class GateCommandsTest {

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final InputStream in = System.in;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private EvidenceStore store;

    @BeforeEach
    void listen() {
        store = EvidenceStore.at(directory.resolve("evidence"));
        System.setOut(new PrintStream(printed, true, UTF_8));
        System.setErr(new PrintStream(complained, true, UTF_8));
    }

    @AfterEach
    void leave() {
        System.setOut(out);
        System.setErr(err);
        System.setIn(in);
    }

    private int answered(String... typed) {
        printed.reset();
        return Commands.answered(typed).orElseThrow();
    }

    private int asked() {
        return answered("gate", "retirement", "--machines", "laptop", "--evidence", store.folder() + "");
    }

    private int approved(String typedAgain) {
        return approved(new ByteArrayInputStream((typedAgain + "\n").getBytes(UTF_8)));
    }

    private int approved(InputStream typed) {
        System.setIn(typed);
        return answered(
                "gate",
                "approve",
                "--by",
                "A. Person",
                "--reason",
                "all drills passed",
                "--machines",
                "laptop",
                "--evidence",
                store.folder() + "");
    }

    private void allThatIsAskedFor() throws EvidenceException {
        for (EvidenceKind kind : List.of(
                EvidenceKind.READINESS_REPORT,
                EvidenceKind.FAILOVER_DRILL,
                EvidenceKind.API_DRILL,
                EvidenceKind.RESTORE_DRILL,
                EvidenceKind.ACCESS)) {
            store.add(new EvidenceDraft(
                    kind,
                    TimeSource.system().now().wallClock(),
                    Optional.of(new SystemIdentifier(1)),
                    EvidenceVerdict.PASSED,
                    kind.label(),
                    Map.of(RetirementGate.MACHINE, "laptop"),
                    List.of()));
        }
    }

    private EvidenceItem newest() throws EvidenceException {
        List<EvidenceItem> items = store.items();
        return items.get(items.size() - 1);
    }

    @Test
    void goIsFiledOnceTheNameWasTypedAgain() throws EvidenceException {
        allThatIsAskedFor();
        assertThat(approved("somebody else")).isEqualTo(1);
        assertThat(asked()).isEqualTo(1);
        assertThat(printed.toString(UTF_8)).startsWith("NO-GO").contains("there is none (gate approve)");

        assertThat(approved("A. Person")).isZero();
        assertThat(asked()).isZero();

        assertThat(printed.toString(UTF_8)).startsWith("GO\n");
        assertThat(newest().kind()).isEqualTo(EvidenceKind.RETIREMENT_DECISION);
        assertThat(newest().summary()).isEqualTo("GO");
    }

    @Test
    void withoutEvidenceThereIsNothingToApprove() throws EvidenceException {
        assertThat(approved("A. Person")).isEqualTo(1);

        assertThat(printed.toString(UTF_8)).contains("refused: evidence is missing");
        assertThat(store.items()).isEmpty();
    }

    @Test
    void anAnswerThatCanNotBeFiledIsNotGiven() throws EvidenceException, IOException {
        allThatIsAskedFor();
        assertThat(approved("A. Person")).isZero();
        Files.delete(store.folder().resolve(".lock"));
        Files.createDirectory(store.folder().resolve(".lock"));

        assertThat(asked()).isEqualTo(1);
        assertThat(printed.toString(UTF_8)).isEmpty();
        assertThat(complained.toString(UTF_8)).contains("evidence can't be written to " + store.folder());

        assertThat(approved("A. Person")).isEqualTo(1);
        assertThat(printed.toString(UTF_8)).doesNotContain("recorded as");
        assertThat(newest().kind()).isEqualTo(EvidenceKind.APPROVAL);
        assertThat(store.items()).hasSize(6);
    }

    @Test
    void aStandardInputThatCantBeReadIsNoApproval() throws Exception {
        allThatIsAskedFor();
        InputStream closed = InputStream.nullInputStream();
        closed.close();

        int code = approved(closed);

        assertThat(code).isEqualTo(1);
        assertThat(complained.toString(UTF_8))
                .startsWith("not approved: the standard input can't be read: ")
                .doesNotContain("Exception");
        assertThat(newest().kind()).isNotEqualTo(EvidenceKind.APPROVAL);
    }
}
