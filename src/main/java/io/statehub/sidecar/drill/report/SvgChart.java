package io.statehub.sidecar.drill.report;

import io.statehub.sidecar.drill.report.Chart.Mark;
import io.statehub.sidecar.drill.report.Chart.Panel;
import io.statehub.sidecar.drill.report.Chart.Series;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A chart as SVG that needs nothing beside it, and follows whether its reader has it light or dark. */
public final class SvgChart {

    private static final int WIDTH = 960;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int PANEL = 130;
    private static final int GAP = 44;
    private static final int TOP = 56;
    private static final int MARK_LINE = 16;
    private static final int STEPS = 6;
    private static final double MILLIS = 1000.0;

    private static final String STYLE = """
            <style>
            svg { --paper: #ffffff; --ink: #1f2328; --faint: #8c959f; --grid: #d8dee4; --good: #0969da; --bad: #cf222e; }
            @media (prefers-color-scheme: dark) {
              svg { --paper: #0d1117; --ink: #e6edf3; --faint: #8b949e; --grid: #30363d; --good: #58a6ff; --bad: #ff7b72; }
            }
            text { font: 12px system-ui, sans-serif; fill: var(--ink); }
            .title { font-size: 15px; font-weight: 600; }
            .small { font-size: 11px; fill: var(--faint); }
            .grid { stroke: var(--grid); stroke-width: 1; }
            .mark { stroke: var(--faint); stroke-width: 1; stroke-dasharray: 4 3; }
            .good { stroke: var(--good); fill: none; stroke-width: 1.5; }
            .bad { stroke: var(--bad); fill: none; stroke-width: 1.5; }
            text.good { fill: var(--good); stroke: none; }
            text.bad { fill: var(--bad); stroke: none; }
            </style>
            """;

    private final Chart chart;
    private final StringBuilder svg = new StringBuilder();

    private SvgChart(Chart chart) {
        this.chart = chart;
    }

    /** The whole file. */
    public static String of(Chart chart) {
        return new SvgChart(chart).drawn();
    }

    private String drawn() {
        int marks = chart.marks().size() * MARK_LINE;
        int height = TOP + marks + chart.panels().size() * (PANEL + GAP);
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + height + "\" width=\""
                + WIDTH + "\" height=\"" + height + "\" role=\"img\" aria-label=\"" + escaped(chart.title()) + "\">\n");
        svg.append(STYLE);
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"var(--paper)\"/>\n");
        text(LEFT, 26, "title", "start", chart.title());
        marks(TOP, height - GAP);
        int top = TOP + marks;
        for (Panel panel : chart.panels()) {
            panel(panel, top + 20);
            top += PANEL + GAP;
        }
        return svg.append("</svg>\n").toString();
    }

    private void marks(int top, int bottom) {
        int y = top;
        for (Mark mark : chart.marks()) {
            double x = x(mark.at());
            line(x, y - 4, x, bottom, "mark");
            boolean right = x > WIDTH * 0.6;
            String words = seconds(mark.at()) + " " + mark.name();
            text(right ? x - 4 : x + 4, y + 4, "small", right ? "end" : "start", words);
            y += MARK_LINE;
        }
    }

    private void panel(Panel panel, int top) {
        double most = panel.series().stream()
                .flatMap(series -> series.points().stream())
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max()
                .orElse(0);
        double scale = most > 0 ? most : 1;
        int bottom = top + PANEL - 20;
        text(LEFT, top - 6, "", "start", panel.title());
        int legend = WIDTH - RIGHT;
        for (Series series : panel.series()) {
            text(legend, top - 6, series.fault() ? "bad" : "good", "end", series.name());
            legend -= 10 + series.name().length() * 7;
        }
        line(LEFT, top, WIDTH - RIGHT, top, "grid");
        line(LEFT, bottom, WIDTH - RIGHT, bottom, "grid");
        text(LEFT - 6, top + 4, "small", "end", figure(scale));
        text(LEFT - 6, bottom + 4, "small", "end", "0");
        for (int step = 0; step <= STEPS; step++) {
            Duration at = chart.length().multipliedBy(step).dividedBy(STEPS);
            text(x(at), bottom + 14, "small", "middle", seconds(at));
        }
        panel.series().forEach(series -> series(series, top, bottom, scale));
    }

    private void series(Series series, int top, int bottom, double scale) {
        List<OptionalDouble> points = series.points();
        StringBuilder path = new StringBuilder();
        boolean down = false;
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).isEmpty()) {
                down = false;
                continue;
            }
            double left = LEFT + (double) (WIDTH - LEFT - RIGHT) * i / points.size();
            double right = LEFT + (double) (WIDTH - LEFT - RIGHT) * (i + 1) / points.size();
            double y = bottom - (bottom - top) * points.get(i).getAsDouble() / scale;
            path.append(down ? 'L' : 'M').append(number(left)).append(' ').append(number(y));
            path.append('H').append(number(right));
            down = true;
        }
        if (path.length() > 0) {
            svg.append("<path class=\"" + (series.fault() ? "bad" : "good") + "\" d=\"" + path + "\"/>\n");
        }
    }

    private double x(Duration at) {
        double share = (double) at.toMillis() / Math.max(1, chart.length().toMillis());
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.max(0, Math.min(1, share));
    }

    private void line(double x1, double y1, double x2, double y2, String style) {
        svg.append("<line class=\"" + style + "\" x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\""
                + number(x2) + "\" y2=\"" + number(y2) + "\"/>\n");
    }

    private void text(double x, double y, String style, String anchor, String words) {
        svg.append("<text" + (style.isEmpty() ? "" : " class=\"" + style + "\"") + " x=\"" + number(x) + "\" y=\""
                + number(y) + "\" text-anchor=\"" + anchor + "\">" + escaped(words) + "</text>\n");
    }

    private static String seconds(Duration at) {
        return String.format(Locale.ROOT, "%.1f s", at.toMillis() / MILLIS);
    }

    private static String figure(double value) {
        return value >= 10 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
