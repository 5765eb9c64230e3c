package io.statehub.sidecar.cli.restore;

import io.statehub.sidecar.drill.restore.server.ReadingProgress.Stage;
import java.time.Duration;
import java.util.Locale;

/** How far reading has come, as one line. */
final class ProgressText {

    private static final int PERCENT = 100;
    private static final int UNIT = 1024;

    private ProgressText() {}

    static String of(Stage stage, Duration elapsed) {
        double seconds = Math.max(elapsed.toMillis(), 1) / 1000.0;
        StringBuilder line = new StringBuilder();
        line.append(stage.tablesDone()).append(" of ").append(stage.tables()).append(" tables");
        line.append(", ").append(size(stage.bytesDone()));
        // What all tables have was estimated when they were last counted.
        boolean estimated = stage.bytes() > 0 && stage.bytesDone() <= stage.bytes();
        if (estimated) {
            line.append(" of ").append(size(stage.bytes()));
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

    static String size(long bytes) {
        double size = bytes;
        for (String unit : new String[] {"B", "KiB", "MiB", "GiB"}) {
            if (size < UNIT) {
                return String.format(Locale.ROOT, unit.equals("B") ? "%.0f %s" : "%.1f %s", size, unit);
            }
            size /= UNIT;
        }
        return String.format(Locale.ROOT, "%.1f TiB", size);
    }
}
