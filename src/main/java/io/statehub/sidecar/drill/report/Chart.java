package io.statehub.sidecar.drill.report;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What is drawn: phases, marks and panels over one time.
 *
 * @param title what it shows
 * @param length of the whole time, above 0
 * @param phases that have a length, in order
 * @param marks moments with a name, in order
 * @param panels from top to bottom
 */
public record Chart(String title, Duration length, List<Span> phases, List<Mark> marks, List<Panel> panels) {

    /** What the figures of a panel are. */
    public enum Unit {
        COUNT,
        MILLISECONDS,
        BYTES
    }

    /**
     * One panel.
     *
     * @param series over each other
     */
    public record Panel(String title, Unit unit, List<Series> series) {
        public Panel {
            series = List.copyOf(series);
        }
    }

    /**
     * One figure over time.
     *
     * @param name for the legend
     * @param fault whether it counts what went wrong
     * @param step the time between two points, above 0
     * @param points from the beginning on; empty where nothing is known
     */
    public record Series(String name, boolean fault, Duration step, List<OptionalDouble> points) {
        public Series {
            points = List.copyOf(points);
        }
    }

    /** A moment with a name. */
    public record Mark(Duration at, String name) {}

    /** A part of the time with a name. */
    public record Span(Duration from, Duration to, String name) {}

    public Chart {
        phases = List.copyOf(phases);
        marks = List.copyOf(marks);
        panels = List.copyOf(panels);
    }
}
