package io.statehub.sidecar.probe.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.fuzz.Fuzz;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever an API answers is accepted or rejected, in a few harmless words. */
class AnswerFuzzTest {

    private static final int MOST_CHARACTERS = 1_000;
    private static final List<Integer> STATUSES = List.of(0, 100, 200, 204, 301, 302, 400, 404, 500, 503, 999);
    private static final List<String> TYPES =
            List.of("application/json", "text/json; charset=utf-8", "application/problem+json", "text/html", "");
    private static final List<String> BODIES = List.of(
            "{\"status\":\"ok\",\"entries\":42,\"latest\":\"2026-01-01T00:00:00Z\"}",
            "[1,2.5e300,-0,true,false,null,\"\\u0000\\ud800\",{\"a\":[[[[[]]]]]}]",
            "<html><body>\u202e\u001b[2J a proxy's page</body></html>",
            "");

    private final AnswerRules plain =
            new AnswerRules("/state/summary", Set.of(200), Optional.empty(), 1 << 20, new JsonSyntax());
    private final AnswerRules strict =
            new AnswerRules("/state/summary", Set.of(200, 204), Optional.of("\"ok\""), 64, new JsonSyntax());

    @Test
    void everyAnswerIsAcceptedOrRejectedInAFewHarmlessWords() {
        Fuzz.each("API answers", 5_000, input -> {
            byte[] body = input.changed(input.oneOf(BODIES).getBytes(StandardCharsets.UTF_8));
            AnswerHead head = new AnswerHead(
                    input.oneOf(STATUSES),
                    input.changed(input.oneOf(TYPES)),
                    input.changed("https://elsewhere.example/path"),
                    input.random().nextInt(4) - 1L);
            Answer answer = new Answer(head, Buffer.buffer(body), input.random().nextInt(8) == 0);
            AnswerResult result = (input.random().nextBoolean() ? plain : strict).judge(answer, Optional.empty());
            if (result instanceof AnswerResult.Rejected rejected) {
                String detail = rejected.fault().detail();
                assertThat(detail.length()).isLessThanOrEqualTo(MOST_CHARACTERS);
                assertThat(detail.codePoints())
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
                return false;
            }
            return true;
        });
    }
}
