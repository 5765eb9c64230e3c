package io.statehub.sidecar.journal;

import java.util.List;

/**
 * What was found when a journal was opened.
 *
 * @param entries intact ones, each of which was passed on
 * @param warnings one sentence for each file with something wrong, naming file, lines and what became of them; logged
 *     already
 */
public record Replay(long entries, List<String> warnings) {

    public Replay {
        warnings = List.copyOf(warnings);
    }
}
