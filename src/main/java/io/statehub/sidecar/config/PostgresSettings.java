package io.statehub.sidecar.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    @WithConverter(ChoiceConverters.DiscoveryName.class)
    Discovery discovery();

    /** Every member under its own address, as {@code pg-1=host:5432,pg-2=host:5432}; the port may be left out. */
    Optional<List<@WithConverter(Converters.Member.class) MemberAddress>> members();

    /** The role to log in as; it needs {@code pg_monitor}. */
    @WithDefault("state_hub_sidecar")
    @WithConverter(NameConverters.RoleName.class)
    String username();

    /** Its password; a file is safer and can be rotated. */
    @WithConverter(Converters.Text.class)
    Optional<String> password();

    /** File with its password, read again for each new connection. */
    @WithConverter(Converters.FilePath.class)
    Optional<Path> passwordFile();

    /** How connections are protected, as in libpq. */
    @WithDefault("prefer")
    @WithConverter(ChoiceConverters.SslModeName.class)
    SslMode sslmode();

    /** PEM file with the certificates to trust for {@code verify-ca} and {@code verify-full}. */
    @WithConverter(Converters.FilePath.class)
    Optional<Path> sslrootcert();

    /**
     * What a server may ask us for to log in; if not set, whatever gives the password to nobody, and with
     * {@code verify-ca} and {@code verify-full}, which show who the server is, everything.
     */
    Optional<List<@WithConverter(ChoiceConverters.AuthMethodName.class) AuthMethod>> requireAuth();

    /** The database on each member; that of the URL if not set. */
    @WithConverter(NameConverters.Database.class)
    Optional<String> database();

    /** What a server may ask us for. */
    default Set<AuthMethod> allowedAuth() {
        boolean knowsServer = sslmode() == SslMode.VERIFY_CA || sslmode() == SslMode.VERIFY_FULL;
        return requireAuth()
                .<Set<AuthMethod>>map(EnumSet::copyOf)
                .orElse(knowsServer ? EnumSet.allOf(AuthMethod.class) : AuthMethod.SAFE);
    }

    /** The members that are set, in their order; none if they are discovered. */
    default List<MemberAddress> fixedMembers() {
        return discovery() == Discovery.STATIC ? members().orElse(List.of()) : List.of();
    }
}
