package io.statehub.sidecar.exposure.page;

import java.util.List;

/**
 * What the template shows: all of it text or figures of a picture, ready to be written out.
 *
 * @param at when the snapshot was made, by the sidecar's own clock
 * @param age how long ago that was
 * @param readiness whether the pod takes traffic, and why not
 * @param more findings beyond those that are shown
 * @param moreMembers members beyond those that are shown
 */
public record PageView(
        String version,
        String at,
        String age,
        Mark verdict,
        String sentence,
        List<Scoped> scopes,
        String readiness,
        List<Found> findings,
        int more,
        String writes,
        List<Member> members,
        int moreMembers,
        Standing standing,
        List<Sparkline> sparklines,
        List<Past> history) {

    /** A status as a word, a sign and a style, so that colour is never the only one of them. */
    public record Mark(String word, String sign, String style) {}

    /** The status of one scope. */
    public record Scoped(String name, Mark mark) {}

    /** One finding. */
    public record Found(Mark impact, String kind, String subject, String measured, String allowed, String since) {}

    /**
     * One member.
     *
     * @param place before the role: what it follows, drawn
     * @param stream whether and how it receives the log
     * @param routed whether the write endpoint leads to it
     */
    public record Member(
            String name,
            Mark mark,
            String place,
            String role,
            String timeline,
            String position,
            String lag,
            String staleness,
            String stream,
            boolean routed) {}

    /**
     * Where the cluster stands.
     *
     * @param clockMillis how long the incident has gone on; below 0 if there is none
     * @param clock the same in minutes and seconds
     * @param lines the services and phases of the incident that goes on
     */
    public record Standing(Mark mark, String meaning, long clockMillis, String clock, List<Line> lines) {

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
            String when,
            String members,
            String writes,
            String lost,
            String phases,
            String sure,
            String perhaps,
            String allowed) {}
}
