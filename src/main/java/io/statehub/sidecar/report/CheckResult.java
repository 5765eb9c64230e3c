package io.statehub.sidecar.report;

/** What a line of a report comes to. */
public enum CheckResult {
    /** Known to be right. */
    PASS,
    /** Known to be wrong. */
    FAIL,
    /** Not known: no pass. */
    UNKNOWN
}
