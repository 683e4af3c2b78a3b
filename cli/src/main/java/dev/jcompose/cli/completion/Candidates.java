package dev.jcompose.cli.completion;

import java.util.Map;
import java.util.TreeMap;

/**
 * What may stand at the place of the last word.
 *
 * @param words with a few words of explanation, or empty texts
 * @param files whether names of files are as good
 */
public record Candidates(Map<String, String> words, boolean files) {
    /** Nothing is known. */
    public static final Candidates NONE = new Candidates(Map.of(), false);
    /** Names of files. */
    public static final Candidates FILES = new Candidates(Map.of(), true);

    public Candidates {
        words = Map.copyOf(words);
    }

    /** The answer to a shell: a line for each word that begins as typed, and one that says {@code :files} if so. */
    public String answer(String typed) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(words).forEach((word, explanation) -> {
            if (word.startsWith(typed)) {
                text.append(word)
                        .append(explanation.isEmpty() ? "" : "\t" + explanation)
                        .append('\n');
            }
        });
        return text.append(files ? ":files\n" : "").toString();
    }
}
