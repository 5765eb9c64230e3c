package io.statehub.sidecar.journal;

/** Prints where this process's monotonic clock counts from, and what it says. */
final class ClockMain {

    private ClockMain() {}

    public static void main(String[] arguments) {
        System.out.println(MonotonicOrigin.current().map(MonotonicOrigin::id).orElse("unknown"));
        System.out.println(System.nanoTime());
    }
}
