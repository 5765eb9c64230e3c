package io.statehub.sidecar.failover;

/** That a member left recovery, and when. */
public record Promotion(Leader leader, Occurrence at) {}
