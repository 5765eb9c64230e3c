package io.statehub.sidecar.probe.api;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import jakarta.json.JsonException;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Tells whether bytes are one well-formed JSON text, by reading along: no tree is built. */
final class JsonSyntax {

    /** Deeper than any API nests for people or programs; a parser's own bookkeeping grows with depth. */
    static final int MAX_DEPTH = 100;

    private final JsonParserFactory parsers = JSON.createParserFactory(Map.of());

    /** What is wrong; empty if nothing is. */
    Optional<String> fault(byte[] text) {
        if (text.length == 0) {
            return Optional.of("is empty");
        }
        try (JsonParser parser = parsers.createParser(new ByteArrayInputStream(text))) {
            return readAlong(parser);
        } catch (JsonParsingException e) {
            return Optional.of("is not well-formed JSON" + position(e.getLocation()));
        } catch (JsonException | NoSuchElementException e) {
            return Optional.of("is not well-formed JSON");
        }
    }

    private static Optional<String> readAlong(JsonParser parser) {
        int depth = 0;
        do {
            depth += step(parser.next());
            if (depth > MAX_DEPTH) {
                return Optional.of("is JSON nested deeper than " + MAX_DEPTH + " levels");
            }
        } while (parser.hasNext());
        return depth == 0 ? Optional.empty() : Optional.of("is JSON that ends " + depth + " levels deep");
    }

    private static int step(JsonParser.Event event) {
        return switch (event) {
            case START_ARRAY, START_OBJECT -> 1;
            case END_ARRAY, END_OBJECT -> -1;
            case KEY_NAME, VALUE_STRING, VALUE_NUMBER, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> 0;
        };
    }

    /** Where the parser stopped, if it knows; its own message lists token names that help nobody. */
    private static String position(JsonLocation at) {
        return at.getLineNumber() < 1 || at.getColumnNumber() < 1
                ? ""
                : " at line " + at.getLineNumber() + ", column " + at.getColumnNumber();
    }
}
