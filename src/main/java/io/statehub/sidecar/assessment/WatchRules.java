package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import io.statehub.sidecar.time.Moment;
import java.util.List;

/** What keeps Kubernetes from being seen. */
final class WatchRules {

    private WatchRules() {}

    /** @param before what was found before: a process that was late is why nobody looked, and is found for itself */
    static void check(KubernetesView view, List<Finding> before, Findings findings) {
        if (before.stream().noneMatch(finding -> finding.kind() == FindingKind.OWN_PROCESS_LATE)) {
            stale("watches", view.seen(), "nobody has looked at the watches", view, findings);
        }
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
            unseen(subject, unseen.why(), findings);
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

    private static void unseen(String subject, Failure why, Findings findings) {
        if (why.kind() == FailureKind.NO_SUCH_RESOURCE) {
            findings.add(
                    FindingKind.RESOURCE_ABSENT,
                    subject,
                    why(why),
                    "a kind of object that is installed, or left out of statehub.kubernetes.watch");
        } else if (why.kind() == FailureKind.PERMISSION_DENIED || why.kind() == FailureKind.AUTHENTICATION) {
            findings.add(FindingKind.RESOURCE_FORBIDDEN, subject, why(why), "the right to list and watch it");
        } else {
            findings.add(FindingKind.RESOURCE_UNREACHABLE, subject, why(why), "an API server that answers");
        }
    }

    private static String why(Failure failure) {
        return failure.described();
    }
}
