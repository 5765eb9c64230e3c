package io.statehub.sidecar.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.Version;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.postgresql.util.DriverInfo;

/**
 * Fixes that the platform doesn't bring yet: whoever changes the platform or a managed version must not lose one of
 * them.
 */
class SecurityFixesTest {

    /** 42.7.14 bounds the SCRAM iterations that a server may ask for (CVE-2026-42198). */
    @Test
    void driverBoundsTheWorkThatAServerMayAskForAtLogin() {
        assertThat(Runtime.Version.parse(DriverInfo.DRIVER_VERSION))
                .isGreaterThanOrEqualTo(Runtime.Version.parse("42.7.14"));
    }

    @Test
    void everyPartOfNettyHasTheFixesOf138() {
        Collection<Version> parts = Version.identify().values();

        assertThat(parts)
                .isNotEmpty()
                .allSatisfy(part -> assertThat(part.artifactVersion())
                        .as(part.artifactId())
                        .matches("4\\.1\\.(1[4-9]\\d|13[89])\\.Final"));
    }
}
