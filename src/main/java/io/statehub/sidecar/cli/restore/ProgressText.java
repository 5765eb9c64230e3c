package io.statehub.sidecar.cli.restore;

import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.drill.restore.server.ReadingProgress.Stage;
import java.time.Duration;
import java.util.Locale;

/** How far reading has come, as one line. */
final class ProgressText {

    private static final int PERCENT = 100;

    private ProgressText() {}

    static String of(Stage stage, Duration elapsed) {
        double seconds = Math.max(elapsed.toMillis(), 1) / 1000.0;
        StringBuilder line = new StringBuilder();
        line.append(stage.tablesDone()).append(" of ").append(stage.tables()).append(" tables");
        line.append(", ").append(Figures.bytes(stage.bytesDone()));
        // What all tables have was estimated when they were last counted.
        boolean estimated = stage.bytes() > 0 && stage.bytesDone() <= stage.bytes();
        if (estimated) {
            line.append(" of ").append(Figures.bytes(stage.bytes()));
            line.append(" (")
                    .append(stage.bytesDone() * PERCENT / stage.bytes())
                    .append(" %)");
        }
        line.append(String.format(Locale.ROOT, ", %,d rows", stage.rows()));
        line.append(String.format(Locale.ROOT, ", %,d rows/s", Math.round(stage.rows() / seconds)));
        if (estimated && stage.bytesDone() > 0) {
            double left = seconds * (stage.bytes() - stage.bytesDone()) / stage.bytesDone();
            line.append(", about ").append(Math.round(left)).append(" s left");
        }
        return line.toString();
    }
}
