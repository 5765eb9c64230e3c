package io.statehub.sidecar.drill.report;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What is drawn: three panels over one time.
 *
 * @param title what it shows
 * @param length of the whole time, above 0
 * @param panels from top to bottom
 * @param marks moments with a name, in order
 */
public record Chart(String title, Duration length, List<Panel> panels, List<Mark> marks) {

    /**
     * One panel.
     *
     * @param title with the unit
     * @param series over each other
     */
    public record Panel(String title, List<Series> series) {
        public Panel {
            series = List.copyOf(series);
        }
    }

    /**
     * One figure over time.
     *
     * @param name for the legend
     * @param fault whether it counts what went wrong
     * @param points in equal steps over the whole time; empty where nothing is known
     */
    public record Series(String name, boolean fault, List<OptionalDouble> points) {
        public Series {
            points = List.copyOf(points);
        }
    }

    /** A moment with a name. */
    public record Mark(Duration at, String name) {}

    public Chart {
        panels = List.copyOf(panels);
        marks = List.copyOf(marks);
    }
}
