package io.statehub.sidecar.cli;

import io.quarkus.runtime.ImageMode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * What {@code --version} says; read from a file that the build writes, since nothing else is there before the start.
 */
final class Version implements IVersionProvider {

    private static final String RESOURCE = "/io/statehub/sidecar/version.properties";

    @Override
    public String[] getVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException(RESOURCE + " is not in this build");
            }
            build.load(in);
        }
        return new String[] {
            Sidecar.NAME + " " + build.getProperty("version"),
            (ImageMode.current().isNativeImage() ? "native executable, Java " : "JVM, Java ")
                    + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch")
        };
    }
}
