package io.statehub.sidecar.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code synchronous_standby_names} says: for how many of which standbys a commit waits. Read by the rules of the
 * server's own scanner and grammar (PostgreSQL documentation, 20.6.1; {@code syncrep_scanner.l},
 * {@code syncrep_gram.y}).
 *
 * @param method how they are chosen among those that stream
 * @param number how many are waited for, from 1
 * @param names the standbys by {@code application_name}, in the order of their priority; {@code *} is any
 */
public record SynchronousStandbyNames(Method method, int number, List<String> names) {

    /** How the standbys are chosen that a commit waits for. */
    public enum Method {
        /** The first of the list that stream. */
        FIRST,
        /** Whichever answer first. */
        ANY
    }

    /** The name that stands for every standby. */
    public static final String ANY_STANDBY = "*";

    public SynchronousStandbyNames {
        names = List.copyOf(names);
    }

    /**
     * Reads the setting.
     *
     * @return empty if no commit waits
     * @throws IllegalArgumentException if the text is none that a server would take
     */
    public static Optional<SynchronousStandbyNames> parse(String text) {
        List<Token> tokens = new Scanner(text).tokens();
        return tokens.isEmpty() ? Optional.empty() : Optional.of(new Reader(tokens).configuration());
    }

    /** Whether a standby of this name is one of them; the server minds no case. */
    public boolean covers(String applicationName) {
        return names.stream().anyMatch(name -> name.equals(ANY_STANDBY) || name.equalsIgnoreCase(applicationName));
    }

    /** Whether every standby is one of them. */
    public boolean any() {
        return names.contains(ANY_STANDBY);
    }

    /** As the server's own way to write it, such as {@code ANY 1 (m1, m2)}. */
    @Override
    public String toString() {
        return method + " " + number + " (" + String.join(", ", names) + ")";
    }

    private enum Kind {
        NAME,
        NUMBER,
        FIRST,
        ANY,
        OPEN,
        CLOSE,
        COMMA
    }

    private record Token(Kind kind, String text) {}

    /** From characters to tokens. */
    private static final class Scanner {
        private static final String SPACE = " \t\n\r\f\u000b";
        private final String text;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        List<Token> tokens() {
            List<Token> tokens = new ArrayList<>();
            while (at < text.length()) {
                char next = text.charAt(at);
                if (SPACE.indexOf(next) >= 0) {
                    at++;
                } else {
                    tokens.add(token(next));
                }
            }
            return tokens;
        }

        private Token token(char next) {
            return switch (next) {
                case '(' -> symbol(Kind.OPEN);
                case ')' -> symbol(Kind.CLOSE);
                case ',' -> symbol(Kind.COMMA);
                case '*' -> symbol(Kind.NAME);
                case '"' -> new Token(Kind.NAME, quoted());
                default -> plain(next);
            };
        }

        private Token symbol(Kind kind) {
            return new Token(kind, text.substring(at, ++at));
        }

        /** Two quotation marks in a row stand for one. */
        private String quoted() {
            StringBuilder name = new StringBuilder();
            for (at++; at < text.length(); at++) {
                if (text.charAt(at) != '"') {
                    name.append(text.charAt(at));
                } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    name.append('"');
                    at++;
                } else {
                    at++;
                    return name.toString();
                }
            }
            throw new IllegalArgumentException("a quoted name has no end in: " + text);
        }

        private Token plain(char first) {
            int from = at;
            boolean number = isDigit(first);
            if (!number && !isLetter(first)) {
                throw new IllegalArgumentException("'" + first + "' begins no name in: " + text);
            }
            while (at < text.length() && (number ? isDigit(text.charAt(at)) : isInside(text.charAt(at)))) {
                at++;
            }
            String word = text.substring(from, at);
            return new Token(number ? Kind.NUMBER : keyword(word), word);
        }

        private static Kind keyword(String word) {
            return switch (word.toUpperCase(Locale.ROOT)) {
                case "FIRST" -> Kind.FIRST;
                case "ANY" -> Kind.ANY;
                default -> Kind.NAME;
            };
        }

        private static boolean isDigit(char character) {
            return character >= '0' && character <= '9';
        }

        /** Whatever is beyond ASCII counts as a letter. */
        private static boolean isLetter(char character) {
            return (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || character == '_'
                    || character > '\u007f';
        }

        private static boolean isInside(char character) {
            return isLetter(character) || isDigit(character) || character == '$';
        }
    }

    /** From tokens to what they say. */
    private static final class Reader {
        private final List<Token> tokens;
        private int at;

        Reader(List<Token> tokens) {
            this.tokens = tokens;
        }

        SynchronousStandbyNames configuration() {
            Kind first = tokens.get(0).kind();
            SynchronousStandbyNames read;
            if (first == Kind.FIRST || first == Kind.ANY) {
                at++;
                read = counted(first == Kind.ANY ? Method.ANY : Method.FIRST);
            } else if (first == Kind.NUMBER
                    && tokens.size() > 1
                    && tokens.get(1).kind() == Kind.OPEN) {
                read = counted(Method.FIRST);
            } else {
                read = new SynchronousStandbyNames(Method.FIRST, 1, list());
            }
            if (at < tokens.size()) {
                throw new IllegalArgumentException("'" + tokens.get(at).text() + "' comes after the end of the list");
            }
            return read;
        }

        private SynchronousStandbyNames counted(Method method) {
            int number = number(take(Kind.NUMBER).text());
            take(Kind.OPEN);
            List<String> names = list();
            take(Kind.CLOSE);
            return new SynchronousStandbyNames(method, number, names);
        }

        private static int number(String digits) {
            int number = Integer.parseInt(digits);
            if (number < 1) {
                throw new IllegalArgumentException("a commit can't wait for " + number + " standbys");
            }
            return number;
        }

        /** A number is a name too, where one is due. */
        private List<String> list() {
            List<String> names = new ArrayList<>();
            do {
                if (!names.isEmpty()) {
                    take(Kind.COMMA);
                }
                Token next = at < tokens.size() ? tokens.get(at) : new Token(Kind.CLOSE, "the end");
                if (next.kind() != Kind.NAME && next.kind() != Kind.NUMBER) {
                    throw new IllegalArgumentException("a name is due in place of " + next.text());
                }
                names.add(next.text());
                at++;
            } while (at < tokens.size() && tokens.get(at).kind() == Kind.COMMA);
            return names;
        }

        private Token take(Kind kind) {
            if (at >= tokens.size() || tokens.get(at).kind() != kind) {
                throw new IllegalArgumentException(kind + " is due in place of "
                        + (at < tokens.size() ? tokens.get(at).text() : "the end"));
            }
            return tokens.get(at++);
        }
    }
}
