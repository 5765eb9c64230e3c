package io.statehub.sidecar.probe.postgres;

import static java.util.stream.Collectors.joining;

import io.statehub.sidecar.config.HostAndPort;
import java.net.InetAddress;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Makes sessions with one target, one attempt at a time. Of several hosts it takes the first that is no standby,
 * beginning with the one that was taken last.
 *
 * <p>Used by one thread at a time; {@link #cut} and {@link #close} by any.
 */
final class Connector implements AutoCloseable {

    private final List<Place> places;
    private final Logins logins;
    private final SessionSetup setup;
    private final boolean namesMove;
    private int first;

    /**
     * Looks nothing up yet.
     *
     * @param namesMove whether a name may lead to another server while the one before lives on
     * @param random from 0 to 1, so that sidecars don't act all at once
     */
    Connector(
            List<HostAndPort> hosts,
            Logins logins,
            SessionSetup setup,
            boolean namesMove,
            Resolver resolver,
            DoubleSupplier random) {
        this.places = hosts.stream()
                .map(host -> new Place(host, new HostLookup(host, resolver), new LoginGate(random)))
                .toList();
        this.logins = logins;
        this.setup = setup;
        this.namesMove = namesMove;
    }

    /**
     * Logs in, on this thread and within the exchange.
     *
     * @throws Password.UnreadablePasswordException if the password can't be had
     */
    Session connect(Exchange exchange) throws SQLException {
        logins.refresh();
        SQLException failed = null;
        for (int i = 0; i < places.size(); i++) {
            int candidate = (first + i) % places.size();
            try {
                Session made = places.get(candidate).connect(logins, setup, exchange.share(places.size() - i));
                if (places.size() == 1 || !made.start().standby()) {
                    first = candidate;
                    return made;
                }
                made.close();
            } catch (SQLException e) {
                failed = e;
            }
        }
        throw failed != null ? failed : new SQLException("each of the hosts is a standby", "25006");
    }

    /** The hosts, for people. */
    String where() {
        return places.stream().map(Place::toString).collect(joining(", "));
    }

    /** Whether a session's address is none of those that the name leads to by now. */
    boolean leadsElsewhere(Session session) {
        InetAddress at = session.wire().getInetAddress();
        boolean all = namesMove;
        for (Place place : namesMove ? places : List.<Place>of()) {
            // Each is asked, so that each is known the next time.
            Optional<List<InetAddress>> now = place.lookup().newest();
            all &= now.isPresent() && !now.get().contains(at);
        }
        return all;
    }

    /** Ends the attempt that is under way, whatever it is at, if its time is over. */
    void cut() {
        places.forEach(Place::cut);
    }

    @Override
    public void close() {
        places.forEach(Place::close);
    }
}
