package io.statehub.sidecar.drill;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether a drill is to stop. Given by any thread, once and for good. */
public final class StopSignal {

    private final CountDownLatch given = new CountDownLatch(1);

    public void give() {
        given.countDown();
    }

    public boolean isGiven() {
        return given.getCount() == 0;
    }

    /** Waits for it; whether it is given by then. An interrupted thread is to stop, too. */
    public boolean isGivenWithin(long millis) {
        try {
            return given.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
