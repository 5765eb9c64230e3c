package io.statehub.sidecar.observation.kubernetes;

/**
 * One condition of an object.
 *
 * @param type its name, such as {@code Ready}
 * @param reason why it is so, in a word; may be empty
 * @param message why it is so, for people; may be empty
 */
public record Condition(String type, ConditionStatus status, String reason, String message) {

    /** As people read it. */
    public String described() {
        String why = reason.isEmpty() ? message : message.isEmpty() ? reason : reason + ": " + message;
        return type + " is " + status + (why.isEmpty() ? "" : " (" + why + ")");
    }
}
