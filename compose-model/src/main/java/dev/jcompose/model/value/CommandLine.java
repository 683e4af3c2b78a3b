package dev.jcompose.model.value;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command written as one string. Quotes and backslashes work as in a shell, nothing else does: no variables,
 * no patterns, no comments; and from an unquoted {@code ; & | < >} on, the text is dropped, as the reference does.
 */
public final class CommandLine {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int end;

    private CommandLine(String text) {
        this.text = text;
    }

    /**
     * The words.
     *
     * @throws IllegalArgumentException if a quote is not closed
     */
    public static List<String> split(String text) {
        return new CommandLine(text).split();
    }

    /**
     * What stands from an unquoted shell operator on, which no word is made of; empty if nothing.
     *
     * @throws IllegalArgumentException if a quote is not closed
     */
    public static String rest(String text) {
        CommandLine line = new CommandLine(text);
        line.split();
        return text.substring(line.end);
    }

    private List<String> split() {
        end = text.length();
        boolean escaped = false;
        boolean single = false;
        boolean doubled = false;
        boolean back = false;
        int parentheses = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped) {
                add(c);
                escaped = false;
                continue;
            }
            if (c == '\\' && !single) {
                escaped = true;
                continue;
            }
            boolean quoted = single || doubled || back || parentheses > 0;
            if (!quoted && (c == ' ' || c == '\t' || c == '\r' || c == '\n')) {
                end();
            } else if (c == '`' && !single && !doubled && parentheses == 0) {
                back = !back;
                add(c);
            } else if (c == '(' && !single && !doubled && !back) {
                if (parentheses == 0 && !(word.length() > 0 && word.charAt(word.length() - 1) == '$')) {
                    throw invalid();
                }
                parentheses++;
                add(c);
            } else if (c == ')' && !single && !doubled && !back) {
                parentheses--;
                add(c);
            } else if (c == '"' && !single && !back && parentheses == 0) {
                doubled = !doubled;
                inWord = true;
            } else if (c == '\'' && !doubled && !back && parentheses == 0) {
                single = !single;
                inWord = true;
            } else if (!quoted && ";&|<>".indexOf(c) >= 0) {
                if (c == '>' && inWord && word.length() > 0 && Character.isDigit(word.charAt(0))) {
                    inWord = false; // 2>file: the number belongs to the operator
                }
                end();
                end = i;
                return words;
            } else {
                add(c);
            }
        }
        if (escaped || single || doubled || back || parentheses != 0) {
            throw invalid();
        }
        end();
        return words;
    }

    private void add(char c) {
        word.append(c);
        inWord = true;
    }

    private void end() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException("invalid command line string");
    }
}
