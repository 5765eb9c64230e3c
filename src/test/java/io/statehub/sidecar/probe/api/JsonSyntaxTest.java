package io.statehub.sidecar.probe.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSyntaxTest {

    private final JsonSyntax json = new JsonSyntax();

    private Optional<String> fault(String text) {
        return json.fault(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "42",
                "-1.5e3",
                "true",
                "null",
                "\"text\"",
                " { \"a\" : [ 1 , { \"b\" : null } ] , \"c\" : \"\\u00e9\u00e9\" } \n",
                "{\"a\":1,\"a\":2}",
                "1e999999999"
            })
    void wellFormedTextsHaveNoFault(String text) {
        assertThat(fault(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "{",
                "[1,2",
                "{\"a\":1",
                "{\"a\"",
                "{\"a\":",
                "{\"a\" 1}",
                "{\"a\":1}}",
                "{} {}",
                "[1,]",
                "[1 2]",
                "{,}",
                "nul",
                "truefalse",
                "42 43",
                "1 x",
                "'text'",
                "\"text",
                "01",
                "<html></html>",
                "{\"a\":1} trailing"
            })
    void otherTextsAreNotWellFormed(String text) {
        assertThat(fault(text)).hasValueSatisfying(what -> assertThat(what).startsWith("is not well-formed JSON"));
    }

    @Test
    void theFaultHasAPosition() {
        assertThat(fault("{\"a\":\n  oops}")).hasValue("is not well-formed JSON at line 2, column 3");
    }

    @Test
    void anEmptyBodyIsNotJson() {
        assertThat(fault("")).hasValue("is empty");
    }

    @Test
    void theDepthOfADocumentHasABound() {
        String fine = "[".repeat(JsonSyntax.MAX_DEPTH) + "]".repeat(JsonSyntax.MAX_DEPTH);

        assertThat(fault(fine)).isEmpty();
        assertThat(fault("[" + fine + "]")).hasValue("is JSON nested deeper than 100 levels");
        assertThat(fault("[".repeat(1_000_000))).hasValue("is JSON nested deeper than 100 levels");
    }
}
