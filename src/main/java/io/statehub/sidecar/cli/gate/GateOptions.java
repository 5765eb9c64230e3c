package io.statehub.sidecar.cli.gate;

import static java.util.Objects.requireNonNull;

import io.statehub.sidecar.cli.evidence.EvidenceFolder;
import io.statehub.sidecar.evidence.EvidenceException;
import io.statehub.sidecar.evidence.EvidenceStore;
import io.statehub.sidecar.gate.GateRules;
import io.statehub.sidecar.gate.RetirementGate;
import io.statehub.sidecar.observation.SystemIdentifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is asked for, the same for question and approval. */
final class GateOptions {

    private static final int MOST_DAYS = 3660;

    @Mixin
    private EvidenceFolder evidence = new EvidenceFolder();

    @Option(
            names = "--machines",
            paramLabel = "NAME",
            split = ",",
            description = "The machines from which access must have been shown, with commas between.")
    private List<String> machines = List.of();

    @Option(
            names = "--system-identifier",
            paramLabel = "NUMBER",
            description = "The cluster that takes over; that of the newest readiness report if not given.")
    private @Nullable String identifier;

    @Option(
            names = "--max-report-age",
            paramLabel = "DAYS",
            defaultValue = "7",
            description = "How old readiness report and access may be; ${DEFAULT-VALUE} if not given.")
    private int reportDays;

    @Option(
            names = "--max-drill-age",
            paramLabel = "DAYS",
            defaultValue = "30",
            description = "How old the drills of failover and API may be; ${DEFAULT-VALUE} if not given.")
    private int drillDays;

    @Option(
            names = "--max-restore-age",
            paramLabel = "DAYS",
            defaultValue = "35",
            description = "How old the restore drill may be; ${DEFAULT-VALUE} if not given.")
    private int restoreDays;

    @Option(
            names = "--max-approval-age",
            paramLabel = "DAYS",
            defaultValue = "7",
            description = "How old the approval may be; ${DEFAULT-VALUE} if not given.")
    private int approvalDays;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    EvidenceStore store() {
        return evidence.store();
    }

    RetirementGate gate(Instant now) throws EvidenceException {
        GateRules rules = new GateRules(
                machines,
                days("--max-report-age", reportDays),
                days("--max-drill-age", drillDays),
                days("--max-restore-age", restoreDays),
                days("--max-approval-age", approvalDays));
        EvidenceStore store = store();
        return new RetirementGate(store.readable(), store.verify(), cluster(), rules, now);
    }

    private Duration days(String name, int days) {
        if (days < 1 || days > MOST_DAYS) {
            throw wrong(name + ": " + days + " is not allowed: it must be from 1 to " + MOST_DAYS + " days");
        }
        return Duration.ofDays(days);
    }

    private Optional<SystemIdentifier> cluster() {
        if (identifier == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SystemIdentifier(Long.parseUnsignedLong(identifier)));
        } catch (NumberFormatException e) {
            throw wrong("--system-identifier: '" + identifier
                    + "' is not allowed: it must be the number that pg_control_system() has");
        }
    }

    CommandLine.ParameterException wrong(String what) {
        return new CommandLine.ParameterException(requireNonNull(spec).commandLine(), what);
    }

    void print(String text) {
        requireNonNull(spec).commandLine().getOut().print(text);
        requireNonNull(spec).commandLine().getOut().flush();
    }

    int failed(String why) {
        requireNonNull(spec).commandLine().getErr().println(why);
        requireNonNull(spec).commandLine().getErr().flush();
        return 1;
    }
}
