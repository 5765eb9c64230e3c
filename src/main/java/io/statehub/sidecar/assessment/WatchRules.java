package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.time.Moment;
import java.util.List;
import java.util.Optional;

/** What keeps Kubernetes from being seen. */
final class WatchRules {

    private WatchRules() {}

    /** @param before what was found before: a process that was late is why nobody looked, and is found for itself */
    static void check(KubernetesView view, List<Finding> before, Findings findings) {
        if (before.stream().noneMatch(finding -> finding.kind() == FindingKind.OWN_PROCESS_LATE)) {
            stale("watches", view.seen(), "nobody has looked at the watches", view)
                    .ifPresent(findings::add);
        }
        view.state()
                .byResource()
                .forEach((resource, watched) ->
                        found(resource.label(), watched, view).ifPresent(findings::add));
    }

    private static <T> Optional<Finding> found(String subject, Watched<T> watched, KubernetesView view) {
        return watched.accept(new OfOne<>(subject, view));
    }

    private static Optional<Finding> stale(String subject, Moment since, String why, KubernetesView view) {
        return view.stale(since)
                ? Optional.of(new Finding(
                        FindingKind.WATCH_STALE,
                        subject,
                        "not in step for " + Figures.seconds(view.at().since(since)) + ": " + why,
                        Figures.seconds(view.staleAfter()),
                        view.at()))
                : Optional.empty();
    }

    /** What is found of the watch of one kind. */
    private record OfOne<T>(String subject, KubernetesView view) implements Watched.Visitor<T, Optional<Finding>> {

        @Override
        public Optional<Finding> off(Watched.Off<T> off) {
            return Optional.empty();
        }

        @Override
        public Optional<Finding> pending(Watched.Pending<T> pending) {
            return stale(subject, pending.since(), "no answer", view);
        }

        @Override
        public Optional<Finding> current(Watched.Current<T> current) {
            return current.malformed().isEmpty()
                    ? Optional.empty()
                    : found(
                            FindingKind.OBJECT_MALFORMED,
                            current.malformed().size() + " that can't be read: "
                                    + current.malformed().get(0),
                            "objects of the form that their kind has");
        }

        @Override
        public Optional<Finding> lost(Watched.Lost<T> lost) {
            return stale(subject, lost.since(), lost.why().described(), view);
        }

        @Override
        public Optional<Finding> unseen(Watched.Unseen<T> unseen) {
            Failure why = unseen.why();
            if (why.kind() == FailureKind.NO_SUCH_RESOURCE) {
                return found(
                        FindingKind.RESOURCE_ABSENT,
                        why.described(),
                        "a kind of object that is installed, or left out of statehub.kubernetes.watch");
            }
            return why.kind() == FailureKind.PERMISSION_DENIED || why.kind() == FailureKind.AUTHENTICATION
                    ? found(FindingKind.RESOURCE_FORBIDDEN, why.described(), "the right to list and watch it")
                    : found(FindingKind.RESOURCE_UNREACHABLE, why.described(), "an API server that answers");
        }

        private Optional<Finding> found(FindingKind kind, String measured, String allowed) {
            return Optional.of(new Finding(kind, subject, measured, allowed, view.at()));
        }
    }
}
