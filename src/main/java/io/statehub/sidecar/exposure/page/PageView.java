package io.statehub.sidecar.exposure.page;

import io.statehub.sidecar.assessment.Status;
import java.util.List;

/**
 * What the template shows: all of it text or figures of a picture, ready to be written out.
 *
 * @param at when the snapshot was made, by the sidecar's own clock
 * @param age how long ago that was
 * @param readiness whether the pod takes traffic, and why not
 * @param viewpoint whose view it is
 * @param more rows of findings beyond those that are shown
 * @param moreMembers members beyond those that are shown
 * @param around what Kubernetes, operator and backups come to; empty where that is not known
 */
public record PageView(
        String version,
        Time at,
        String age,
        Mark verdict,
        String sentence,
        List<Scoped> scopes,
        String readiness,
        String viewpoint,
        Standing standing,
        List<Row> findings,
        int more,
        String writes,
        List<Member> members,
        int moreMembers,
        List<Line> around,
        List<Sparkline> sparklines,
        List<Past> history,
        String scale) {

    /** A picture for the tab of a browser: the sign of the verdict in its colour. */
    public String icon() {
        return "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect"
                + " width='16' height='16'"
                + " rx='4' fill='%23" + colour() + "'/%3E%3Ctext x='8' y='12.5' font-size='12' font-weight='700'"
                + " text-anchor='middle' fill='%23fff'%3E" + verdict.sign() + "%3C/text%3E%3C/svg%3E";
    }

    private String colour() {
        return switch (verdict.status()) {
            case UP -> "0b6b34";
            case DEGRADED -> "7a4a00";
            case DOWN -> "b00020";
            case UNKNOWN -> "4a4e9e";
        };
    }

    /** A status as a word, a sign and a style, so that colour is never the only one of them. */
    public record Mark(String word, Status status) {

        /** A single character. */
        public String sign() {
            return switch (status) {
                case UP -> "✓";
                case DEGRADED -> "!";
                case UNKNOWN -> "?";
                case DOWN -> "✕";
            };
        }

        /** The class of the style sheet. */
        public String style() {
            return status.label();
        }
    }

    /**
     * A moment.
     *
     * @param iso for programs, by which a browser can add the reader's own time
     * @param text in UTC, for people
     */
    public record Time(String iso, String text) {}

    /** The status of one scope. */
    public record Scoped(String name, Mark mark) {}

    /**
     * One row of findings.
     *
     * @param key the same for as long as the row stands
     * @param below whether it follows from the row above
     * @param runbook address of what helps; empty if there is nothing to be done
     * @param lasted for how long it has stood
     * @param each the findings one by one, where there are several
     */
    public record Row(
            String key,
            boolean below,
            Mark impact,
            String title,
            String meaning,
            String runbook,
            String subject,
            String measured,
            String allowed,
            String lasted,
            Time since,
            List<String> each) {}

    /**
     * One member.
     *
     * @param place before the name: what it follows, drawn
     * @param stream whether and how it receives the log
     * @param routed whether the write endpoint leads to it
     * @param old whether role, timeline and position are those of earlier
     */
    public record Member(
            String name,
            Mark mark,
            String place,
            String role,
            String lag,
            String staleness,
            String stream,
            String timeline,
            String position,
            boolean routed,
            boolean old) {}

    /**
     * Where the cluster stands.
     *
     * @param clockMillis for how long an incident has been ongoing; below 0 if there is none
     * @param clock the same in minutes and seconds
     * @param members the old primary and the new one
     * @param since since when it has been stable; empty if it is not, or that is not known
     * @param lines the services and phases of the ongoing incident
     */
    public record Standing(
            Mark mark, String meaning, long clockMillis, String clock, String members, String since, List<Line> lines) {

        public boolean running() {
            return clockMillis >= 0;
        }
    }

    /** A name and what there is to say of it. */
    public record Line(String name, String value) {}

    /**
     * An incident that ended.
     *
     * @param sure the part of the bar that writes were certainly out, in percent of the longest
     * @param perhaps where the part ends that they may have been
     * @param allowed where the bar of the objective is
     */
    public record Past(
            String id,
            Mark mark,
            String outcome,
            Time when,
            String members,
            String writes,
            String lost,
            String phases,
            String sure,
            String perhaps,
            String allowed) {}
}
