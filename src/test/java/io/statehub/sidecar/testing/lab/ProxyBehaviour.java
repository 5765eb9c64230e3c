package io.statehub.sidecar.testing.lab;

import java.time.Duration;

/**
 * What a {@link ForwardingProxy} does to traffic.
 *
 * @param delay how long each answer is held back; zero unless the mode is {@link Mode#PASS}
 */
public record ProxyBehaviour(Mode mode, Duration delay) {

    public enum Mode {
        PASS,
        /** Nothing listens, and open connections were reset. */
        REFUSE,
        /**
         * A black hole: the kernel still accepts connections and bytes, nobody reads or answers them. What was sent
         * meanwhile arrives after the hole closes, as it does after a real network partition.
         */
        DROP
    }

    static final ProxyBehaviour PASSING = new ProxyBehaviour(Mode.PASS, Duration.ZERO);
    static final ProxyBehaviour REFUSING = new ProxyBehaviour(Mode.REFUSE, Duration.ZERO);
    static final ProxyBehaviour DROPPING = new ProxyBehaviour(Mode.DROP, Duration.ZERO);

    static ProxyBehaviour delaying(Duration delay) {
        return new ProxyBehaviour(Mode.PASS, delay);
    }

    @Override
    public String toString() {
        return switch (mode) {
            case PASS -> delay.isZero() ? "pass" : "delay " + delay.toMillis() + " ms";
            case REFUSE -> "refuse";
            case DROP -> "drop";
        };
    }
}
