package io.statehub.sidecar.journal;

import jakarta.json.JsonObject;
import java.util.List;

/** Where no directory is configured. */
record NoJournal() implements Journal {

    @Override
    public AppendResult append(JsonObject body) {
        return new AppendResult.NotDurable("no directory is configured for the journal");
    }

    @Override
    public JournalStatus status() {
        return JournalStatus.OFF;
    }

    @Override
    public Replay replay() {
        return new Replay(0, List.of());
    }

    @Override
    public void close() {}
}
