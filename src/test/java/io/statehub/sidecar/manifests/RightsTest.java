package io.statehub.sidecar.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statehub.sidecar.kubernetes.EventPoster;
import io.statehub.sidecar.kubernetes.KubernetesLink;
import io.statehub.sidecar.kubernetes.LinkSettings;
import io.statehub.sidecar.manifests.Grants.Grant;
import io.statehub.sidecar.observation.Leadership.Role;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import io.statehub.sidecar.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every request that a sidecar makes is granted by the manifests, and nothing is granted that none needs. */
class RightsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern PATH =
            Pattern.compile("(?:/api/v1|/apis/(?<group>[^/]+)/[^/]+)(?:/namespaces/(?<namespace>[^/]+))?"
                    + "/(?<resource>[a-z]+)(?:/(?<name>[^/]+))?");
    private static final Pattern BY_NAME = Pattern.compile("fieldSelector=metadata\\.name=([^&]+)");

    @Test
    void everyRequestIsGrantedAndEveryGrantIsNeeded() {
        Grants grants = new Grants(Rendered.of("overlays/production"));

        List<Grant> requests = requests().stream().map(RightsTest::parsed).toList();

        assertThat(grants.refused(requests)).isEmpty();
        assertThat(grants.unused(requests)).isEmpty();
    }

    @Test
    void aRequestThatNobodyGrantsIsSeen() {
        Grants grants = new Grants(Rendered.of("overlays/production"));

        assertThat(grants.refused(List.of(
                        parsed("GET /api/v1/namespaces/state-hub/secrets/state-hub-db-app"),
                        parsed("DELETE /api/v1/namespaces/state-hub/pods/pg-1"),
                        parsed("PATCH /apis/coordination.k8s.io/v1/namespaces/state-hub/leases/other"))))
                .hasSize(3);
        assertThat(grants.unused(List.of())).hasSameSizeAs(grants.all());
    }

    /** Of one that leads and posts, and of one that comes later and stands by. */
    private static List<String> requests() {
        List<String> requests = new ArrayList<>();
        try (KeepingApiServer server = new KeepingApiServer();
                KubernetesClient client = server.client()) {
            server.with(FixtureCluster.sound(Instant.now()));
            server.newRequests();
            KubernetesLink link = new KubernetesLink(
                    client, LinkSettings.of("state-hub", "state-hub-db", "state-hub-0"), TimeSource.system());
            try (link) {
                link.start();
                await().atMost(SOON).until(link::settled);
                await().atMost(SOON).until(() -> link.leadership().role() == Role.LEADS);
                EventPoster.EventDraft note =
                        new EventPoster.EventDraft("SplitBrain", "pg-1", true, "two", Optional.empty());
                link.events().post(note);
                link.events().post(note);
                await().atMost(SOON).until(() -> {
                    requests.addAll(server.newRequests());
                    return requests.stream().anyMatch(request -> request.matches("PATCH .*/events/.*"));
                });
                // A renewal, after a third of the lease.
                await().atMost(SOON).until(() -> {
                    requests.addAll(server.newRequests());
                    return requests.stream().anyMatch(request -> request.matches("PATCH .*/leases/.*"));
                });
            }
            requests.addAll(server.newRequests());
        }
        return requests;
    }

    /** As the API server understands a request: a list of one by its name is a request for that one. */
    static Grant parsed(String request) {
        String method = request.replaceAll(" .*", "");
        URI uri = URI.create(request.substring(method.length() + 1));
        Matcher path = PATH.matcher(uri.getPath());
        assertThat(path.matches()).as(request).isTrue();
        String query = String.valueOf(uri.getQuery());
        Matcher byName = BY_NAME.matcher(query);
        String name = path.group("name") != null ? path.group("name") : byName.find() ? byName.group(1) : "";
        String verb = switch (method) {
            case "GET" -> path.group("name") != null ? "get" : query.contains("watch=true") ? "watch" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            default -> method.toLowerCase(Locale.ROOT);
        };
        return new Grant(
                verb,
                path.group("group") == null ? "" : path.group("group"),
                path.group("resource"),
                path.group("namespace") == null ? "" : path.group("namespace"),
                name);
    }
}
