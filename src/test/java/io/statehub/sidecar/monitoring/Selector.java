package io.statehub.sidecar.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One selector of an expression: a metric and what its labels must be. Labels that a scrape adds are left out.
 *
 * <p>This is no parser of PromQL, which promtool has: it finds each name with the matchers that follow it.
 */
record Selector(String metric, List<Condition> conditions) {

    /** What a scrape adds to the labels of a series. */
    static final Set<String> OF_THE_TARGET = Set.of("namespace", "cluster", "pod", "job", "instance");

    /** One matcher, such as {@code state!="up"}. */
    record Condition(String label, String operator, String value) {

        /** A label that isn't there counts as empty, as in Prometheus. */
        boolean holds(Map<String, String> labels) {
            String actual = labels.getOrDefault(label, "");
            return switch (operator) {
                case "=" -> actual.equals(value);
                case "!=" -> !actual.equals(value);
                case "=~" -> actual.matches(value);
                case "!~" -> !actual.matches(value);
                default -> throw new AssertionError(operator);
            };
        }
    }

    private static final Pattern NAME = Pattern.compile(
            "(?<![\\w:.\"$/])((?:[a-z]+:)?(?:statehub[:_]|jvm_|process_)[a-z0-9_:]*|ALERTS)(\\{[^{}]*})?");
    private static final Pattern CONDITION = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*(?:\"([^\"]*)\"|%q)");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|on|without|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");

    /** All selectors of an expression, or of what a template asks. */
    static List<Selector> in(String expression) {
        String text = expression.replace("\\\"", "\"");
        List<Selector> selectors = new ArrayList<>();
        Matcher name = NAME.matcher(text);
        while (name.find()) {
            String conditions = name.group(2) == null ? "" : name.group(2);
            selectors.add(new Selector(name.group(1), conditions(conditions)));
        }
        return selectors;
    }

    private static List<Condition> conditions(String text) {
        List<Condition> conditions = new ArrayList<>();
        Matcher condition = CONDITION.matcher(text);
        while (condition.find()) {
            boolean filledIn = condition.group(3) == null;
            if (!filledIn && !OF_THE_TARGET.contains(condition.group(1))) {
                conditions.add(new Condition(condition.group(1), condition.group(2), condition.group(3)));
            }
        }
        return conditions;
    }

    /** The labels that an expression groups or joins by. */
    static List<String> groupings(String expression) {
        return GROUPING.matcher(expression)
                .results()
                .flatMap(found -> Pattern.compile("\\s*,\\s*").splitAsStream(found.group(1)))
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .distinct()
                .toList();
    }

    /** Whether it is made by a rule, as the alerts themselves are. */
    boolean recorded() {
        return metric.contains(":") || metric.equals("ALERTS");
    }

    boolean selects(String name, Map<String, String> labels) {
        return metric.equals(name) && conditions.stream().allMatch(condition -> condition.holds(labels));
    }
}
