package io.statehub.sidecar.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureKindTest {

    @Test
    void onlyWhoWeAreWhatWeMayAndWhatBecomesOfOurOwnSessionIsOurFault() {
        assertThat(Arrays.stream(FailureKind.values()).filter(FailureKind::ours))
                .containsExactly(
                        FailureKind.UNTRUSTED,
                        FailureKind.CREDENTIAL_UNREADABLE,
                        FailureKind.AUTHENTICATION,
                        FailureKind.PERMISSION_DENIED,
                        FailureKind.TOO_MANY_CONNECTIONS,
                        FailureKind.SESSION_ENDED,
                        FailureKind.SESSION_UNUSABLE,
                        FailureKind.NO_SUCH_DATABASE,
                        FailureKind.NO_SUCH_SCHEMA,
                        FailureKind.SCHEMA_VERSION,
                        FailureKind.WRITER_TAKEN,
                        FailureKind.NO_SUCH_RESOURCE,
                        FailureKind.STORAGE,
                        FailureKind.UNEXPECTED,
                        FailureKind.STANDING_BY,
                        FailureKind.OWN_DELAY,
                        FailureKind.OWN_LIMIT);
    }

    @Test
    void silenceProvesNoAbsence() {
        assertThat(Arrays.stream(FailureKind.values()).filter(FailureKind::provesAbsence))
                .containsExactly(FailureKind.REFUSED, FailureKind.SHUTTING_DOWN, FailureKind.NOT_ACCEPTING);
    }

    @ParameterizedTest
    @EnumSource
    void labelIsFitForAMetric(FailureKind kind) {
        assertThat(kind.label()).matches("[a-z_]+");
    }
}
