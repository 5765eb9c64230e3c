package io.statehub.sidecar.kubernetes;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statehub.sidecar.observation.EventsNotPosted;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Posts events on the cnpg cluster, or on this pod if there is none, for {@code kubectl describe} to show.
 *
 * <p>Posting never blocks. The same thing posted again, by this sidecar or another, is counted on the event that is
 * there. No more than {@value #MOST} go out in ten minutes; what is left out is counted.
 */
public final class ClusterEvents implements EventPoster {

    private static final Logger LOG = Logger.getLogger(ClusterEvents.class);
    private static final String COMPONENT = "state-hub-sidecar";
    private static final Duration WINDOW = Duration.ofMinutes(10);
    static final int MOST = 20;
    /** The most that the API server takes as a message. */
    private static final int MAX_MESSAGE = 1024;

    private final KubernetesClient client;
    private final String namespace;
    private final Optional<String> cluster;
    private final String pod;
    private final TimeSource time;
    private final ScheduledExecutorService timer;
    private final Deque<Moment> posted = new ArrayDeque<>();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    ClusterEvents(
            KubernetesClient client,
            String namespace,
            Optional<String> cluster,
            String pod,
            TimeSource time,
            ScheduledExecutorService timer) {
        this.client = client;
        this.namespace = namespace;
        this.cluster = cluster;
        this.pod = pod;
        this.time = time;
        this.timer = timer;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // send logs and counts its own faults
    public void post(EventDraft draft) {
        if (!admitted()) {
            long total = dropped.incrementAndGet();
            LOG.warnf(
                    "an event was not posted (%s): more than %d in ten minutes; %d so far",
                    draft.reason(), MOST, total);
        } else if (!timer.isShutdown()) {
            timer.execute(() -> send(draft));
        }
    }

    private synchronized boolean admitted() {
        Moment now = time.now();
        while (!posted.isEmpty() && now.since(posted.getFirst()).compareTo(WINDOW) > 0) {
            posted.removeFirst();
        }
        if (posted.size() >= MOST) {
            return false;
        }
        posted.addLast(now);
        return true;
    }

    private void send(EventDraft draft) {
        try {
            create(draft);
        } catch (RuntimeException e) {
            failed.incrementAndGet();
            LOG.warnf(
                    "an event could not be posted (%s): %s",
                    draft.reason(), ApiServerFaults.classify(e, "events").detail());
        }
    }

    private void create(EventDraft draft) {
        Event event = event(draft);
        try {
            client.v1().events().inNamespace(namespace).resource(event).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HTTP_CONFLICT) {
                throw e;
            }
            count(event);
        }
    }

    private void count(Event again) {
        client.v1()
                .events()
                .inNamespace(namespace)
                .withName(again.getMetadata().getName())
                .edit(there -> {
                    int before = there.getCount() == null ? 1 : there.getCount();
                    return new EventBuilder(there)
                            .withCount(before + 1)
                            .withLastTimestamp(again.getLastTimestamp())
                            .withMessage(again.getMessage())
                            .build();
                });
    }

    private Event event(EventDraft draft) {
        String now = time.now().wallClock().truncatedTo(ChronoUnit.SECONDS).toString();
        String message = draft.message();
        return new EventBuilder()
                .withNewMetadata()
                .withName(name(draft))
                .withNamespace(namespace)
                .endMetadata()
                .withInvolvedObject(subject(draft.uid()))
                .withReason(draft.reason())
                .withMessage(message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message)
                .withType(draft.warning() ? "Warning" : "Normal")
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .withNewSource()
                .withComponent(COMPONENT)
                .endSource()
                .withReportingComponent(COMPONENT)
                .withReportingInstance(pod)
                .build();
    }

    /** The same for the same thing, whichever sidecar tells it. */
    private String name(EventDraft draft) {
        String reason = draft.reason().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        String key = draft.key().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        return cluster.orElse(pod) + "." + reason + "-" + key;
    }

    private ObjectReference subject(Optional<String> uid) {
        ObjectReferenceBuilder reference = new ObjectReferenceBuilder().withNamespace(namespace);
        return cluster.map(name -> reference
                        .withApiVersion("postgresql.cnpg.io/v1")
                        .withKind("Cluster")
                        .withName(name)
                        .withUid(uid.orElse(null)))
                .orElseGet(() -> reference.withApiVersion("v1").withKind("Pod").withName(pod))
                .build();
    }

    /** How many were not posted so far. */
    EventsNotPosted notPosted() {
        return new EventsNotPosted(dropped.get(), failed.get());
    }
}
