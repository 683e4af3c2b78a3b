package dev.jcompose.runtime.container;

import org.jspecify.annotations.Nullable;

/**
 * Who a process runs as, as a Compose file or an image says it: {@code user[:group]}, each a name or a number.
 *
 * @param user a name of the image's {@code /etc/passwd} or a number 0 to 2147483647
 * @param group a name of the image's {@code /etc/group} or a number; null for the user's own
 */
public record UserSpec(String user, @Nullable String group) {

    /** {@code 0}, with the groups that the image gives root. */
    public static final UserSpec ROOT = new UserSpec("0", null);

    public UserSpec {
        requireName("user", user);
        if (group != null) {
            requireName("group", group);
        }
    }

    /**
     * Parses {@code user[:group]}; the empty string is root.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public static UserSpec parse(String spec) {
        if (spec.isEmpty()) {
            return ROOT;
        }
        int colon = spec.indexOf(':');
        return colon < 0 ? new UserSpec(spec, null) : new UserSpec(spec.substring(0, colon), spec.substring(colon + 1));
    }

    private static void requireName(String what, String name) {
        if (name.isEmpty() || name.chars().anyMatch(c -> c == ':' || c == '/' || c <= ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("\"" + name + "\" is not a " + what + " name or number");
        }
    }

    @Override
    public String toString() {
        return group == null ? user : user + ":" + group;
    }
}
