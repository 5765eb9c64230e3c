package io.statehub.sidecar.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A timer whose time passes when a test lets it, together with a clock's. Tasks run in the thread that lets it pass.
 */
public final class ManualTimer extends ScheduledThreadPoolExecutor {

    private final ManualClock clock;
    private final List<Task> tasks = new ArrayList<>();
    private long elapsed;

    public ManualTimer(ManualClock clock) {
        super(0);
        this.clock = clock;
    }

    private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {

        private final long repeat;
        private long due;

        Task(Runnable command, long delay, long repeat) {
            super(command, null);
            this.due = elapsed + delay;
            this.repeat = repeat;
        }

        /** Whether it is to run again. */
        boolean runWhenDue() {
            if (repeat == 0) {
                run();
                return false;
            }
            boolean again = runAndReset();
            due = elapsed + repeat;
            return again;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - elapsed, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(new Task(command, unit.toNanos(delay), 0));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long first, long delay, TimeUnit unit) {
        return add(new Task(command, unit.toNanos(first), unit.toNanos(delay)));
    }

    private synchronized Task add(Task task) {
        tasks.add(task);
        return task;
    }

    /** Lets time pass; whatever is due meanwhile runs, each at its own moment. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is the task itself
    public void advance(Duration duration) {
        long until = elapsed + duration.toNanos();
        for (Optional<Task> next = takeDue(until); next.isPresent(); next = takeDue(until)) {
            passTo(Math.max(elapsed, next.get().due));
            if (next.get().runWhenDue()) {
                add(next.get());
            }
        }
        passTo(until);
    }

    private synchronized Optional<Task> takeDue(long until) {
        Optional<Task> next = tasks.stream().filter(task -> task.due <= until).min(Comparator.naturalOrder());
        next.ifPresent(tasks::remove);
        return next;
    }

    private void passTo(long moment) {
        clock.advance(Duration.ofNanos(moment - elapsed));
        elapsed = moment;
    }
}
