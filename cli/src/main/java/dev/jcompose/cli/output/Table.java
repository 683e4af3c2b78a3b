package dev.jcompose.cli.output;

import java.util.ArrayList;
import java.util.List;

/** A table of text: columns as wide as their widest cell and three blanks, but not narrower than a minimum. */
public final class Table {
    private static final int GAP = 3;

    private final int minimumWidth;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * With headings only.
     *
     * @param minimumWidth of every column but the last, with its gap
     */
    public Table(int minimumWidth, List<String> headings) {
        this.minimumWidth = minimumWidth;
        rows.add(List.copyOf(headings));
    }

    /** Adds a row with as many cells as there are headings. */
    public void row(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException("a row of %d cells in a table of %d columns"
                    .formatted(cells.size(), rows.get(0).size()));
        }
        rows.add(List.copyOf(cells));
    }

    /** The lines, each with its end. */
    @Override
    public String toString() {
        int last = rows.get(0).size() - 1;
        int[] widths = new int[last];
        for (int column = 0; column < last; column++) {
            widths[column] = minimumWidth;
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], width(row.get(column)) + GAP);
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int column = 0; column < last; column++) {
                text.append(row.get(column)).append(" ".repeat(widths[column] - width(row.get(column))));
            }
            text.append(row.get(last)).append('\n');
        }
        return text.toString();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
