package dev.jcompose.images.build.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Splits at space outside quotes; quotes and escapes stay as they are. */
final class WordSplitter {
    private WordSplitter() {}

    /** @param offset of its first character in the text */
    record Part(String text, int offset) {}

    static List<Part> split(String text, char escape) {
        List<Part> parts = new ArrayList<>();
        int start = -1;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean space = c == ' ' || c == '\t';
            if (start < 0 && !space) {
                start = i;
            }
            if (start < 0) {
                continue;
            }
            if (c == escape && quote != '\'') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (space) {
                parts.add(new Part(text.substring(start, i), start));
                start = -1;
            }
        }
        if (start >= 0) {
            parts.add(new Part(text.substring(start), start));
        }
        return parts;
    }
}
