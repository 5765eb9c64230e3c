package io.statehub.sidecar.exposure.page;

import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.ListenerOrder;
import io.statehub.sidecar.snapshot.SnapshotListener;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What each member said last, for when it says nothing any more: in memory, of this process alone. */
@Singleton
@Priority(ListenerOrder.MEMORY)
public class LastSights implements SnapshotListener {

    private final Map<String, MemberView> seen = new ConcurrentHashMap<>();

    @Override
    public void published(AgentSnapshot previous, AgentSnapshot current) {
        Map<String, MemberView> members = new HashMap<>();
        current.assessment().cluster().members().forEach(member -> members.put(member.name(), member));
        members.values().stream()
                .filter(member -> member.role().isPresent())
                .forEach(member -> seen.put(member.name(), member));
        seen.keySet().retainAll(members.keySet());
    }

    /** The member as it was when it answered last. */
    Optional<MemberView> of(String member) {
        return Optional.ofNullable(seen.get(member));
    }
}
