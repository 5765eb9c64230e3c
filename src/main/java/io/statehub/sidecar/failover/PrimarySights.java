package io.statehub.sidecar.failover;

import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.Timeline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The members that were seen out of recovery, by name. What was last seen so may be written to until it is seen to be
 * over: that it goes out of sight ends nothing.
 */
public record PrimarySights(Map<String, PrimarySight> byMember) {

    static final PrimarySights NONE = new PrimarySights(Map.of());

    public PrimarySights {
        byMember = Map.copyOf(byMember);
    }

    Optional<PrimarySight> of(String member) {
        return Optional.ofNullable(byMember.get(member));
    }

    PrimarySights with(String member, PrimarySight sight) {
        Map<String, PrimarySight> more = new HashMap<>(byMember);
        more.put(member, sight);
        return new PrimarySights(more);
    }

    PrimarySights change(String member, UnaryOperator<PrimarySight> how) {
        return of(member).map(sight -> with(member, how.apply(sight))).orElse(this);
    }

    /** With nothing known of what was to be heard of any of them meanwhile. */
    PrimarySights broken() {
        Map<String, PrimarySight> broken = new HashMap<>(byMember);
        broken.replaceAll((member, sight) -> sight.broken());
        return new PrimarySights(broken);
    }

    /** Without those that are over and no members any more. */
    PrimarySights retaining(List<String> members) {
        Map<String, PrimarySight> fewer = new HashMap<>(byMember);
        fewer.entrySet().removeIf(entry -> !entry.getValue().dangerous() && !members.contains(entry.getKey()));
        return new PrimarySights(fewer);
    }

    /**
     * With whoever was out of recovery beside another marked; once at most one of those is left, nobody is any more.
     */
    PrimarySights marked() {
        Map<String, PrimarySight> marked = new HashMap<>(byMember);
        marked.replaceAll((member, sight) -> sight.beside(sight.dangerous() && (sight.beside() || overlapped(sight))));
        boolean over = marked.values().stream().filter(PrimarySight::beside).count() < 2;
        if (over) {
            marked.replaceAll((member, sight) -> sight.beside(false));
        }
        return new PrimarySights(marked);
    }

    private boolean overlapped(PrimarySight sight) {
        return dangerous().anyMatch(sight::overlaps);
    }

    private Stream<PrimarySight> dangerous() {
        return byMember.values().stream().filter(PrimarySight::dangerous);
    }

    /** Whether two members were out of recovery at once, and neither has been seen to be over. */
    public boolean splitBrain() {
        return byMember.values().stream().anyMatch(PrimarySight::beside);
    }

    /** Whether a member that was seen out of recovery is not known to be over, beside this leader. */
    boolean anotherBeside(Leader leader) {
        return others(leader).findAny().isPresent();
    }

    /** Whether nobody knows what became of some member that was seen out of recovery, beside another one. */
    public boolean anyFateUnknown() {
        return dangerous().count() > 1;
    }

    /** Who was out of recovery at once, for people. */
    String describedSplitBrain() {
        return described(byMember.values().stream().filter(PrimarySight::beside));
    }

    /** What shows that a split brain is over, for people. */
    String describedOver() {
        return String.join(
                "; ",
                byMember.values().stream()
                        .flatMap(sight -> sight.over().stream())
                        .map(Occurrence::evidence)
                        .sorted()
                        .toList());
    }

    private static String described(Stream<PrimarySight> sights) {
        return String.join(
                ", ", sights.map(sight -> sight.leader().described()).sorted().toList());
    }

    /** Those beside this leader that may be written to, by name, for people. */
    String describedOthers(Leader leader) {
        return described(others(leader));
    }

    private Stream<PrimarySight> others(Leader leader) {
        return dangerous()
                .filter(sight -> sight.isOfSameCluster(leader))
                .filter(sight -> !sight.leader().member().equals(leader.member()))
                .filter(sight -> !sight.leader().identity().isSameRunAs(leader.identity()));
    }

    /** Whether this member may be written to, as far as is known. */
    boolean isDangerous(Leader leader) {
        return of(leader.member())
                .filter(PrimarySight::dangerous)
                .filter(sight -> sight.isOfSameCluster(leader))
                .isPresent();
    }

    /** The members that may be written to, in the order of their names. */
    List<Leader> dangerousLeaders() {
        return new TreeMap<>(byMember)
                .values().stream()
                        .filter(PrimarySight::dangerous)
                        .map(PrimarySight::leader)
                        .toList();
    }

    /** The member that this run of a server was seen at. */
    Optional<String> memberOf(ServerIdentity run) {
        for (PrimarySight sight : byMember.values()) {
            if (sight.leader().identity().isSameRunAs(run)) {
                return Optional.of(sight.leader().member());
            }
        }
        return Optional.empty();
    }

    /**
     * Whether more than one member was seen writing a timeline of this number: each has a history of its own then, and
     * what the number is said of is unknown.
     */
    boolean isAmbiguous(Timeline number, Leader writer) {
        return byMember.values().stream()
                .map(PrimarySight::leader)
                .filter(leader -> !leader.member().equals(writer.member()))
                .anyMatch(leader -> leader.timeline().equals(Optional.of(number)));
    }
}
