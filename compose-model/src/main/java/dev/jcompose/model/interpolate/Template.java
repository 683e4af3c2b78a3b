package dev.jcompose.model.interpolate;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Text with variables: {@code $NAME}, {@code ${NAME}} and {@code ${NAME<operator>operand}} with the operators {@code :-
 * - :+ + :? ?}. The operand may contain variables again, and is looked at only if it is needed. {@code $$} is a dollar;
 * a dollar that no name or brace follows stays.
 *
 * @see <a href="https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md">Interpolation</a>
 */
public final class Template {
    private static final int MAX_NESTING = 100;

    /** The kernel takes no argument or variable longer than 128 KiB (execve(2)); contents of configs may be longer. */
    private static final int MAX_GROWTH = 1 << 20;

    /** There is no result; the message says why, but not where. */
    public abstract static class TemplateException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private TemplateException(String message) {
            super(message);
        }
    }

    /** The text is not a valid template; the message is the part that is not. */
    public static final class InvalidTemplateException extends TemplateException {
        private static final long serialVersionUID = 1;

        InvalidTemplateException(String text) {
            super(text);
        }
    }

    /** A variable that must be set is not. */
    public static final class MissingVariableException extends TemplateException {
        private static final long serialVersionUID = 1;

        MissingVariableException(String name, String message) {
            super("required variable " + name + " is missing a value" + (message.isEmpty() ? "" : ": " + message));
        }
    }

    /** The values of variables make the text too long; a few lines that each use the one before twice would do. */
    public static final class OverlongException extends TemplateException {
        private static final long serialVersionUID = 1;

        OverlongException() {
            super("with the values of its variables it is longer than " + MAX_GROWTH + " characters");
        }
    }

    private final Variables variables;
    private final Consumer<String> unset;

    /**
     * @param variables the values
     * @param unset is told the name of each variable that is not set and for which the template has no answer
     */
    public Template(Variables variables, Consumer<String> unset) {
        this.variables = variables;
        this.unset = unset;
    }

    /**
     * The text with all variables replaced.
     *
     * @throws InvalidTemplateException if a brace is not closed or a name is not valid
     * @throws MissingVariableException if a variable with {@code ?} has no value
     * @throws OverlongException if the result is more than 2^20 characters longer than the text
     */
    public String substitute(String text) {
        return substitute(text, 0);
    }

    private String substitute(String text, int nesting) {
        int dollar = text.indexOf('$');
        if (dollar < 0) {
            return text;
        }
        if (nesting > MAX_NESTING) {
            throw new InvalidTemplateException(text);
        }
        StringBuilder result = new StringBuilder(text.length() + 16);
        int at = 0;
        while (dollar >= 0) {
            result.append(text, at, dollar);
            char next = dollar + 1 < text.length() ? text.charAt(dollar + 1) : ' ';
            if (next == '$') {
                result.append('$');
                at = dollar + 2;
            } else if (next == '{') {
                int close = closingBrace(text, dollar + 2);
                if (close < 0) {
                    throw new InvalidTemplateException(text.substring(dollar));
                }
                result.append(braced(text.substring(dollar + 2, close), text.substring(dollar, close + 1), nesting));
                at = close + 1;
            } else if (isNameStart(next)) {
                int end = nameEnd(text, dollar + 1);
                result.append(value(text.substring(dollar + 1, end)));
                at = end;
            } else {
                result.append('$');
                at = dollar + 1;
            }
            if (result.length() - text.length() > MAX_GROWTH) {
                throw new OverlongException();
            }
            dollar = text.indexOf('$', at);
        }
        return result.append(text, at, text.length()).toString();
    }

    /** The name in front of an expression such as {@code NAME:-x}; what follows is its operator, if any. */
    static int nameEnd(String text, int start) {
        int end = start;
        while (end < text.length() && (isNameStart(text.charAt(end)) || (end > start && isDigit(text.charAt(end))))) {
            end++;
        }
        return end;
    }

    /** The index of the brace that closes the one before {@code start}, counting nested ones; -1 if there is none. */
    static int closingBrace(String text, int start) {
        int open = 1;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) == '{') {
                open++;
            } else if (text.charAt(i) == '}' && --open == 0) {
                return i;
            }
        }
        return -1;
    }

    private String braced(String expression, String whole, int nesting) {
        int end = nameEnd(expression, 0);
        if (end == 0) {
            throw new InvalidTemplateException(whole);
        }
        String name = expression.substring(0, end);
        if (end == expression.length()) {
            return value(name);
        }
        boolean colon = expression.charAt(end) == ':';
        int operatorAt = colon ? end + 1 : end;
        char operator = operatorAt < expression.length() ? expression.charAt(operatorAt) : ' ';
        String operand = expression.substring(Math.min(operatorAt + 1, expression.length()));
        String value = variables.get(name);
        boolean present = value != null && !(colon && value.isEmpty());
        return switch (operator) {
            case '-' -> present && value != null ? value : substitute(operand, nesting + 1);
            case '+' -> present ? substitute(operand, nesting + 1) : value == null ? "" : value;
            case '?' -> {
                if (present && value != null) {
                    yield value;
                }
                throw new MissingVariableException(name, substitute(operand, nesting + 1));
            }
            default -> throw new InvalidTemplateException(whole);
        };
    }

    private String value(String name) {
        @Nullable String value = variables.get(name);
        if (value == null) {
            unset.accept(name);
            return "";
        }
        return value;
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
