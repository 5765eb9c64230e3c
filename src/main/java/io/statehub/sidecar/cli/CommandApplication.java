package io.statehub.sidecar.cli;

import io.quarkus.runtime.QuarkusApplication;

/** Does the command that was typed, and ends. */
public final class CommandApplication implements QuarkusApplication {

    @Override
    public int run(String... arguments) {
        return Commands.done(arguments);
    }
}
