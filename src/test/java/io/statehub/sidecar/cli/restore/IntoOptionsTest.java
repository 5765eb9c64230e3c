package io.statehub.sidecar.cli.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class IntoOptionsTest {

    private static final String URL = "jdbc:postgresql://other:5432/trial";

    @Command
    static final class Typed {

        @Mixin
        private IntoOptions into = new IntoOptions();
    }

    private static IntoOptions typed(String... arguments) {
        Typed typed = new Typed();
        new CommandLine(typed).parseArgs(arguments);
        return typed.into;
    }

    @Test
    void aUrlOfOneHostNamesTheDatabase() {
        assertThat(typed("--into", URL).url().orElseThrow().database()).isEqualTo("trial");
        assertThat(typed("--into", URL, "--username", "owner").url()).isPresent();
        assertThat(typed().url()).as("a temporary server then").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state-hub-restore",
                "jdbc:postgresql://one:5432,two:5432/trial",
                "jdbc:postgresql://one:5432/",
                "jdbc:postgresql://one:5432/trial?user=x"
            })
    void anythingElseIsRefusedWithWhatIsAllowed(String into) {
        assertThatThrownBy(() -> typed("--into", into).url())
                .hasMessage("--into: '" + into + "' is not allowed: it must be jdbc:postgresql://host:port/database"
                        + " with one host and no parameters");
    }

    @Test
    void aRoleWithoutADatabaseAndAPasswordWithoutARoleAreRefused() {
        assertThatThrownBy(() -> typed("--username", "owner").url())
                .hasMessage("--username, --password-file: need --into, the database to log in to");
        assertThatThrownBy(() -> typed("--into", URL, "--password-file", "x").url())
                .hasMessage("--password-file: needs --username, whose password it holds");
    }

    @Test
    void onKubernetesItIsANamespace() {
        assertThat(typed().namespace()).isEqualTo("state-hub-restore");
        assertThat(typed("--into", "a".repeat(63)).namespace()).hasSize(63);
        assertThatThrownBy(() -> typed("--into", "a".repeat(64)).namespace())
                .hasMessageContaining("with --cnpg it must be the name of a namespace");
        assertThatThrownBy(() -> typed("--into", URL).namespace()).hasMessageStartingWith("--into: '" + URL + "'");
        assertThatThrownBy(() -> typed("--username", "owner").namespace())
                .hasMessage("--username, --password-file: are not for --cnpg, where the operator makes the role");
    }
}
