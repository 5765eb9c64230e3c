package io.statehub.sidecar.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** What the status page leads to. */
public interface PageSettings {

    /** Address of the directory with the runbooks. */
    @WithDefault("https://github.com/example/state-hub-sidecar/blob/main/docs/runbooks/")
    @WithConverter(Converters.DirectoryUrl.class)
    String runbooksUrl();
}
