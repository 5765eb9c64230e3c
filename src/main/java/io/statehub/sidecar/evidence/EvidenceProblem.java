package io.statehub.sidecar.evidence;

/**
 * What is wrong with evidence.
 *
 * @param item the id of the item, or the name of the file that is none
 * @param what what is wrong with it
 */
public record EvidenceProblem(String item, String what) {}
