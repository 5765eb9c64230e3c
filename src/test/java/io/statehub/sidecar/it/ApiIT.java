package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.lab.ForwardingProxy;
import io.statehub.sidecar.testing.lab.LabCertificates;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import io.statehub.sidecar.testing.lab.StandInApi;
import io.statehub.sidecar.testing.lab.StandInApi.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An API that misbehaves, in front of a database that doesn't. */
class ApiIT {

    private static PostgresLab lab;
    private static StandInApi api;
    private static WatchedSidecar sidecar;

    @BeforeAll
    static void start() {
        lab = SharedLab.asNew();
        api = StandInApi.start(lab.writeUrl());
        sidecar = WatchedSidecar.start(lab, api, Map.of());
    }

    @AfterAll
    static void stop() {
        sidecar.close();
        api.close();
    }

    @BeforeEach
    void begin() {
        api.become(Mode.OK);
        sidecar.awaitSteady();
    }

    @ParameterizedTest
    @CsvSource({"HANG,no answer in time", "FAIL,unexpected HTTP status", "RESET,connection broken"})
    void misbehavingApiIsDownWithItsReasonAndRecovers(Mode mode, String kind) {
        downAndUpAgain(mode, kind);
    }

    @Tag("thorough")
    @ParameterizedTest
    @CsvSource({"HUGE,answer too large", "GARBAGE,unexpected body", "REDIRECT,redirected elsewhere"})
    void soIsOneWhoseAnswersAreNoAnswers(Mode mode, String kind) {
        downAndUpAgain(mode, kind);
    }

    private static void downAndUpAgain(Mode mode, String kind) {
        api.become(mode);

        sidecar.awaitFinding("api_down", "api");
        sidecar.until(() -> assertThat(sidecar.measured("api_down", "api")).startsWith(kind));
        sidecar.until(() -> {
            assertThat(sidecar.health("ready")).isEqualTo(503);
            assertThat(sidecar.health("group/api")).isEqualTo(503);
            assertThat(sidecar.health("live")).isEqualTo(200);
            assertThat(sidecar.status().getString("status.database")).isEqualTo("UP");
            assertThat(sidecar.status().getString("status.replication")).isEqualTo("UP");
        });

        api.become(Mode.OK);
        sidecar.awaitSteady();
    }

    @Test
    void apiOfAnUnknownAuthorityIsOutOfSightUntilTheRightCertificateIsGiven(@TempDir Path directory)
            throws IOException {
        Path trusted = directory.resolve("ca.pem");
        Files.copy(
                LabCertificates.createIn(Files.createDirectory(directory.resolve("foreign")))
                        .authority(),
                trusted);
        LabCertificates own = LabCertificates.createIn(Files.createDirectory(directory.resolve("own")));
        try (StandInApi secured = StandInApi.startWithTls(lab.writeUrl(), own);
                WatchedSidecar watching =
                        WatchedSidecar.start(lab, secured, Map.of("STATEHUB_API_CA_FILE", trusted.toString()))) {
            // The first handshake of a process may take longer than it has.
            watching.until(
                    () -> assertThat(watching.measured("api_unseen", "api")).startsWith("certificate not trusted"));

            Files.write(trusted, Files.readAllBytes(own.authority()));

            watching.awaitSteady();
        }
    }

    @Test
    void sidecarStartsAndAnswersWithEverythingDownAndEndsAtOnce() {
        Map<String, String> nowhere = Map.of(
                "STATEHUB_API_URL", "http://127.0.0.1:1",
                "STATEHUB_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:1/none",
                "STATEHUB_POSTGRES_MEMBERS", "pg-1=127.0.0.1:1,pg-2=127.0.0.1:2");
        try (WatchedSidecar alone = WatchedSidecar.start(lab, api, nowhere)) {
            alone.until(() -> assertThat(alone.health("started")).isEqualTo(200));
            alone.awaitFinding("no_primary", "cluster");
            alone.awaitFinding("api_down", "api");
            alone.until(() -> {
                assertThat(alone.health("live")).isEqualTo(200);
                assertThat(alone.health("ready")).isEqualTo(503);
                assertThat(alone.status().getString("verdict")).isEqualTo("DOWN");
            });

            SidecarProcess.Exit exit = alone.process().terminate();

            assertThat(exit.code()).as(alone.process().output()).isIn(0, 143);
        }
    }

    @Test
    void sidecarEndsWhileEveryTargetHangs() {
        try (StandInApi hanging = StandInApi.start(lab.writeUrl());
                WatchedSidecar watching = WatchedSidecar.start(lab, hanging, Map.of())) {
            watching.awaitSteady();
            hanging.become(Mode.HANG);
            lab.members().forEach(member -> member.proxy().drop());
            lab.writeEndpoint().drop();
            watching.awaitFinding("write_endpoint_down", "write-endpoint");

            SidecarProcess.Exit exit = watching.process().terminate();

            assertThat(exit.code()).as(watching.process().output()).isIn(0, 143);
        } finally {
            lab.members().forEach(member -> member.proxy().pass());
            lab.writeEndpoint().pass();
        }
    }

    /**
     * As the kubelet ends a pod with a native sidecar: the API first, which drains and goes, and only then the sidecar.
     */
    @Test
    void whileTheApiDrainsTheSidecarLivesAndIsNotReadyAndEndsLast() {
        try (ForwardingProxy listener = new ForwardingProxy("api", api.port());
                WatchedSidecar watching = WatchedSidecar.start(
                        lab, api, Map.of("STATEHUB_API_URL", "http://127.0.0.1:" + listener.port()))) {
            watching.awaitSteady();

            // What drains takes no new connections.
            listener.refuse();

            watching.until(() -> assertThat(watching.health("ready")).isEqualTo(503));
            assertThat(watching.health("live")).isEqualTo(200);
            assertThat(watching.process().isRunning()).isTrue();
            SidecarProcess.Exit exit = watching.process().terminate();
            assertThat(exit.code()).as(watching.process().output()).isIn(0, 143);
        }
    }
}
