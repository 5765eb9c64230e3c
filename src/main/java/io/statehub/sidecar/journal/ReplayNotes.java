package io.statehub.sidecar.journal;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Passes on what a replay finds, and gathers what it has to say. */
final class ReplayNotes {

    /** A directory with more broken files than this needs a person, not a longer list. */
    static final int MAX_WARNINGS = 100;

    private final Consumer<JsonObject> entries;
    private final List<String> warnings = new ArrayList<>();
    private long count;

    ReplayNotes(Consumer<JsonObject> entries) {
        this.entries = entries;
    }

    /** Passes an entry on; one that its owner fails on is skipped with a warning, and the rest still counts. */
    void entry(Path file, long line, JsonObject body) {
        count++;
        try {
            entries.accept(body);
        } catch (RuntimeException e) {
            warn(file + ": line " + line + " is intact and was not understood, so it was skipped: " + e);
        }
    }

    void warn(String sentence) {
        if (warnings.size() < MAX_WARNINGS) {
            warnings.add(sentence);
        } else if (warnings.size() == MAX_WARNINGS) {
            warnings.add("and more: only the first " + MAX_WARNINGS + " warnings are kept");
        }
    }

    Replay replay() {
        return new Replay(count, warnings);
    }
}
