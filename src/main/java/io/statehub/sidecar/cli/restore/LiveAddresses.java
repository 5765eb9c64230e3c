package io.statehub.sidecar.cli.restore;

import io.statehub.sidecar.config.HostAndPort;
import io.statehub.sidecar.config.PostgresSettings;
import io.statehub.sidecar.config.PostgresUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The addresses of the live cluster, as the settings name them. */
final class LiveAddresses {

    private final List<HostAndPort> addresses = new ArrayList<>();
    private final String database;

    LiveAddresses(PostgresSettings settings) {
        database = settings.url().database();
        addresses.addAll(settings.url().addresses());
        settings.readUrl().ifPresent(url -> addresses.addAll(url.addresses()));
        settings.fixedMembers().forEach(member -> addresses.add(member.at()));
    }

    /** All of them, each by itself: of several, a login would take the first that lets it in. */
    List<PostgresUrl> each() {
        return addresses.stream()
                .distinct()
                .map(address -> new PostgresUrl(List.of(address), database))
                .toList();
    }

    /** That one of them at which a database answers, by whatever name, if it does. */
    Optional<String> of(PostgresUrl url) {
        for (HostAndPort candidate : url.addresses()) {
            for (HostAndPort live : addresses) {
                if (candidate.port() == live.port() && sameHost(candidate.name(), live.name())) {
                    return Optional.of(live.toString());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean sameHost(String one, String other) {
        List<InetAddress> there = resolved(other);
        return one.equalsIgnoreCase(other) || resolved(one).stream().anyMatch(there::contains);
    }

    /** None if the name leads nowhere from here, as those of another cluster do. */
    private static List<InetAddress> resolved(String name) {
        try {
            return Arrays.asList(InetAddress.getAllByName(name));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
