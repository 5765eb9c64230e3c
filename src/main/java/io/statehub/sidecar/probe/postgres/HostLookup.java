package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.config.HostAndPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Where a name leads, asked again all the time: a failover may move the name, and a session to the address that it has
 * left would hide that. The machine's resolver takes no deadline, so it is asked on a thread of its own; one
 * lookup is out at a time, so that name servers that never answer hold one thread and no probe.
 *
 * <p>Used by one thread at a time.
 */
final class HostLookup {

    private final HostAndPort host;
    private final Resolver resolver;
    private @Nullable FutureTask<List<InetAddress>> out;
    private Optional<List<InetAddress>> newest = Optional.empty();

    HostLookup(HostAndPort host, Resolver resolver) {
        this.host = host;
        this.resolver = resolver;
    }

    /**
     * Where the name led when somebody could say so last, without waiting; asks again for the next time.
     *
     * @return empty if it was never known
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it is kept, and asked for at the next look
    Optional<List<InetAddress>> newest() {
        if (host.literal()) {
            return Optional.empty();
        }
        FutureTask<List<InetAddress>> asked = out;
        if (asked != null && asked.isDone()) {
            out = null;
            try {
                newest = Optional.of(asked.get());
            } catch (ExecutionException | CancellationException e) {
                // Nobody could say: what was known holds.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        asking();
        return newest;
    }

    /**
     * Where it leads now.
     *
     * @throws UnknownHostException if it has no address, or nobody can say
     * @throws Exchange.LateException if nobody says so in time
     */
    List<InetAddress> now(Exchange exchange) throws UnknownHostException, Exchange.LateException {
        if (host.literal()) {
            return List.of(resolver.addresses(host.name()));
        }
        FutureTask<List<InetAddress>> asked = asking();
        try {
            List<InetAddress> found = asked.get(exchange.millisLeft(), TimeUnit.MILLISECONDS);
            newest = Optional.of(found);
            out = null;
            return found;
        } catch (ExecutionException e) {
            out = null;
            UnknownHostException unknown = new UnknownHostException(host.name() + " has no address");
            unknown.initCause(e.getCause());
            throw unknown;
        } catch (TimeoutException e) {
            throw new Exchange.LateException("no name server has told the address of " + host.name() + " in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Exchange.LateException("interrupted");
        }
    }

    private FutureTask<List<InetAddress>> asking() {
        FutureTask<List<InetAddress>> asked = out;
        if (asked == null) {
            asked = new FutureTask<>(() -> List.of(resolver.addresses(host.name())));
            out = asked;
            Thread thread = new Thread(asked, "lookup-" + host.name());
            thread.setDaemon(true);
            thread.start();
        }
        return asked;
    }
}
