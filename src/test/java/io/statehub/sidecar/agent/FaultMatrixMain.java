package io.statehub.sidecar.agent;

import io.statehub.sidecar.config.NameCache;
import io.statehub.sidecar.testing.ProcessUsage;
import io.statehub.sidecar.testing.faults.FaultCertificates;
import io.statehub.sidecar.testing.faults.FaultTarget;
import io.statehub.sidecar.testing.faults.HostsFile;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tries cases on several sidecars at once, in a process of its own whose names are those of a file:
 * {@code matrix.cases} of them by {@code matrix.seed}, or those with one {@code matrix.target}, or {@code matrix.case}
 * alone, on {@code matrix.sidecars}. Ends
 * with 1 if one is wrong.
 */
final class FaultMatrixMain {

    private static final int TOLD_EACH = 500;
    /** What a thread more or less is beside a leak. */
    private static final int MOST_MORE_THREADS = 40;

    private static final long MOST_MORE_BYTES = 24L << 20;

    private final Queue<FaultCase> plain = new ConcurrentLinkedQueue<>();
    private final Queue<FaultCase> encrypted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger tried = new AtomicInteger();
    private final AtomicInteger passed = new AtomicInteger();
    /** The servers live in this process too: on a machine that is busy with other things they are late in fact. */
    private final AtomicInteger again = new AtomicInteger();

    private FaultMatrixMain() {}

    public static void main(String[] arguments) throws Exception {
        NameCache.off();
        // The names are those of a file of hosts that the JVM's own lookup reads, and Vert.x's does not.
        System.setProperty("vertx.disableDnsResolver", "true");
        System.exit(new FaultMatrixMain().run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        int sidecars = Integer.getInteger("matrix.sidecars", 16);
        long seed = Long.getLong("matrix.seed", System.nanoTime());
        String alone = System.getProperty("matrix.case", "");
        List<FaultCase> cases = alone.isEmpty()
                ? FaultCases.some(
                        Integer.getInteger("matrix.cases", 10_000),
                        seed,
                        Optional.ofNullable(System.getProperty("matrix.target")).map(FaultTarget::valueOf))
                : List.of(FaultCase.parse(alone));
        cases.forEach(each -> (each.tls() ? encrypted : plain).add(each));
        System.out.printf("fault matrix: %d of %d cases, matrix.seed=%d%n", cases.size(), FaultCases.all(), seed);
        Path directory = Files.createTempDirectory("fault-matrix");
        FaultCertificates certificates = FaultCertificates.make(directory.resolve("ca.pem"));
        HostsFile hosts = new HostsFile(Path.of(System.getProperty(HostsFile.PROPERTY)));
        Vertx vertx = Vertx.vertx();
        KeepingApiServer kubernetes = new KeepingApiServer().with(FixtureCluster.sound(Instant.now()));
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < sidecars; number++) {
            boolean tls = number % 2 == 0 ? !encrypted.isEmpty() : plain.isEmpty();
            FaultedSidecar sidecar = new FaultedSidecar(
                    number,
                    directory,
                    tls ? Optional.of(certificates) : Optional.empty(),
                    hosts,
                    URI.create(kubernetes.url()),
                    vertx);
            Thread thread = new Thread(() -> tryAll(sidecar, tls ? encrypted : plain), "trials-" + number);
            threads.add(thread);
            thread.start();
        }
        long begin = System.nanoTime();
        Usage early = Usage.now();
        while (threads.stream().anyMatch(Thread::isAlive)) {
            Thread.sleep(200);
            // Or it keeps all that it was ever asked.
            kubernetes.newRequests();
            if (tried.get() <= cases.size() / 10) {
                early = Usage.now();
            }
        }
        Usage end = Usage.now();
        System.out.printf(
                "fault matrix: %d of %d cases passed, %d of them or fewer at the second try, in %d s,"
                        + " matrix.seed=%d; %s after the first tenth, %s at the end%n",
                passed.get(), cases.size(), again.get(), (System.nanoTime() - begin) / 1_000_000_000, seed, early, end);
        boolean grown = cases.size() >= TOLD_EACH
                && (end.threads > early.threads + MOST_MORE_THREADS || end.heap > early.heap + MOST_MORE_BYTES);
        if (grown) {
            System.out.println("threads or memory have grown");
        }
        return passed.get() == cases.size() && !grown;
    }

    private record Usage(long threads, long heap, long residentKib, long descriptors) {
        static Usage now() {
            ProcessUsage usage = ProcessUsage.of(ProcessHandle.current().pid());
            Runtime runtime = Runtime.getRuntime();
            return new Usage(
                    usage.threads(),
                    runtime.totalMemory() - runtime.freeMemory(),
                    usage.residentKib(),
                    usage.descriptors());
        }

        @Override
        public String toString() {
            return "%d threads, %d MiB of heap, %d MiB resident, %d descriptors"
                    .formatted(threads, heap >> 20, residentKib >> 10, descriptors);
        }
    }

    private void tryAll(FaultedSidecar sidecar, Queue<FaultCase> cases) {
        try (sidecar) {
            String before = "nothing";
            for (FaultCase next = cases.poll(); next != null; next = cases.poll()) {
                List<String> wrong = new FaultTrial(sidecar, next).run();
                if (!wrong.isEmpty()) {
                    System.out.printf("-Dmatrix.case=%s: %s, after %s%n", next, wrong, before);
                    again.incrementAndGet();
                    wrong = new FaultTrial(sidecar, next).run();
                }
                if (wrong.isEmpty()) {
                    passed.incrementAndGet();
                } else {
                    System.out.printf("WRONG TWICE -Dmatrix.case=%s: %s%n", next, wrong);
                }
                before = next.toString();
                int so = tried.incrementAndGet();
                if (so % TOLD_EACH == 0) {
                    System.out.printf(
                            "%d tried, %d passed, %d tried twice; %s%n", so, passed.get(), again.get(), Usage.now());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
