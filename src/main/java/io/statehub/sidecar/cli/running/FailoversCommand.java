package io.statehub.sidecar.cli.running;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code failovers}. */
@Command(
        name = "failovers",
        mixinStandardHelpOptions = true,
        description = "Shows the failovers that a running sidecar remembers, newest first, or one of them with its"
                + " milestones.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "2:wrong usage", "3:no sidecar could be read, or it knows no such failover"})
public final class FailoversCommand implements Callable<Integer>, NeedsNoStart {

    private static final int UNREADABLE = 3;

    @Mixin
    private ReadingOptions options = new ReadingOptions();

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The id of one, as the list shows it.")
    private @Nullable String id;

    @Override
    public Integer call() {
        if (id != null && !id.matches("[A-Za-z0-9_.:-]{1,64}")) {
            throw options.wrong("ID: '" + id + "' is not allowed: it must be an id that the list shows");
        }
        RunningSidecar sidecar = options.sidecar();
        Screen screen = options.screen();
        String path = id == null ? "/failovers" : "/failovers/" + id;
        try {
            String answer = sidecar.text(path);
            if (options.json()) {
                options.print(answer + System.lineSeparator());
                return 0;
            }
            JsonObject parsed = RunningSidecar.parsed(answer, URI.create(path));
            if (id == null) {
                FailoversScreen.list(parsed, screen);
            } else {
                FailoversScreen.one(parsed, screen);
            }
            options.print(String.join(System.lineSeparator(), screen.lines()) + System.lineSeparator());
            return 0;
        } catch (UnreadableSidecarException e) {
            options.complain(String.valueOf(e.getMessage()));
            return UNREADABLE;
        }
    }
}
