package io.statehub.sidecar.drill.failover;

import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.drill.Audience;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.DrillFiling;
import io.statehub.sidecar.drill.DrillProcess;
import io.statehub.sidecar.drill.ledger.Ledger;
import io.statehub.sidecar.drill.ledger.LedgerFile;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Undo;
import io.statehub.sidecar.drill.ledger.Track;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.kubernetes.DrilledFailover;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.postgres.Canary;
import io.statehub.sidecar.probe.postgres.Canary.CanaryException;
import io.statehub.sidecar.system.Refusal;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The end of a drill, from its ledger: what survived, what is removed, the report. Whether its process still lives is
 * all one.
 */
public final class Conclusion {

    /** What its ledgers say that they are. */
    static final String KIND = "failover";

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration HURRY = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 500;

    private final Means means;
    private final Settings settings;
    private final TimeSource time;
    private final Path evidence;
    private final Audience audience;

    public Conclusion(Means means, Path evidence, Audience audience) {
        this.means = means;
        this.settings = means.settings();
        this.time = means.time();
        this.evidence = evidence;
        this.audience = audience;
    }

    /**
     * Reports on a drill whose process was killed; the exit code.
     *
     * @param host what this machine calls itself
     * @throws DrillException if its process still runs, or the ledger can't be used
     */
    public int resumed(Path ledger, String host) throws DrillException {
        DrillProcess.abandoned(ledger, KIND, host);
        return of(ledger, false);
    }

    /** @param hurry whether somebody waits for the process to end */
    int of(Path file, boolean hurry) throws DrillException {
        try {
            Ledger ledger = LedgerFile.read(file);
            String drill = ledger.begun().id();
            FailoverFacts facts = new FailoverFacts(ledger);
            SystemIdentifier cluster = facts.cluster();
            List<String> cleanUp = new ArrayList<>(undone(ledger));
            Comparison compared;
            try (Canary canary =
                    Canary.through(settings.postgres(), settings.heartbeat().schema(), drill, ANSWER)) {
                Optional<NavigableSet<Long>> noted = Survivors.noted(ledger);
                Optional<NavigableSet<Long>> held = noted.or(() -> held(canary, hurry ? HURRY : PATIENCE));
                compared = Comparison.of(facts.writes(), held, drill, cluster);
                Optional<String> kept = noted.isPresent() ? Optional.empty() : notKept(file, ledger, held);
                cleanUp.add(deleted(canary, kept));
            }
            FailoverJudgement judgement = FailoverJudgement.of(facts, compared);
            FailoverReport report = new FailoverReport(facts, compared, judgement, cleanUp);
            boolean filed = file(report, judgement, facts, cluster, file);
            return DrillFiling.exitCode(judgement.exitCode(compared), filed);
        } catch (IOException e) {
            throw new DrillException(Refusal.of(e));
        }
    }

    /** Undoes what the trigger did and was not undone. */
    private List<String> undone(Ledger ledger) {
        Set<String> open = new LinkedHashSet<>();
        for (Undo undo : ledger.all(Undo.class)) {
            if (undo.done()) {
                open.remove(undo.what());
            } else {
                open.add(undo.what());
            }
        }
        return open.stream()
                .map(what -> means.trigger()
                        .undo(what)
                        .map(why -> "NOT undone: " + what + ": " + why)
                        .orElse("undone: " + what))
                .toList();
    }

    /** What the primary holds; empty if nobody could be asked within the time. */
    private Optional<NavigableSet<Long>> held(Canary canary, Duration patience) {
        Moment until = time.now().plus(patience);
        String why = "";
        do {
            try {
                return Optional.of(canary.held(ANSWER, time));
            } catch (CanaryException e) {
                why = String.valueOf(e.getMessage());
            }
        } while (until.isAfter(time.now()) && paused());
        audience.say("what survived could not be asked: " + why);
        return Optional.empty();
    }

    private static boolean paused() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Why the rows must stay, which alone tell what survived; empty if the ledger tells it now. */
    private static Optional<String> notKept(Path file, Ledger ledger, Optional<NavigableSet<Long>> held) {
        if (held.isEmpty()) {
            return Optional.of("nobody could be asked");
        }
        try {
            Survivors.note(file, ledger, held.get());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("what survived can't be noted in " + file + ": " + Refusal.of(e, file));
        }
    }

    private String deleted(Canary canary, Optional<String> mustStay) {
        String byHand = "the drill's rows are still there; by hand: " + canary.deletion();
        if (mustStay.isPresent()) {
            return byHand + " (" + mustStay.get() + ")";
        }
        try {
            return "rows deleted: " + canary.delete(Deadline.in(ANSWER, time));
        } catch (CanaryException e) {
            return byHand + " (" + e.getMessage() + ")";
        }
    }

    /** As the sidecars will read it; a drill that was broken off decides nothing. */
    private DrilledFailover drilled(FailoverJudgement judgement, FailoverFacts facts) {
        DrilledFailover.DrillVerdict verdict = switch (judgement.verdict()) {
            case PASSED -> DrilledFailover.DrillVerdict.MET;
            case FAILED -> DrilledFailover.DrillVerdict.MISSED;
            case UNDECIDED, INCOMPLETE -> DrilledFailover.DrillVerdict.UNDECIDED;
        };
        return new DrilledFailover(
                time.now().wallClock(),
                verdict,
                facts.outages(Track.WRITE).total().upper());
    }

    private boolean file(
            FailoverReport report,
            FailoverJudgement judgement,
            FailoverFacts facts,
            SystemIdentifier cluster,
            Path ledger) {
        boolean filed = new DrillFiling(EvidenceKind.FAILOVER_DRILL, evidence, audience)
                .file(
                        report.document(),
                        report.figures(),
                        report.chart(),
                        cluster,
                        ledger,
                        facts.begun().id());
        if (filed) {
            means.noted().apply(drilled(judgement, facts)).ifPresent(audience::say);
        }
        return filed;
    }
}
