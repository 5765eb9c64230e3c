package io.statehub.sidecar.report;

/**
 * One thing that was looked at.
 *
 * @param subject what it is
 * @param evidence what was seen; what should have been, if it isn't right
 */
public record ReportLine(String subject, CheckResult verdict, String evidence) {}
