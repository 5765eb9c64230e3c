package io.statehub.sidecar.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Where failovers are remembered across a restart of the sidecar. */
public interface JournalSettings {

    /** Directory for this sidecar alone; made if its parent exists. In memory only if not set. */
    @WithConverter(Converters.FilePath.class)
    Optional<Path> directory();

    /** Size of all its files, of which no more than 64M are used; the oldest entries are left out. */
    @WithDefault("16M")
    @WithConverter(Converters.ByteSize.class)
    Long maxSize();
}
