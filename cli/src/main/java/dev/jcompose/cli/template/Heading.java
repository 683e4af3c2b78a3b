package dev.jcompose.cli.template;

import java.util.Locale;
import java.util.Map;

/**
 * What stands for a value in the first line of a table: the name of what is below, as Docker writes it.
 *
 * @param text in capitals; empty for the whole object
 * @param special headings by field that are not just the field's name
 */
record Heading(String text, Map<String, String> special) {
    /** Of Docker's fields. */
    private static final Map<String, String> USUAL = Map.of(
            "BlockIO", "BLOCK I/O",
            "CPUPerc", "CPU %",
            "CreatedSince", "CREATED",
            "MemPerc", "MEM %",
            "MemUsage", "MEM USAGE / LIMIT",
            "NetIO", "NET I/O",
            "RunningFor", "CREATED");

    /** Over the column of a field. */
    Heading member(String field) {
        String own = special.getOrDefault(field, USUAL.get(field));
        String heading =
                own == null ? field.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toUpperCase(Locale.ROOT) : own;
        return new Heading(text.isEmpty() ? heading : text + "." + heading, Map.of());
    }

    /** Over the column of a label: the last part of its name. */
    Heading ofLabel(String label) {
        return new Heading(label.substring(label.lastIndexOf('.') + 1).replaceAll("[-_]", " "), Map.of());
    }

    @Override
    public String toString() {
        return text;
    }
}
