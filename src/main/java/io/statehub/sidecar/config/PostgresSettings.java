package io.statehub.sidecar.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The PostgreSQL cluster that is watched. */
public interface PostgresSettings {

    /** The write endpoint, as the API uses it. */
    @WithConverter(Converters.JdbcUrl.class)
    PostgresUrl url();

    /** The read endpoint, where there is one; for {@code verify access} alone. */
    @WithConverter(Converters.OptionalJdbcUrl.class)
    Optional<PostgresUrl> readUrl();

    /** Where the members come from: {@code static} takes those of {@code statehub.postgres.members}. */
    @WithDefault("static")
    @WithConverter(Converters.DiscoveryName.class)
    Discovery discovery();

    /** Every member under its own address, as {@code pg-1=host:5432,pg-2=host:5432}; the port may be left out. */
    Optional<List<@WithConverter(Converters.Member.class) MemberAddress>> members();

    /** The role to log in as; it needs {@code pg_monitor}. */
    @WithDefault("state_hub_sidecar")
    @WithConverter(Converters.Text.class)
    String username();

    /** Its password; a file is safer and can be rotated. */
    @WithConverter(Converters.Text.class)
    Optional<String> password();

    /** File with its password, read again for each new connection. */
    @WithConverter(Converters.FilePath.class)
    Optional<Path> passwordFile();

    /** How connections are protected, as in libpq. */
    @WithDefault("prefer")
    @WithConverter(Converters.SslModeName.class)
    SslMode sslmode();

    /** PEM file with the certificates to trust for {@code verify-ca} and {@code verify-full}. */
    @WithConverter(Converters.FilePath.class)
    Optional<Path> sslrootcert();

    /** The database on each member; that of the URL if not set. */
    @WithConverter(Converters.Text.class)
    Optional<String> database();

    /** The members that are set, in their order; none if they are discovered. */
    default List<MemberAddress> fixedMembers() {
        return discovery() == Discovery.STATIC ? members().orElse(List.of()) : List.of();
    }
}
