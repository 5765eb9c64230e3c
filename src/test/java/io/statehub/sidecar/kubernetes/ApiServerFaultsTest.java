package io.statehub.sidecar.kubernetes;

import static io.statehub.sidecar.testing.kubernetes.FailingApiServer.events;
import static io.statehub.sidecar.testing.kubernetes.FailingApiServer.list;
import static io.statehub.sidecar.testing.kubernetes.FailingApiServer.page;
import static io.statehub.sidecar.testing.kubernetes.FailingApiServer.status;
import static io.statehub.sidecar.testing.kubernetes.FailingApiServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.kubernetes.ClaimState;
import io.statehub.sidecar.observation.kubernetes.NodeState;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.testing.faults.Fault;
import io.statehub.sidecar.testing.faults.FaultyKubernetes;
import io.statehub.sidecar.testing.kubernetes.FailingApiServer;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import io.statehub.sidecar.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The ways in which an API server fails: nothing crashes, and each is known for what it is. */
@Execution(CONCURRENT)
class ApiServerFaultsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration FOR_GOOD = Duration.ofHours(1);
    private static final long ROOM = 16 << 20;
    private static final long ROOM_FOR_A_HUNDRED_NODES = 100 << 10;
    private static final Backoff QUICK =
            new Backoff(Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(300));

    private static final String GONE = "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\","
            + "\"status\":\"Failure\",\"reason\":\"Expired\",\"code\":410,\"message\":\"too old\"}}";

    private final FailingApiServer server = new FailingApiServer();
    private final KubernetesClient client = server.client();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final ResourceWatch<NodeState> watch = watch(QUICK);

    private ResourceWatch<NodeState> watch(Backoff backoff) {
        return watch(client, backoff, ROOM);
    }

    private ResourceWatch<NodeState> watch(KubernetesClient by, Backoff backoff, long room) {
        return watch(CoreObjects.NODES, by, backoff, room);
    }

    private <T> ResourceWatch<T> watch(ObjectKind<T> kind, KubernetesClient by, Backoff backoff, long room) {
        return new ResourceWatch<>(
                kind, by.genericKubernetesResources(kind.definition()), backoff, TimeSource.system(), timer, room);
    }

    /** How often a kind was asked for, by its plural, in lists and watches. */
    private long asked(String plural) {
        return server.requests().stream()
                .filter(request -> request.endsWith(" " + plural))
                .count();
    }

    @AfterEach
    void end() {
        watch.close();
        client.close();
        timer.shutdownNow();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "401, Unauthorized,        AUTHENTICATION",
        "403, Forbidden,           PERMISSION_DENIED",
        "404, NotFound,            NO_SUCH_RESOURCE",
        "429, TooManyRequests,     BAD_STATUS",
        "500, InternalError,       BAD_STATUS",
        "503, ServiceUnavailable,  BAD_STATUS"
    })
    void aListThatIsRefusedIsKnownForWhatItIs(int code, String reason, FailureKind kind) {
        server.listing("nodes", status(code, reason));
        watch.start();

        Watched.Unseen<NodeState> unseen = unseen();
        assertThat(unseen.why().kind()).isEqualTo(kind);
        assertThat(unseen.why().detail()).isEqualTo("nodes: the server says " + reason);
    }

    @Test
    void whatWasForbiddenAndIsNotAnyMoreIsSeen() {
        server.listing("nodes", status(403, "Forbidden"));
        watch.start();
        unseen();

        server.listing("nodes", list(node("a"))).watching("nodes", server.open());
        Watched.Current<NodeState> current = current();
        assertThat(current.objects()).extracting(NodeState::name).containsExactly("a");
    }

    @Test
    void whatIsGoneWhenTheWatchIsRestartedIsNotRemembered() {
        server.listing("nodes", list(node("a"))).watching("nodes", events(GONE));
        watch.start();
        await().atMost(SOON).untilAsserted(() -> assertThat(lastKnown()).hasSize(1));
        server.listing("nodes", status(403, "Forbidden"));
        unseen();

        server.listing("nodes", list()).watching("nodes", server.open());
        await().atMost(SOON).untilAsserted(() -> assertThat(current().objects()).isEmpty());
    }

    /**
     * As when a right is taken away, or a kind is deleted, under a watch that is open: it is heard of at its renewal.
     */
    @ParameterizedTest
    @CsvSource({
        "403, Forbidden, true, PERMISSION_DENIED",
        "403, Forbidden, false, PERMISSION_DENIED",
        "404, NotFound, true, NO_SUCH_RESOURCE",
        "401, Unauthorized, true, AUTHENTICATION"
    })
    void aWatchThatIsRefusedWhenItIsRenewedIsKnownForWhatItIs(
            int code, String reason, boolean listToo, FailureKind kind) {
        CountDownLatch renewal = new CountDownLatch(1);
        server.listing("nodes", list(node("a"))).watching("nodes", server.openUntil(renewal));
        watch.start();
        current();

        server.watching("nodes", status(code, reason));
        if (listToo) {
            server.listing("nodes", status(code, reason));
        }
        renewal.countDown();

        Failure why = unseen().why();
        assertThat(why.kind()).isEqualTo(kind);
        assertThat(why.detail()).startsWith("nodes: ").endsWith(reason);
    }

    @Test
    void whatIsRefusedWhenItIsRenewedIsThenLeftAlone() {
        CountDownLatch renewal = new CountDownLatch(1);
        server.listing("nodes", list(node("a"))).watching("nodes", server.openUntil(renewal));
        ResourceWatch<NodeState> patient = watch(new Backoff(FOR_GOOD, FOR_GOOD, Duration.ofMillis(300)));
        patient.start();
        await().atMost(SOON).until(() -> patient.state() instanceof Watched.Current<NodeState>);

        server.watching("nodes", status(403, "Forbidden")).listing("nodes", status(403, "Forbidden"));
        renewal.countDown();
        await().atMost(SOON).until(() -> patient.state() instanceof Watched.Unseen<NodeState>);
        long asked = asked("nodes");

        // What may pass by itself the client asks for again, with the same pauses: it is later than the other one.
        server.listing("persistentvolumeclaims", status(503, "ServiceUnavailable"));
        try (ResourceWatch<ClaimState> impatient = watch(CoreObjects.CLAIMS, client, QUICK, ROOM)) {
            impatient.start();
            await().atMost(SOON).until(() -> asked("persistentvolumeclaims") > 2);
        }
        assertThat(patient.state()).isInstanceOf(Watched.Unseen.class);
        assertThat(asked("nodes")).isEqualTo(asked);
        patient.close();
    }

    @Test
    void aWatchThatEndsAndIsRenewedInTimeIsNotListedAgain() {
        CountDownLatch renewal = new CountDownLatch(1);
        server.listing("nodes", list(node("a"))).watching("nodes", server.openUntil(renewal));
        ResourceWatch<NodeState> patient = watch(new Backoff(FOR_GOOD, FOR_GOOD, FOR_GOOD));
        patient.start();
        await().atMost(SOON).until(() -> patient.state() instanceof Watched.Current<NodeState>);

        server.watching("nodes", server.open());
        renewal.countDown();
        await().atMost(SOON)
                .until(() ->
                        server.requests().stream().filter("WATCH nodes"::equals).count() > 2
                                && patient.state() instanceof Watched.Current<NodeState>);
        assertThat(server.requests().stream().filter("GET nodes"::equals)).hasSize(1);
        patient.close();
    }

    @Test
    void aStreamThatBreaksIsRestartedAndNothingIsForgotten() {
        server.listing("nodes", list(node("a"))).watching("nodes", events(event("ADDED", node("b"), 11)));
        watch.start();

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(lastKnown()).extracting(NodeState::name).containsExactly("a", "b"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(server.requests().stream().filter("WATCH nodes"::equals))
                        .hasSizeGreaterThan(2));
        assertThat(watch.state()).isNotInstanceOf(Watched.Unseen.class);
    }

    @Test
    void aVersionThatIsGoneIsListedAgain() {
        server.listing("nodes", list(node("a"))).watching("nodes", events(GONE));
        watch.start();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(server.requests().stream().filter("GET nodes"::equals))
                        .hasSizeGreaterThan(2));
        assertThat(lastKnown()).extracting(NodeState::name).containsExactly("a");
    }

    @Test
    void anAnswerThatIsNoJsonIsABadBody() {
        server.listing("nodes", text("<html>a proxy's page</html>"));
        watch.start();

        Watched.Unseen<NodeState> unseen = unseen();
        assertThat(unseen.why().kind()).isEqualTo(FailureKind.BAD_BODY);
    }

    @Test
    void oneObjectThatIsMalformedDoesNotHideTheOthers() {
        server.listing(
                        "nodes",
                        list(
                                node("a"),
                                "{\"metadata\":{\"name\":\"b\"},\"status\":{\"conditions\":\"fine\"}}",
                                node("c")))
                .watching("nodes", server.open());
        watch.start();

        Watched.Current<NodeState> current = current();
        assertThat(current.objects()).extracting(NodeState::name).containsExactly("a", "c");
        assertThat(current.malformed()).containsExactly("nodes/b: status.conditions is not a list");
    }

    @Test
    void anAnswerWithoutAnEndIsGivenUpBeforeItFillsTheMemory() throws InterruptedException {
        CountDownLatch unread = new CountDownLatch(1);
        server.listing("nodes", FailingApiServer.endless(unread));
        long mebibyte = 1 << 20;
        try (KubernetesClient small = server.client(mebibyte);
                ResourceWatch<NodeState> bounded = watch(small, QUICK, ROOM)) {
            bounded.start();

            await().atMost(SOON).until(() -> bounded.state() instanceof Watched.Unseen<NodeState>);
            assertThat(((Watched.Unseen<NodeState>) bounded.state()).why())
                    .isEqualTo(new Failure(FailureKind.TOO_LARGE, "nodes: more than this process has room for"));
            assertThat(unread.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Of a part of them nobody could tell what is missing. */
    @Test
    void objectsThatThereIsNoRoomForAreUnknownUntilThereIs() {
        String[] many = IntStream.range(0, 300).mapToObj(i -> node("n" + i)).toArray(String[]::new);
        server.listing("nodes", list(many)).watching("nodes", server.open());
        try (ResourceWatch<NodeState> small = watch(client, QUICK, ROOM_FOR_A_HUNDRED_NODES)) {
            small.start();
            await().atMost(SOON).until(() -> small.state() instanceof Watched.Unseen<NodeState>);
            assertThat(((Watched.Unseen<NodeState>) small.state()).why())
                    .isEqualTo(new Failure(FailureKind.TOO_LARGE, "nodes: more than this process has room for"));

            server.listing("nodes", list(node("a"), node("b")));
            await().atMost(SOON)
                    .until(() -> small.state() instanceof Watched.Current<NodeState> now
                            && now.objects().size() == 2);
        }
    }

    @Test
    void objectsWithoutAnEndInAWatchAreGivenUpBeforeTheyFillTheMemory() {
        String[] added = IntStream.range(0, 300)
                .mapToObj(i -> event("ADDED", node("n" + i), 20 + i))
                .toArray(String[]::new);
        server.listing("nodes", list(node("a"))).watching("nodes", events(added));
        try (ResourceWatch<NodeState> small = watch(client, QUICK, ROOM_FOR_A_HUNDRED_NODES)) {
            small.start();
            await().atMost(SOON)
                    .until(() -> small.state() instanceof Watched.Unseen<NodeState> unseen
                            && unseen.why().kind() == FailureKind.TOO_LARGE);
        }
    }

    @Test
    void aListIsReadPageByPage() {
        server.listing("nodes", page("next", node("a"), node("b")))
                .continuing("next", list(node("c")))
                .watching("nodes", server.open());
        watch.start();

        assertThat(current().objects()).extracting(NodeState::name).containsExactly("a", "b", "c");
        assertThat(server.queries())
                .filteredOn(query -> !query.contains("watch=true"))
                .hasSizeGreaterThan(1)
                .allMatch(query -> query.contains("limit=20"));
    }

    /** A watch is a web socket, whose messages the client collects like its answers. */
    @ParameterizedTest
    @EnumSource(names = {"ENDLESS", "OVERSIZED"})
    void aMessageOfAWatchWithoutAnEndIsGivenUpBeforeItFillsTheMemory(Fault fault) {
        long mebibyte = 1 << 20;
        try (KeepingApiServer behind =
                        new KeepingApiServer().with(FixtureCluster.sound(Instant.parse("2026-11-27T10:00:00Z")));
                FaultyKubernetes hostile = new FaultyKubernetes(URI.create(behind.url()), Optional.empty());
                KubernetesClient small = behind.clientThrough(hostile.port(), mebibyte);
                ResourceWatch<NodeState> bounded = watch(small, QUICK, ROOM)) {
            bounded.start();
            await().atMost(SOON).until(() -> bounded.state() instanceof Watched.Current<NodeState>);

            hostile.become(fault);
            await().atMost(SOON).until(() -> hostile.watchesGivenUp() > 0);
            assertThat(bounded.state()).isNotInstanceOf(Watched.Current.class);

            hostile.become(Fault.NONE);
            await().atMost(SOON).until(() -> bounded.state() instanceof Watched.Current<NodeState>);
        }
    }

    @Test
    void anApiServerThatNeverAnswersTimesOut() {
        server.listing("nodes", server.silence());
        watch.start();
        assertThat(watch.state()).isInstanceOf(Watched.Pending.class);

        Watched.Unseen<NodeState> unseen = unseen();
        assertThat(unseen.why().kind()).isEqualTo(FailureKind.TIMED_OUT);
    }

    @Test
    void anAddressWhereNobodyListensIsRefused() {
        server.close();
        watch.start();

        Watched.Unseen<NodeState> unseen = unseen();
        assertThat(unseen.why().kind()).isEqualTo(FailureKind.REFUSED);
    }

    @Test
    void aSlowListOfFiveThousandIsReadWholeAndNobodyWaitsForIt() {
        String[] nodes = IntStream.range(0, 5000)
                .mapToObj(i -> node("n%04d".formatted(i)))
                .toArray(String[]::new);
        server.listing("nodes", server.late(Duration.ofSeconds(1), list(nodes))).watching("nodes", server.open());
        watch.start();
        assertThat(watch.state()).isInstanceOf(Watched.Pending.class);

        assertThat(current().objects()).hasSize(5000);
        // Once the client has told of all of them, nothing changes any more, so nothing is read again.
        await().atMost(SOON).until(() -> {
            Watched<NodeState> before = watch.state();
            return before == watch.state();
        });
    }

    private Watched.Unseen<NodeState> unseen() {
        await().atMost(SOON).until(() -> watch.state() instanceof Watched.Unseen<NodeState>);
        return (Watched.Unseen<NodeState>) watch.state();
    }

    private Watched.Current<NodeState> current() {
        await().atMost(SOON).until(() -> watch.state() instanceof Watched.Current<NodeState>);
        return (Watched.Current<NodeState>) watch.state();
    }

    /** What the objects are or were, whether or not the watch is just being restarted. */
    private List<NodeState> lastKnown() {
        Watched<NodeState> state = watch.state();
        if (state instanceof Watched.Lost<NodeState> lost) {
            return lost.last().objects();
        }
        return state instanceof Watched.Current<NodeState> current ? current.objects() : List.of();
    }

    private static String node(String name) {
        return """
                {"apiVersion":"v1","kind":"Node","metadata":{"name":"%s","resourceVersion":"7"},
                "status":{"conditions":[{"type":"Ready","status":"True"}]}}
                """.formatted(name).replace("\n", "");
    }

    private static String event(String type, String object, int version) {
        return "{\"type\":\"" + type + "\",\"object\":" + object.replace("\"7\"", "\"" + version + "\"") + "}";
    }
}
