package io.statehub.sidecar.cli.drill;

import io.statehub.sidecar.cli.drill.DrillOptions.ProgressKind;
import io.statehub.sidecar.drill.Audience;
import io.statehub.sidecar.drill.DrillView;
import java.io.Console;
import java.time.Duration;
import java.util.List;

/** Whoever started the drill: plan and result on the standard output, progress on the standard error. */
final class DrillConsole implements Audience {

    private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);
    private static final String CLEAR = "\u001b[2K";

    private final ProgressKind kind;
    private final boolean agreed;
    private Runnable begun = () -> {};
    private Duration printed = Duration.ZERO;
    private int drawn;

    DrillConsole(ProgressKind wanted, boolean agreed) {
        this.kind = wanted == ProgressKind.auto ? usual() : wanted;
        this.agreed = agreed;
    }

    // From JDK 22 on there is always a console; what is drawn where nobody looks does no harm.
    @SuppressWarnings("SystemConsoleNull")
    private static ProgressKind usual() {
        return System.console() == null ? ProgressKind.plain : ProgressKind.live;
    }

    @Override
    public synchronized void say(String text) {
        drawn = 0;
        System.out.println(text.stripTrailing());
        System.out.flush();
    }

    @Override
    @SuppressWarnings("SystemConsoleNull")
    public boolean agrees() {
        if (agreed) {
            return true;
        }
        Console console = System.console();
        if (console == null) {
            System.err.println("there is no terminal to ask on: --yes begins without asking");
            return false;
        }
        String answer = console.readLine("Begin? Type yes: ");
        return "yes".equals(answer);
    }

    /** What is done once it begins; until then a signal ends the process, whoever is being asked. */
    void whenBegun(Runnable what) {
        begun = what;
    }

    @Override
    public void begins() {
        begun.run();
    }

    @Override
    public synchronized void see(DrillView view) {
        switch (kind) {
            case live -> draw(view.lines());
            case plain -> {
                if (view.running().minus(printed).compareTo(PLAIN_EVERY) >= 0) {
                    printed = view.running();
                    System.err.println(view.line());
                }
            }
            case auto, none -> {}
        }
    }

    private void draw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[" + drawn + "A");
        }
        lines.forEach(line -> text.append(CLEAR).append(line).append('\n'));
        drawn = lines.size();
        System.err.print(text);
        System.err.flush();
    }

    @Override
    public synchronized void happened(String line) {
        if (kind != ProgressKind.none) {
            drawn = 0;
            System.err.println(line);
        }
    }

    @Override
    public synchronized void over() {
        drawn = 0;
    }
}
