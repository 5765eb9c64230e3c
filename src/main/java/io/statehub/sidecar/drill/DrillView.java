package io.statehub.sidecar.drill;

import java.time.Duration;
import java.util.List;

/** A drill at one moment, for a terminal. */
public interface DrillView {

    /** How long it has run. */
    Duration running();

    /** One line. */
    String line();

    /** Several lines, to be drawn over each other. */
    List<String> lines();
}
