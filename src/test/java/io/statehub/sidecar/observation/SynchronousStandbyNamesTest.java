package io.statehub.sidecar.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statehub.sidecar.observation.SynchronousStandbyNames.Method;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SynchronousStandbyNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\t\n"})
    void emptySettingWaitsForNobody(String text) {
        assertThat(SynchronousStandbyNames.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "m1                    | FIRST | 1 | m1",
                "m1, m2                | FIRST | 1 | m1;m2",
                "2 (m1, m2, m3)        | FIRST | 2 | m1;m2;m3",
                "FIRST 2 (m1,m2)       | FIRST | 2 | m1;m2",
                "first 1(m1)           | FIRST | 1 | m1",
                "ANY 1 (m1, m2)        | ANY   | 1 | m1;m2",
                "aNy 3 ( a,b , c,d )   | ANY   | 3 | a;b;c;d",
                "*                     | FIRST | 1 | *",
                "ANY 2 (*)             | ANY   | 2 | *",
                "anything, firstborn   | FIRST | 1 | anything;firstborn",
                "\"any\", \"first\"    | FIRST | 1 | any;first",
                "\"pg-1\", \"a \"\"b\" | FIRST | 1 | pg-1;a \"b",
                "\"with, comma\"       | FIRST | 1 | with, comma",
                "ANY 1 (\"*\")         | ANY   | 1 | *",
                "_a$1, 7               | FIRST | 1 | _a$1;7",
                "1                     | FIRST | 1 | 1",
                "1, 2                  | FIRST | 1 | 1;2",
                "2 (1, 2)              | FIRST | 2 | 1;2",
                "müller                | FIRST | 1 | müller"
            })
    void settingIsReadAsTheServerReadsIt(String text, Method method, int number, String names) {
        assertThat(SynchronousStandbyNames.parse(text))
                .contains(new SynchronousStandbyNames(method, number, List.of(names.split(";"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ANY 1",
                "ANY (m1)",
                "any",
                "m1 m2",
                "m1,",
                ",",
                "(m1)",
                "0 (m1)",
                "ANY 0 (m1)",
                "ANY 1 ()",
                "ANY 1 (m1",
                "\"m1",
                "m-1",
                "ANY 1 (m1) m2",
                "ANY 1 (any)",
                "ANY 99999999999 (m1)"
            })
    void whatNoServerWouldTakeIsRefused(String text) {
        assertThatThrownBy(() -> SynchronousStandbyNames.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesAreComparedWithoutCaseAndTheStarIsEverybody() {
        assertThat(SynchronousStandbyNames.parse("ANY 1 (M1)").orElseThrow().covers("m1"))
                .isTrue();
        assertThat(SynchronousStandbyNames.parse("ANY 1 (M1)").orElseThrow().covers("m2"))
                .isFalse();
        assertThat(SynchronousStandbyNames.parse("*").orElseThrow().covers("m2"))
                .isTrue();
    }
}
