package io.statehub.sidecar.gate;

import io.statehub.sidecar.evidence.EvidenceItem;
import java.util.Optional;

/**
 * One thing that must have been shown.
 *
 * @param what it is, for people
 * @param evidence the newest that is about it; empty if there is none
 * @param missing why that is not enough; empty if it is
 */
public record Requirement(String what, Optional<EvidenceItem> evidence, Optional<String> missing) {}
