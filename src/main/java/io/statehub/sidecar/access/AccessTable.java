package io.statehub.sidecar.access;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The steps as a table for a terminal. */
public final class AccessTable {

    private AccessTable() {}

    /** The whole text, with a line on what it comes to. */
    public static String of(AccessReport report) {
        List<AccessStep> steps = report.steps();
        int target = width("target", steps, AccessStep::target);
        int name = width("step", steps, AccessStep::name);
        int took = width("took", steps, AccessTable::took);
        String row = "%-" + target + "s  %-" + name + "s  %-7s  %" + took + "s  %s%n";
        StringBuilder text =
                new StringBuilder(String.format(Locale.ROOT, row, "target", "step", "result", "took", "evidence"));
        steps.forEach(step -> text.append(String.format(
                Locale.ROOT, row, step.target(), step.name(), step.result(), took(step), step.evidence())));
        return text.append(report.passed() ? "everything that was tried works" : "something does not work: see FAIL")
                .append(System.lineSeparator())
                .toString();
    }

    private static String took(AccessStep step) {
        return step.result() == AccessStep.Result.SKIPPED ? "-" : step.took().toMillis() + " ms";
    }

    private static int width(String heading, List<AccessStep> steps, Function<AccessStep, String> cell) {
        return steps.stream().map(cell).mapToInt(String::length).reduce(heading.length(), Math::max);
    }
}
