package io.statehub.sidecar.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.statehub.sidecar.agent.FailoverJournal;
import io.statehub.sidecar.exposure.events.FailoverEventPoster;
import io.statehub.sidecar.exposure.log.ChangeLog;
import io.statehub.sidecar.exposure.log.FailoverLog;
import io.statehub.sidecar.exposure.metrics.ProbeMeters;
import io.statehub.sidecar.exposure.page.LastSights;
import io.statehub.sidecar.exposure.page.RecentHistory;
import io.statehub.sidecar.snapshot.SnapshotListener;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is told of a snapshot before whom; docs/architecture.md says the same. */
@QuarkusTest
@TestProfile(StagedProfile.class)
class ListenerOrderQuarkusTest {

    @Inject
    @All
    List<SnapshotListener> listeners;

    @Test
    void theLogIsToldFirstThenTheJournalThenEventsThenWhatOnlyRemembers() {
        assertThat(listeners).hasSize(7);
        assertThat(listeners.subList(0, 4))
                .<Class<?>>extracting(Object::getClass)
                .containsExactly(ChangeLog.class, FailoverLog.class, FailoverJournal.class, FailoverEventPoster.class);
        assertThat(listeners.subList(4, 7))
                .<Class<?>>extracting(Object::getClass)
                .containsExactlyInAnyOrder(RecentHistory.class, LastSights.class, ProbeMeters.class);
    }
}
