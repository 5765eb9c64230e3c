package io.statehub.sidecar.probe.api;

import io.statehub.sidecar.observation.FailureKind;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides whether an answer counts. Bodies are read as UTF-8, whatever they claim.
 *
 * @param page which page is asked for, for messages
 * @param expectedStatus the statuses that count
 * @param expectedBody text that a body must contain
 * @param maxBodyBytes bytes of a body that are read
 * @param json the reader of JSON bodies
 */
record AnswerRules(
        String page, Set<Integer> expectedStatus, Optional<String> expectedBody, int maxBodyBytes, JsonSyntax json) {

    /** Of a body that won't count anyway: enough to see the server's reason. */
    private static final int REASON_BYTES = 512;

    private static final int NO_CONTENT = 204;
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_CLIENT_ERROR = 400;

    boolean acceptsStatus(AnswerHead head) {
        return expectedStatus.contains(head.status());
    }

    /** Bytes of the body worth reading. */
    int bytesToRead(AnswerHead head) {
        return acceptsStatus(head) ? maxBodyBytes : Math.min(REASON_BYTES, maxBodyBytes);
    }

    /** Whether the head alone says that the body is too large to begin with. */
    boolean announcesTooMuch(AnswerHead head) {
        return acceptsStatus(head) && head.contentLength() > maxBodyBytes;
    }

    AnswerResult judge(Answer answer, Optional<BearerToken> secret) {
        AnswerHead head = answer.head();
        if (!acceptsStatus(head)) {
            return judgeStatus(head, answer.body(), secret);
        }
        if (answer.cut()) {
            String size = head.contentLength() > maxBodyBytes
                    ? "announces a body of " + head.contentLength() + " bytes"
                    : "sends a body of more than " + maxBodyBytes + " bytes";
            return AnswerResult.rejected(FailureKind.TOO_LARGE, page + " " + size + ", allowed " + maxBodyBytes);
        }
        return judgeBody(answer, secret);
    }

    /** Rejects a head whose status doesn't count, with what there is of its body. */
    AnswerResult judgeStatus(AnswerHead head, Buffer body, Optional<BearerToken> secret) {
        String measured = "%s answered %d, allowed %s".formatted(page, head.status(), allowed());
        if (head.status() >= FIRST_REDIRECT && head.status() < FIRST_CLIENT_ERROR) {
            String where = head.location().isEmpty()
                    ? "redirects without saying where"
                    : "redirects to " + ServerText.quote(head.location(), secret);
            return AnswerResult.rejected(FailureKind.REDIRECT, measured + "; " + where);
        }
        String reason = body.length() == 0 ? "" : "; body begins " + ServerText.quote(body, secret);
        return AnswerResult.rejected(FailureKind.BAD_STATUS, measured + reason);
    }

    private AnswerResult judgeBody(Answer answer, Optional<BearerToken> secret) {
        Buffer body = answer.body();
        Optional<String> fault = Optional.empty();
        if (answer.head().claimsJson() && answer.head().status() != NO_CONTENT) {
            fault = json.fault(body.getBytes());
        }
        if (fault.isEmpty() && expectedBody.isPresent()) {
            String wanted = expectedBody.get();
            if (!body.toString(StandardCharsets.UTF_8).contains(wanted)) {
                fault = Optional.of("lacks " + ServerText.quote(wanted, secret));
            }
        }
        return fault.map(what -> AnswerResult.rejected(
                        FailureKind.BAD_BODY,
                        "%s: body of %d bytes %s; it begins %s"
                                .formatted(page, body.length(), what, ServerText.quote(body, secret))))
                .orElseGet(() -> new AnswerResult.Accepted(answer.head().status()));
    }

    private String allowed() {
        return String.join(
                ", ",
                new TreeSet<>(expectedStatus).stream().map(String::valueOf).toList());
    }
}
