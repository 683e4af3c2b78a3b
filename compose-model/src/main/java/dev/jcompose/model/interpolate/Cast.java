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
                return Double.parseDouble(text.strip().equals(text) ? text : "-");
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
