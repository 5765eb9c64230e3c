package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.MemberState;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.SynchronousStandbyNames;
import io.statehub.sidecar.observation.WalSender;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whom a primary's commits wait for, and who of them is there.
 *
 * @param names the setting
 * @param streaming those of them that stream
 * @param members how many other members the cluster has
 */
public record SynchronousStandbys(SynchronousStandbyNames names, List<WalSender> streaming, int members) {

    private static final String NOT_WAITED_FOR = "async";

    /** Empty unless commits wait by default, and our role sees who streams. */
    static Optional<SynchronousStandbys> of(ClusterView cluster) {
        return cluster.primary()
                .filter(MemberView::statisticsVisible)
                .flatMap(primary -> primary.primary()
                        .flatMap(RoleState.Primary::commitWait)
                        .filter(RoleState.CommitWait::byDefault)
                        .flatMap(wait -> read(wait.standbyNames()))
                        .map(names -> new SynchronousStandbys(
                                names,
                                streaming(primary.state().orElseThrow()),
                                cluster.members().size() - 1)));
    }

    /** A setting that only a server of the future can read says nothing here. */
    private static Optional<SynchronousStandbyNames> read(String setting) {
        try {
            return SynchronousStandbyNames.parse(setting);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<WalSender> streaming(MemberState state) {
        return state.walSenders().stream()
                .filter(sender -> sender.streaming()
                        && !sender.syncState().isEmpty()
                        && !sender.syncState().equals(NOT_WAITED_FOR))
                .toList();
    }

    /** How many may go before commits wait for ever; negative if they do. */
    int spare() {
        return streaming.size() - names.number();
    }

    boolean satisfied() {
        return spare() >= 0;
    }

    /** How many there could be: a wish for no more than are waited for leaves none to spare by design. */
    private OptionalInt wanted() {
        return names.any()
                ? (members > 0 ? OptionalInt.of(members) : OptionalInt.empty())
                : OptionalInt.of(names.names().size());
    }

    boolean noSpareByDesign() {
        return wanted().isPresent() && wanted().getAsInt() <= names.number();
    }

    /** The names of which none streams. */
    List<String> missing() {
        return names.names().stream()
                .filter(name -> !name.equals(SynchronousStandbyNames.ANY_STANDBY))
                .filter(name -> streaming.stream()
                        .noneMatch(sender -> sender.applicationName().equalsIgnoreCase(name)))
                .toList();
    }

    /** What is there, such as {@code ANY 1 (m1, m2): 0 of 1 stream, missing: m1, m2}. */
    String described() {
        String absent = missing().isEmpty() ? "" : ", missing: " + String.join(", ", missing());
        return names + ": " + streaming.size() + " of " + names.number() + " stream" + absent;
    }
}
