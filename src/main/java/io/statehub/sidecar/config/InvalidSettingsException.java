package io.statehub.sidecar.config;

import java.util.List;

/** The settings contradict each other; the process must not start. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** Carries one line a problem, each naming setting, value and what is allowed. */
    public InvalidSettingsException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
