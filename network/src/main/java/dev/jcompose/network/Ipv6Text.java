package dev.jcompose.network;

import java.util.StringJoiner;

/**
 * IPv6 addresses as people write them: the longest run of two or more zero groups is {@code ::}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5952">RFC 5952</a>
 */
final class Ipv6Text {
    private static final int GROUPS = 8;

    private Ipv6Text() {}

    static String of(long high, long low) {
        int start = -1;
        int longest = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && group(high, low, i + run) == 0) {
                run++;
            }
            if (run > longest) {
                longest = run;
                start = i;
            }
        }
        return start < 0
                ? join(high, low, 0, GROUPS)
                : join(high, low, 0, start) + "::" + join(high, low, start + longest, GROUPS);
    }

    private static String join(long high, long low, int from, int to) {
        StringJoiner text = new StringJoiner(":");
        for (int i = from; i < to; i++) {
            text.add(Integer.toHexString(group(high, low, i)));
        }
        return text.toString();
    }

    private static int group(long high, long low, int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> (16 * (3 - index % 4))) & 0xffff;
    }
}
