package io.statehub.sidecar.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {

    private static final String MEMBERS = "statehub.postgres.members";

    private static List<String> problems(Map<String, String> settings) {
        return SettingsTree.problemsWith(settings);
    }

    @Test
    void aDeadlineAsLongAsTheIntervalIsAllowedAndALongerOneIsNot() {
        assertThat(problems(Map.of("statehub.probe.deadline", "1s"))).isEmpty();
        assertThat(problems(Map.of("statehub.probe.deadline", "1001ms")))
                .containsExactly("statehub.probe.deadline: '1001ms' is not allowed: it must be at most"
                        + " statehub.probe.interval, 1s");
    }

    @Test
    void aHeartbeatMayTakeAsLongAsItsIntervalAndNoLonger() {
        assertThat(problems(Map.of("statehub.heartbeat.timeout", "1s"))).isEmpty();
        assertThat(problems(Map.of("statehub.heartbeat.timeout", "1001ms")))
                .containsExactly("statehub.heartbeat.timeout: '1001ms' is not allowed: it must be at most"
                        + " statehub.heartbeat.interval, 1s");
    }

    @Test
    void staleAfterTwoIntervalsIsAllowedAndEarlierIsNot() {
        assertThat(problems(Map.of("statehub.probe.stale-after", "2s"))).isEmpty();
        assertThat(problems(Map.of("statehub.probe.stale-after", "1999ms")))
                .containsExactly("statehub.probe.stale-after: '1999ms' is not allowed: it must be at least twice"
                        + " statehub.probe.interval, which is 1s");
    }

    /** A duration is trimmed before it is read, and what is trimmed may be more than blanks. */
    @Test
    void whatIsNamedBesideAValueIsEchoedWithoutItsControlCharactersToo() {
        assertThat(problems(Map.of("statehub.probe.interval", "9\u0019", "statehub.probe.deadline", "1s")))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).doesNotContain("\u0019"));
    }

    @Test
    void aLivenessTimeoutLongerThanTheIntervalIsNotAllowed() {
        assertThat(problems(Map.of("statehub.api.liveness-timeout", "1500ms")))
                .containsExactly("statehub.api.liveness-timeout: '1500ms' is not allowed: it must be at most"
                        + " statehub.probe.interval, 1s");
    }

    @Test
    void aReadinessTimeoutLongerThanItsIntervalIsNotAllowed() {
        assertThat(problems(Map.of("statehub.api.readiness-timeout", "6s")))
                .containsExactly("statehub.api.readiness-timeout: '6s' is not allowed: it must be at most"
                        + " statehub.api.readiness-interval, 5s");
    }

    @Test
    void aCaFileIsForHttpsAlone() {
        assertThat(problems(Map.of("statehub.api.ca-file", "/ca.pem")))
                .containsExactly("statehub.api.ca-file: '/ca.pem' is not allowed: it must be unset unless"
                        + " statehub.api.url is https");
        assertThat(problems(Map.of("statehub.api.ca-file", "/ca.pem", "statehub.api.url", "https://api:8443")))
                .isEmpty();
    }

    @Test
    void twoMembersOfOneNameAreNotAllowed() {
        assertThat(problems(Map.of(MEMBERS, "pg-1=h1:5432,pg-1=h2:5432")))
                .containsExactly("statehub.postgres.members: 'pg-1=h2:5432' is not allowed: it must be each name once");
    }

    @Test
    void twoMembersAtOneAddressAreNotAllowedEvenIfOneLeavesOutTheDefaultPort() {
        assertThat(problems(Map.of(MEMBERS, "pg-1=h1:5432,pg-2=h1")))
                .containsExactly(
                        "statehub.postgres.members: 'pg-2=h1:5432' is not allowed: it must be each address once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"write-endpoint", "heartbeat", "kubernetes", "membership", "api-liveness", "api-readiness"})
    void aMemberMustNotHaveTheNameOfAnotherTarget(String reserved) {
        assertThat(problems(Map.of(MEMBERS, reserved + "=h1,pg-2=h2")))
                .containsExactly("statehub.postgres.members: '" + reserved + "' is not allowed: it must be a name other"
                        + " than write-endpoint, heartbeat, journal, kubernetes, membership, process,"
                        + " api-liveness, api-readiness");
    }

    @Test
    void aHundredMembersAreAllowedAndOneMoreIsNot() {
        assertThat(problems(Map.of(MEMBERS, members(100)))).isEmpty();
        assertThat(problems(Map.of(MEMBERS, members(101))))
                .containsExactly("statehub.postgres.members: '101 members' is not allowed: it must be at most 100");
    }

    @Test
    void membersMustBeSetUnlessTheyAreDiscovered() {
        Map<String, String> url = Map.of("statehub.postgres.url", "jdbc:postgresql://db:5432/hub");

        assertThat(SettingsTree.problems(url))
                .containsExactly("statehub.postgres.members (STATEHUB_POSTGRES_MEMBERS) is not set: it must be "
                        + new Converters.Member().allowed() + ", or statehub.postgres.discovery cnpg");
    }

    @Test
    void discoveryNeedsTheNameOfTheClusterAndNoMembers() {
        assertThat(problems(Map.of("statehub.postgres.discovery", "cnpg")))
                .containsExactly(
                        "statehub.postgres.members: '2 members' is not allowed: it must be unset while"
                                + " statehub.postgres.discovery is cnpg",
                        "statehub.kubernetes.cluster (STATEHUB_KUBERNETES_CLUSTER) is not set: it must be the name"
                                + " of the cnpg cluster while"
                                + " statehub.postgres.discovery is cnpg");
    }

    @Test
    void discoveryNeedsKubernetesAndItsTwoWatches() {
        Map<String, String> discovered = Map.of(
                "statehub.postgres.url", "jdbc:postgresql://db:5432/hub",
                "statehub.postgres.discovery", "cnpg",
                "statehub.kubernetes.cluster", "hub-db",
                "statehub.kubernetes.enabled", "false",
                "statehub.kubernetes.watch", "nodes");

        assertThat(SettingsTree.problems(discovered))
                .containsExactly(
                        "statehub.kubernetes.enabled: 'false' is not allowed: it must be auto or true while"
                                + " statehub.postgres.discovery is cnpg",
                        "statehub.kubernetes.watch: it must have cluster and instance-pods while"
                                + " statehub.postgres.discovery is cnpg");
    }

    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "pg-" + i + "=h" + i).collect(joining(","));
    }

    @Test
    void aPasswordAndAPasswordFileContradictEachOtherAndThePasswordIsNotPrinted() {
        assertThat(problems(Map.of(
                        "statehub.postgres.password", "s3cret", "statehub.postgres.password-file", "/run/password")))
                .containsExactly("statehub.postgres.password-file: '/run/password' is not allowed: it must be unset"
                        + " while statehub.postgres.password is set: give one of them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-ca", "verify-full"})
    void verifyingNeedsCertificatesToTrust(String mode) {
        assertThat(problems(Map.of("statehub.postgres.sslmode", mode)))
                .containsExactly("statehub.postgres.sslmode: '" + mode + "' is not allowed: it must be set together"
                        + " with statehub.postgres.sslrootcert, or one of disable, allow, prefer, require");
        assertThat(problems(Map.of("statehub.postgres.sslmode", mode, "statehub.postgres.sslrootcert", "/root.pem")))
                .isEmpty();
    }

    @Test
    void aJournalOf64KilobytesIsAllowedAndASmallerOneIsNot() {
        assertThat(problems(Map.of("statehub.journal.max-size", "64K"))).isEmpty();
        assertThat(problems(Map.of("statehub.journal.max-size", "65535")))
                .containsExactly(
                        "statehub.journal.max-size: '65535' is not allowed: it must be at least 65536 bytes," + " 64K");
    }

    @Test
    void everyContradictionIsReported() {
        assertThat(problems(Map.of(
                        "statehub.probe.deadline", "3s",
                        "statehub.probe.stale-after", "1s",
                        "statehub.postgres.sslmode", "verify-full")))
                .hasSize(3);
    }
}
