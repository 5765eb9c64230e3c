package io.statehub.sidecar.exposure.http;

import io.statehub.sidecar.snapshot.AgentSnapshot;
import java.util.function.Function;

/**
 * What an endpoint answers, made of one snapshot.
 *
 * @param key the same for whatever has the same content
 * @param contentType with its charset
 * @param content makes it; called on a thread that may take its time
 */
public record Document(String key, String contentType, Function<AgentSnapshot, byte[]> content) {}
