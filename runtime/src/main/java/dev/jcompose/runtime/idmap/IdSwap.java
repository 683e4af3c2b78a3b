package dev.jcompose.runtime.idmap;

import java.util.ArrayList;
import java.util.List;

/**
 * Two ids that appear as each other; all others are as they are.
 *
 * @param host on the file system
 * @param container in the container
 */
public record IdSwap(int host, int container) {
    /** One more than the highest id: {@code (uid_t) -1} is none. */
    private static final long END = 0xffffffffL;

    public IdSwap {
        if (host < 0 || container < 0) {
            throw new IllegalArgumentException("ids " + host + " and " + container + " are not both positive");
        }
    }

    /** The text for {@code /proc/PID/uid_map} or {@code gid_map}, see user_namespaces(7). */
    public String map() {
        if (host == container) {
            return line(0, 0, END);
        }
        long low = Math.min(host, container);
        long high = Math.max(host, container);
        List<String> lines = new ArrayList<>();
        add(lines, 0, low);
        lines.add(line(low, high, 1));
        add(lines, low + 1, high);
        lines.add(line(high, low, 1));
        add(lines, high + 1, END);
        return String.join("", lines);
    }

    private static void add(List<String> lines, long from, long to) {
        if (from < to) {
            lines.add(line(from, from, to - from));
        }
    }

    private static String line(long inside, long outside, long count) {
        return inside + " " + outside + " " + count + "\n";
    }
}
