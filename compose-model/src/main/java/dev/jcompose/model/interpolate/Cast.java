package dev.jcompose.model.interpolate;

import java.util.Locale;
import java.util.function.Consumer;

/** Turns text into the type of its place. */
enum Cast {
    INTEGER {
        @Override
        Object apply(String text, Consumer<String> warnings) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("strconv.Atoi: parsing \"" + text + "\": invalid syntax", e);
            }
        }
    },
    NUMBER {
        @Override
        Object apply(String text, Consumer<String> warnings) {
            try {
                // Java also takes blanks around a number, and a letter for its type behind it.
                String last = text.isEmpty() ? "" : text.substring(text.length() - 1);
                boolean plain = text.strip().equals(text) && !"dDfF".contains(last);
                return Double.parseDouble(plain ? text : "-");
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("strconv.ParseFloat: parsing \"" + text + "\": invalid syntax", e);
            }
        }
    },
    BOOLEAN {
        @Override
        Object apply(String text, Consumer<String> warnings) {
            String lower = text.toLowerCase(Locale.ROOT);
            boolean value = switch (lower) {
                case "true", "y", "yes", "on" -> true;
                case "false", "n", "no", "off" -> false;
                default -> throw new IllegalArgumentException("invalid boolean: " + text);
            };
            if (!lower.equals(String.valueOf(value))) {
                warnings.accept(
                        "\"" + text + "\" for boolean is not supported by YAML 1.2, please use `" + value + "`");
            }
            return value;
        }
    };

    /**
     * The value.
     *
     * @param warnings is told if another spelling is better
     * @throws IllegalArgumentException if the text is not such a value
     */
    abstract Object apply(String text, Consumer<String> warnings);
}
