package io.statehub.sidecar.drill.report;

import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.drill.report.Chart.Mark;
import io.statehub.sidecar.drill.report.Chart.Panel;
import io.statehub.sidecar.drill.report.Chart.Series;
import io.statehub.sidecar.drill.report.Chart.Span;
import io.statehub.sidecar.drill.report.Chart.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A chart as SVG that needs nothing beside it, and follows whether its reader has it light or dark. */
public final class SvgChart {

    private static final int WIDTH = 960;
    private static final int LEFT = 80;
    private static final int RIGHT = 20;
    private static final int PANEL = 142;
    private static final int PLOT = 96;
    private static final int TOP = 52;
    private static final int ROW = 18;
    private static final int HALF_ROW = 5;

    /** Of the widest text in the small font, with room to spare: no font is measured. */
    private static final double CHARACTER = 6.6;

    private static final int LONGEST_LABEL = 64;
    private static final int LONGEST_TITLE = 90;

    private static final String STYLE = """
            <style>
            svg { --paper: #ffffff; --ink: #1f2328; --faint: #59636e; --grid: #d1d9e0; --good: #0969da; \
            --bad: #cf222e; }
            @media (prefers-color-scheme: dark) {
              svg { --paper: #0d1117; --ink: #f0f6fc; --faint: #9198a1; --grid: #3d444d; --good: #4493f8; \
            --bad: #ff7b72; }
            }
            text { font: 12px system-ui, sans-serif; fill: var(--ink); }
            .title { font-size: 15px; font-weight: 600; }
            .small, .label { font-size: 11px; stroke: var(--paper); stroke-width: 4; paint-order: stroke; }
            .small { fill: var(--faint); }
            .grid { stroke: var(--grid); stroke-width: 1; }
            .mark { stroke: var(--faint); stroke-width: 1; stroke-dasharray: 4 3; }
            .phase { fill: var(--grid); stroke: var(--faint); stroke-width: 1; }
            path.good { stroke: var(--good); fill: var(--good); fill-opacity: 0.15; stroke-width: 1.5; }
            path.bad { stroke: var(--bad); fill: var(--bad); fill-opacity: 0.6; stroke-width: 1.5; }
            text.good { fill: var(--good); }
            text.bad { fill: var(--bad); }
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
        int rows = chart.phases().size() + chart.marks().size();
        int panels = TOP + rows * ROW;
        int height = panels + chart.panels().size() * PANEL + ROW;
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + height + "\" width=\""
                + WIDTH + "\" height=\"" + height + "\" role=\"img\" aria-label=\"" + escaped(chart.title()) + "\">\n");
        svg.append(STYLE);
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"var(--paper)\"/>\n");
        text(LEFT, 26, "title", "start", shortened(chart.title(), LONGEST_TITLE));
        int y = TOP;
        for (Span phase : chart.phases()) {
            phase(phase, y);
            y += ROW;
        }
        marks(y, height - ROW);
        y = panels;
        for (Panel panel : chart.panels()) {
            panel(panel, y + ROW);
            y += PANEL;
        }
        return svg.append("</svg>\n").toString();
    }

    private void phase(Span phase, int y) {
        double from = x(phase.from());
        double to = Math.max(from + 1, x(phase.to()));
        svg.append("<rect class=\"phase\" x=\"" + number(from) + "\" y=\"" + (y - HALF_ROW) + "\" width=\""
                + number(to - from) + "\" height=\"" + 2 * HALF_ROW + "\"/>\n");
        beside(from, to, y, phase.name());
    }

    private void marks(int top, int bottom) {
        int y = top;
        for (Mark mark : chart.marks()) {
            double x = x(mark.at());
            line(x, y - HALF_ROW, x, bottom, "mark");
            y += ROW;
        }
        // Over all lines, so that none runs through a word.
        y = top;
        for (Mark mark : chart.marks()) {
            double x = x(mark.at());
            beside(x, x, y, exactly(mark.at()) + " " + mark.name());
            y += ROW;
        }
    }

    /** On the side on which there is room for it; over it if there is none. */
    private void beside(double from, double to, int y, String words) {
        String shown = shortened(words, LONGEST_LABEL);
        double width = HALF_ROW + shown.length() * CHARACTER;
        if (to + width <= WIDTH - RIGHT) {
            text(to + HALF_ROW, y + 4, "label", "start", shown);
        } else {
            text((from - width >= 0 ? from : to) - HALF_ROW, y + 4, "label", "end", shown);
        }
    }

    private void panel(Panel panel, int top) {
        double highest = panel.series().stream()
                .flatMap(series -> series.points().stream())
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max()
                .orElse(0);
        double most = panel.unit() == Unit.BYTES ? Axis.topOfBytes(highest) : Axis.top(highest);
        int bottom = top + PLOT;
        text(LEFT, top - 6, "label", "start", panel.title());
        double legend = WIDTH - RIGHT;
        for (Series series : panel.series()) {
            String name = "■ " + series.name();
            text(legend, top - 6, series.fault() ? "label bad" : "label good", "end", name);
            legend -= (name.length() + 2) * CHARACTER;
        }
        line(LEFT, top, WIDTH - RIGHT, top, "grid");
        line(LEFT, bottom, WIDTH - RIGHT, bottom, "grid");
        text(LEFT - 6, top + 4, "small", "end", figure(most, panel.unit()));
        text(LEFT - 6, bottom, "small", "end", "0");
        for (Duration tick : Axis.ticks(chart.length())) {
            line(x(tick), bottom, x(tick), bottom + 4, "grid");
            text(x(tick), bottom + 17, "small", "middle", Axis.said(tick));
        }
        panel.series().forEach(series -> series(series, top, bottom, most));
    }

    /** Areas, each as long as something is known; what counts faults has none where there were none. */
    private void series(Series series, int top, int bottom, double most) {
        StringBuilder path = new StringBuilder();
        List<OptionalDouble> points = series.points();
        boolean down = false;
        for (int i = 0; i < points.size(); i++) {
            boolean shown = points.get(i).isPresent()
                    && !(series.fault() && points.get(i).getAsDouble() <= 0);
            double left = x(series.step().multipliedBy(i));
            if (down && !shown) {
                path.append('V').append(bottom);
            }
            if (shown) {
                if (!down) {
                    path.append('M').append(number(left)).append(' ').append(bottom);
                }
                double y = bottom - (bottom - top) * points.get(i).getAsDouble() / most;
                double right = x(series.step().multipliedBy(i + 1L));
                path.append('V').append(number(y)).append('H').append(number(right));
            }
            down = shown;
        }
        if (path.length() > 0) {
            path.append(down ? "V" + bottom : "");
            svg.append("<path class=\"" + (series.fault() ? "bad" : "good") + "\" d=\"" + path + "\"/>\n");
        }
    }

    private double x(Duration at) {
        double share = (double) at.toNanos() / Math.max(1, chart.length().toNanos());
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.max(0, Math.min(1, share));
    }

    private void line(double x1, double y1, double x2, double y2, String style) {
        svg.append("<line class=\"" + style + "\" x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\""
                + number(x2) + "\" y2=\"" + number(y2) + "\"/>\n");
    }

    private void text(double x, double y, String style, String anchor, String words) {
        svg.append("<text class=\"" + style + "\" x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\""
                + anchor + "\">" + escaped(words) + "</text>\n");
    }

    private static String figure(double value, Unit unit) {
        if (unit == Unit.BYTES) {
            return Figures.bytes((long) value);
        }
        String figure = String.format(Locale.ROOT, value < 1 ? "%.1f" : "%,.0f", value);
        return unit == Unit.MILLISECONDS ? figure + " ms" : figure;
    }

    private static String exactly(Duration at) {
        return Figures.seconds(at);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
