package io.statehub.sidecar.testing.benchmark;

import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.LabMain;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import io.statehub.sidecar.testing.lab.StandInApi;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/** One of the programs that are compared. */
interface Contestant {

    /** What the table calls it. */
    String name();

    /** A path that it answers with 200 as soon as it answers anything. */
    String firstPath();

    /** Starts it; it need not answer yet. */
    Running start() throws IOException;

    /** A process that was started. */
    interface Running extends AutoCloseable {

        long pid();

        int port();

        boolean isRunning();

        @Override
        void close();
    }

    /** The sidecar, from a jar or an executable, with its default settings. */
    record OfSidecar(String name, String executable, PostgresLab lab, StandInApi api) implements Contestant {

        @Override
        public String firstPath() {
            return "/q/health/live";
        }

        @Override
        public Running start() {
            System.setProperty("sidecar.executable", executable);
            SidecarProcess process = SidecarProcess.start(LabMain.environment(lab, api));
            return new Running() {
                @Override
                public long pid() {
                    return process.pid();
                }

                @Override
                public int port() {
                    return process.port();
                }

                @Override
                public boolean isRunning() {
                    return process.isRunning();
                }

                @Override
                public void close() {
                    process.close();
                }
            };
        }
    }

    /** Prometheus's exporter for PostgreSQL, with a data source for each member, as the role that the sidecar has. */
    record OfExporter(String program, PostgresLab lab) implements Contestant {

        @Override
        public String name() {
            return "postgres_exporter";
        }

        @Override
        public String firstPath() {
            return "/";
        }

        @Override
        public Running start() throws IOException {
            int port = FreePorts.next();
            // With these two it answers several data sources with an error, since each makes the same series.
            ProcessBuilder builder = new ProcessBuilder(
                    program,
                    "--web.listen-address=127.0.0.1:" + port,
                    "--log.level=error",
                    "--no-collector.bgwriter",
                    "--no-collector.database");
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(Map.of("DATA_SOURCE_NAME", dataSources()));
            Process process = builder.start();
            Thread atExit = new Thread(process::destroyForcibly, "exporter-cleanup");
            Runtime.getRuntime().addShutdownHook(atExit);
            return new Running() {
                @Override
                public long pid() {
                    return process.pid();
                }

                @Override
                public int port() {
                    return port;
                }

                @Override
                public boolean isRunning() {
                    return process.isAlive();
                }

                @Override
                public void close() {
                    process.destroyForcibly().onExit().join();
                    Runtime.getRuntime().removeShutdownHook(atExit);
                }
            };
        }

        private String dataSources() {
            return lab.members().stream()
                    .map(member -> "postgresql://%s:%s@%s/%s?sslmode=disable"
                            .formatted(
                                    LabRoles.SIDECAR, LabRoles.SIDECAR_PASSWORD, member.address(), LabRoles.DATABASE))
                    .collect(Collectors.joining(","));
        }
    }
}
