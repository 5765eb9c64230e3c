package io.statehub.sidecar.probe.postgres;

import java.util.Optional;

/** Who we are to the servers, with the password as it was read last. */
final class Login {

    private final String user;
    private final Password password;
    private volatile Optional<String> current = Optional.empty();

    Login(String user, Password password) {
        this.user = user;
        this.password = password;
    }

    /**
     * Reads the password again.
     *
     * @throws Password.UnreadablePasswordException if its file can't be read
     */
    void refresh() {
        current = password.read();
    }

    String user() {
        return user;
    }

    Optional<String> current() {
        return current;
    }
}
