package io.statehub.sidecar.assessment;

import static java.util.stream.Collectors.toSet;

import io.statehub.sidecar.assessment.ClusterView.LastSeen;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.Timeline;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is on the history that the primary writes. Two members that never heard of each other begin timelines of one
 * number, so the number decides only as long as nobody else is known to have written one of that number; after that,
 * only whom the primary feeds is on its history (decision 0021).
 */
final class Lineage {

    private final ClusterView view;
    private final Map<String, LastSeen> before;

    /**
     * @param view what is seen now, with the history so far
     * @param before what each member was when it was seen last before
     */
    Lineage(ClusterView view, Map<String, LastSeen> before) {
        this.view = view;
        this.before = before;
    }

    /** The history with this look at the primary, and with whoever is known to be on it. */
    LsnHistory next() {
        Optional<MemberView> primary = view.primary();
        LsnHistory history = primary.map(this::written).orElse(view.history());
        boolean inView =
                primary.flatMap(MemberView::identity).filter(history::isOf).isPresent();
        Set<String> followers = new HashSet<>(history.followers());
        for (MemberView member : view.members()) {
            if (member.identity().isEmpty() || member.isPrimary()) {
                continue;
            }
            boolean numbered = history.isNumbered(member.identity().get());
            if (!numbered) {
                followers.remove(member.name());
            } else if (inView && (!history.shared() || fed(member, primary.orElseThrow()))) {
                followers.add(member.name());
            } else if (inView) {
                followers.remove(member.name());
            }
        }
        return history.followedBy(followers);
    }

    private LsnHistory written(MemberView primary) {
        ServerIdentity writer = primary.identity().orElseThrow();
        return view.history()
                .seen(
                        writer,
                        writer.timeline()
                                .filter(number -> isShared(primary, writer, number))
                                .isPresent(),
                        primary.askedAt().orElseThrow(),
                        primary.seenAt().orElseThrow());
    }

    private boolean isShared(MemberView primary, ServerIdentity writer, Timeline number) {
        boolean remembered = view.history().isNumbered(writer) && view.history().shared();
        return remembered || anotherWrote(primary, writer, number) || anotherWasThereFirst(primary, writer, number);
    }

    private boolean anotherWrote(MemberView primary, ServerIdentity writer, Timeline number) {
        return view.runs().entrySet().stream()
                .filter(other -> !other.getKey().equals(primary.name()))
                .map(Map.Entry::getValue)
                .filter(seen -> seen.role() == MemberRole.PRIMARY && !seen.run().isSameRunAs(writer))
                .anyMatch(seen -> isOn(seen, writer, number));
    }

    /** Whether another was seen on that number before this one wrote it. */
    private boolean anotherWasThereFirst(MemberView primary, ServerIdentity writer, Timeline number) {
        boolean followed = Optional.ofNullable(before.get(primary.name()))
                .filter(seen -> seen.role() == MemberRole.STANDBY)
                .isPresent();
        return followed
                && before.entrySet().stream()
                        .filter(other -> !other.getKey().equals(primary.name()))
                        .anyMatch(other -> isOn(other.getValue(), writer, number));
    }

    private static boolean isOn(LastSeen seen, ServerIdentity writer, Timeline number) {
        return seen.run().systemIdentifier().equals(writer.systemIdentifier())
                && seen.run().timeline().equals(Optional.of(number));
    }

    /** Whether the primary, or a member that it feeds, has a sender for this standby, however many lie between. */
    private boolean fed(MemberView standby, MemberView primary) {
        Set<String> fed = new HashSet<>(Set.of(primary.name()));
        boolean more = true;
        while (more) {
            Set<String> next = view.members().stream()
                    .filter(member -> fed.contains(member.name()))
                    .flatMap(member -> member.state().stream())
                    .flatMap(state -> state.walSenders().stream())
                    .filter(sender -> sender.acknowledges() && sender.streaming())
                    .flatMap(sender -> view.streams().ownerOf(sender).stream())
                    .map(MemberView::name)
                    .collect(toSet());
            more = fed.addAll(next);
        }
        return standby.streaming() && fed.contains(standby.name());
    }
}
