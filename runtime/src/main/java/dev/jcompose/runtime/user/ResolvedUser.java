package dev.jcompose.runtime.user;

import java.util.List;

/**
 * Who a process runs as, in numbers.
 *
 * @param groups supplementary groups
 * @param home the home directory, {@code /} for a user without an account
 */
public record ResolvedUser(int uid, int gid, List<Integer> groups, String home) {
    public ResolvedUser {
        groups = List.copyOf(groups);
    }

    /** Whether it is root. */
    public boolean isRoot() {
        return uid == 0;
    }
}
