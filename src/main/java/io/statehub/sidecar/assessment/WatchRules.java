package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Moment;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;

/** What keeps Kubernetes from being seen. */
final class WatchRules {

    private WatchRules() {}

    static void check(KubernetesView view, Findings findings) {
        stale("watches", view.seen(), "nobody has looked at the watches", view, findings);
        view.state().byResource().forEach((resource, watched) -> check(resource, watched, view, findings));
    }

    private static void check(WatchedResource resource, Watched<?> watched, KubernetesView view, Findings findings) {
        String subject = resource.label();
        if (watched instanceof Watched.Current<?> current) {
            if (!current.malformed().isEmpty()) {
                findings.add(
                        FindingKind.OBJECT_MALFORMED,
                        subject,
                        current.malformed().size() + " that can't be read: "
                                + current.malformed().get(0),
                        "objects of the form that their kind has");
            }
        } else if (watched instanceof Watched.Unseen<?> unseen) {
            findings.add(kind(unseen.why()), subject, why(unseen.why()), allowed(unseen.why()));
        } else if (watched instanceof Watched.Lost<?> lost) {
            stale(subject, lost.since(), why(lost.why()), view, findings);
        } else if (watched instanceof Watched.Pending<?> pending) {
            stale(subject, pending.since(), "no answer", view, findings);
        }
    }

    private static void stale(String subject, Moment since, String why, KubernetesView view, Findings findings) {
        if (view.stale(since)) {
            findings.add(
                    FindingKind.WATCH_STALE,
                    subject,
                    "not in step for " + Figures.seconds(view.at().since(since)) + ": " + why,
                    Figures.seconds(view.staleAfter()));
        }
    }

    private static FindingKind kind(Failure why) {
        if (why.kind() == FailureKind.NO_SUCH_RESOURCE) {
            return FindingKind.RESOURCE_ABSENT;
        }
        return why.kind() == FailureKind.PERMISSION_DENIED || why.kind() == FailureKind.AUTHENTICATION
                ? FindingKind.RESOURCE_FORBIDDEN
                : FindingKind.RESOURCE_UNREACHABLE;
    }

    private static String allowed(Failure why) {
        return switch (kind(why)) {
            case RESOURCE_ABSENT -> "a kind of object that is installed, or left out of statehub.kubernetes.watch";
            case RESOURCE_FORBIDDEN -> "the right to list and watch it";
            default -> "an API server that answers";
        };
    }

    private static String why(Failure failure) {
        return failure.kind().label() + " (" + failure.detail() + ")";
    }
}
