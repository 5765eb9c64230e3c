package io.statehub.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statehub.sidecar.assessment.DatabasePolicy;
import io.statehub.sidecar.observation.ShortText;
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertersTest {

    private static void rejects(Converter<?> converter, String text, String allowed) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(RejectedValueException.class)
                .hasMessage("'" + ShortText.of(text) + "' is not allowed: it must be " + allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1s", "0s", "0", "0ms", "25h", "1s2", "1e3", "PT-1S", "99999999999d"})
    void aDurationThatIsNoneOrOutOfRangeIsRejected(String text) {
        rejects(new Converters.PositiveDuration(), text, "a duration from 1ms to 24h, such as 500ms, 5s or 2m");
    }

    @Test
    void durationsFromAMillisecondToADayAreAllowed() {
        Converters.PositiveDuration converter = new Converters.PositiveDuration();

        assertThat(converter.convert("1ms")).isEqualTo(Duration.ofMillis(1));
        assertThat(converter.convert("24h")).isEqualTo(Duration.ofDays(1));
        assertThat(converter.convert("PT1.5S")).isEqualTo(Duration.ofMillis(1500));
        assertThat(converter.convert(" 2m ")).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void aDurationWithoutAUnitIsInSeconds() {
        assertThat(new Converters.PositiveDuration().convert("5")).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "0", "-3", "1001", "2.5", "99999999999"})
    void aCountThatIsNoneOrOutOfRangeIsRejected(String text) {
        rejects(new Converters.Count(), text, "a whole number from 1 to 1000");
    }

    @Test
    void countsFromOneToAThousandAreAllowed() {
        assertThat(new Converters.Count().convert("1")).isEqualTo(1);
        assertThat(new Converters.Count().convert("1000")).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "big", "0", "-1", "16 M", "16MB", "1.5G", "99999999999999999999", "9999999Y"})
    void aSizeThatIsNoneOrNotAboveZeroIsRejected(String text) {
        rejects(new Converters.ByteSize(), text, "a size above 0, such as 65536, 64K, 16M or 1G (powers of 1024)");
    }

    @Test
    void sizesHaveUnitsOfPowersOf1024() {
        assertThat(new Converters.ByteSize().convert("64K")).isEqualTo(65_536);
        assertThat(new Converters.ByteSize().convert("1")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ok", "99", "600", "2xx", "-200"})
    void aStatusThatHttpDoesNotHaveIsRejected(String text) {
        rejects(
                new Converters.HttpStatus(),
                text,
                "HTTP statuses from 100 to 599 with commas between, such as 200,204");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:8000",
                "ftp://localhost",
                "http://",
                "http:///path",
                "http://localhost:99999",
                "http://localhost:0",
                "http://localhost/state",
                "http://localhost:8000/?q",
                "http://localhost#top",
                "http://local host"
            })
    void anApiUrlWithMoreOrLessThanSchemeHostAndPortIsRejected(String text) {
        rejects(new Converters.HttpUrl(), text, "http://host:port or https://host:port, with no path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "https://[::1]:8443", "http://api.example:1/", "http://10.0.0.1:65535"})
    void anApiUrlOfSchemeHostAndPortIsAllowed(String text) {
        assertThat(new Converters.HttpUrl().convert(text)).isEqualTo(URI.create(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "state/health", "http://localhost/health", "//host/health", "/a b", "/%zz"})
    void aPathThatIsNoneIsRejected(String text) {
        rejects(new Converters.UrlPath(), text, "a path that begins with a slash, such as /state/health");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "postgres://host/db", "jdbc:postgresql://host:5432", "jdbc:postgresql://h/db?ssl=true"})
    void aJdbcUrlOfAnotherFormIsRejected(String text) {
        rejects(
                new Converters.JdbcUrl(),
                text,
                "jdbc:postgresql://host:port/database with no parameters, which are settings of their own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pg-1", "pg-1=", "=host", "pg-1=host:0"})
    void aMemberOfAnotherFormIsRejected(String text) {
        rejects(
                new Converters.Member(),
                text,
                "name=host:port with commas between, such as pg-1=10.0.0.1:5432,pg-2=10.0.0.2:5432");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "0", "of", "true false"})
    void aFlagThatIsNeitherTrueNorFalseIsRejected(String text) {
        rejects(new Converters.Flag(), text, "true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "99", "100001", "-100", "1e3"})
    void aHistoryTooShortToOutlastAnOutageOrTooLongIsRejected(String text) {
        rejects(new Converters.History(), text, "a whole number from 100 to 100000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Sidecar", "1a", "a-b", "a.b", "a;b", "a\"b", "äb"})
    void aSchemaThatSqlWouldNotTakeAsItIsWrittenIsRejected(String text) {
        rejects(
                new NameConverters.Identifier(),
                text,
                "a lower-case SQL identifier of at most 63 letters, digits and underscores, such as statehub_sidecar");
    }

    @Test
    void aSchemaAsLongAsANameMayBeIsAllowedAndALongerOneIsNot() {
        assertThat(new NameConverters.Identifier().convert("a".repeat(63))).hasSize(63);
        assertThatThrownBy(() -> new NameConverters.Identifier().convert("a".repeat(64)))
                .hasMessageContaining("at most 63");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "ä", "a'b"})
    void aWriterThatNoHostIsCalledIsRejected(String text) {
        rejects(new NameConverters.WriterName(), text, "at most 253 letters, digits, dots, hyphens and underscores");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\nb"})
    void aRoleThatCouldEndItsQuotesOrItsLineIsRejected(String text) {
        rejects(new NameConverters.RoleName(), text, "the name of a role, at most 63 characters without quotes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "statehub?sslmode=disable",
                "statehub?socketFactory=java.lang.String",
                "state&hub",
                "state%3Fhub",
                "state/hub",
                "state hub",
                "state;hub",
                "state#hub",
                "state\\hub",
                "state\nhub",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void aDatabaseThatCouldBeReadAsMoreThanANameIsRejected(String text) {
        rejects(new NameConverters.Database(), text, DatabaseName.ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"statehub", "state-hub_1", "Größe", "a.b$c@d+e"})
    void aDatabaseIsTakenByItsName(String text) {
        assertThat(new NameConverters.Database().convert(text)).isEqualTo(text);
    }

    @Test
    void aRejectedValueIsShownInPartAndOnOneLine() {
        assertThatThrownBy(() -> new Converters.Count().convert("1\n" + "2".repeat(10_000)))
                .isInstanceOf(RejectedValueException.class)
                .satisfies(rejected -> assertThat(String.valueOf(rejected.getMessage()))
                        .hasSizeLessThan(200)
                        .doesNotContain("\n")
                        .contains("…' is not allowed"));
    }

    @Test
    void aPathWithAByteThatNoFileHasIsRejected() {
        rejects(new Converters.FilePath(), "a\0b", "the path of a file or folder");
    }

    @Test
    void anEmptyFileOrTextIsNone() {
        assertThat(new Converters.FilePath().convert("")).isNull();
        assertThat(new Converters.Text().convert("")).isNull();
        assertThat(new NameConverters.WriterName().convert("")).isNull();
        assertThat(new NameConverters.RoleName().convert("")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "on", "verify full", "verifyfull"})
    void anSslModeThatTheDriverDoesNotHaveIsRejected(String text) {
        rejects(
                new ChoiceConverters.SslModeName(),
                text,
                "one of disable, allow, prefer, require, verify-ca, verify-full");
    }

    @ParameterizedTest
    @EnumSource(SslMode.class)
    void everySslModeIsReadAsTheDriverWritesIt(SslMode mode) {
        assertThat(new ChoiceConverters.SslModeName().convert(mode.parameter())).isEqualTo(mode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "never", "strict,ignore"})
    void aPolicyThatDoesNotExistIsRejected(String text) {
        rejects(new ChoiceConverters.DatabasePolicyName(), text, "one of strict, degrade, ignore");
    }

    @Test
    void aPolicyIsReadInAnyCase() {
        assertThat(new ChoiceConverters.DatabasePolicyName().convert(" Ignore "))
                .isEqualTo(DatabasePolicy.IGNORE);
    }

    @Test
    void anApiUrlWithALoginIsRejected() {
        assertThatThrownBy(() -> new Converters.HttpUrl().convert("http://user@localhost"))
                .hasMessageStartingWith("'http://***@localhost' is not allowed");
    }

    @Test
    void aSecretInARejectedUrlIsNotRepeated() {
        assertThatThrownBy(() -> new Converters.JdbcUrl()
                        .convert("jdbc:postgresql://me:s3cret@db:5432/x?user=me&password=s3cret&sslmode=require"))
                .hasMessageContaining("//***@db:5432/x?user=me&password=***&sslmode=require")
                .hasMessageNotContaining("s3cret");
    }
}
