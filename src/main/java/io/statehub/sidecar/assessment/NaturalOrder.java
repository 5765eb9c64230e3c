package io.statehub.sidecar.assessment;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Names as people count them: {@code pg-2} before {@code pg-10}. */
public enum NaturalOrder implements Comparator<String> {
    INSTANCE;

    private static final Pattern PART = Pattern.compile("\\d+|\\D+");

    @Override
    public int compare(String one, String other) {
        List<String> ones = parts(one);
        List<String> others = parts(other);
        for (int i = 0; i < Math.min(ones.size(), others.size()); i++) {
            int order = part(ones.get(i), others.get(i));
            if (order != 0) {
                return order;
            }
        }
        int length = Integer.compare(ones.size(), others.size());
        return length != 0 ? length : one.compareTo(other);
    }

    private static List<String> parts(String name) {
        return PART.matcher(name).results().map(MatchResult::group).toList();
    }

    private static int part(String one, String other) {
        boolean figures = Character.isDigit(one.charAt(0)) && Character.isDigit(other.charAt(0));
        return figures ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other);
    }
}
