package io.statehub.sidecar.cli.running;

/** A command that is done at once: it needs no settings, and so nothing is started for it. */
public interface NeedsNoStart {}
