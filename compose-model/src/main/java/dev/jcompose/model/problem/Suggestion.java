package dev.jcompose.model.problem;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what was probably meant. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code did you mean "healthcheck"?} for the nearest candidate; null if none is near. */
    public static @Nullable String of(String wrong, Collection<String> candidates) {
        String folded = fold(wrong);
        String best = null;
        // Of two names of one letter each one is not the other with a slip.
        int least = folded.length() == 1 ? 1 : Math.max(1, folded.length() / 3) + 1;
        for (String candidate : candidates) {
            int distance = distance(folded, fold(candidate), least);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best == null ? null : "did you mean \"" + best + "\"?";
    }

    /**
     * {@code (did you mean "healthcheck"?)} with a blank before it, for the end of a message; empty if none is near.
     */
    public static String hint(String wrong, Collection<String> candidates) {
        String suggestion = of(wrong, candidates);
        return suggestion == null ? "" : " (" + suggestion + ")";
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Insertions, deletions, changes and swaps of neighbours that make one text of the other. */
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                boolean equal = a.charAt(i - 1) == b.charAt(j - 1);
                int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
                least = Math.min(least, cost[i - 1][j - 1] + (equal ? 0 : 1));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = least;
            }
        }
        return cost[a.length()][b.length()];
    }
}
