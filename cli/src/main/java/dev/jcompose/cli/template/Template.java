package dev.jcompose.cli.template;

import dev.jcompose.cli.output.Table;
import dev.jcompose.engine.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A template, as {@code --format} takes it: with {@code table} before it for columns that {@code \t} separates. */
public final class Template {
    private static final String TABLE = "table ";
    private static final int COLUMN_WIDTH = 10;

    private final boolean table;
    private final List<Node> nodes;

    /**
     * Parses one.
     *
     * @throws TemplateException naming the first mistake
     */
    public Template(String text) {
        this.table = text.startsWith(TABLE);
        this.nodes = Parser.parse(text, table ? TABLE.length() : 0);
    }

    /**
     * The lines for some objects.
     *
     * @param headings over the columns of fields, where that is not the field's name
     * @throws TemplateException if it does not fit the objects, because there is no such field for example
     */
    public String format(List<JsonObject> objects, Map<String, String> headings) {
        if (!table) {
            StringBuilder lines = new StringBuilder();
            objects.forEach(object -> lines.append(format(object)).append('\n'));
            return lines.toString();
        }
        List<String[]> rows = new ArrayList<>();
        rows.add(cells(new Heading("", headings)));
        objects.forEach(object -> rows.add(cells(object)));
        int columns = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
        Table lines = new Table(COLUMN_WIDTH, padded(rows.get(0), columns));
        rows.stream().skip(1).forEach(row -> lines.row(padded(row, columns)));
        return lines.toString();
    }

    private String[] cells(Object value) {
        return format(value).split("\t", -1);
    }

    /** A condition around a tab makes rows of different length. */
    private static List<String> padded(String[] cells, int columns) {
        List<String> padded = new ArrayList<>(List.of(cells));
        padded.addAll(Collections.nCopies(columns - cells.length, ""));
        return padded;
    }

    private String format(Object value) {
        StringBuilder text = new StringBuilder();
        Node.printAll(nodes, Scope.of(value), text);
        return text.toString();
    }
}
