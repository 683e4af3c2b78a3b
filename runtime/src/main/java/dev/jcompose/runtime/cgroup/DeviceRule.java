package dev.jcompose.runtime.cgroup;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a container use some device nodes, or keeps it from them. What no rule names is refused. Of several rules that
 * match, the last counts.
 *
 * @param allow whether to allow or to refuse
 * @param type the kind of device
 * @param major the major number, or {@link #ANY}
 * @param minor the minor number, or {@link #ANY}
 * @param access letters of {@code r} (read), {@code w} (write), {@code m} (mknod)
 */
public record DeviceRule(boolean allow, Type type, int major, int minor, String access) {
    /** Stands for every number. */
    public static final int ANY = -1;

    /** Allows everything: a privileged container. */
    public static final DeviceRule EVERYTHING = new DeviceRule(true, Type.ALL, ANY, ANY, "rwm");

    /** null, zero, full, random, urandom, tty, console, and the pseudo-terminals. */
    public static final List<DeviceRule> DEFAULTS = List.of(
            character(1, 3),
            character(1, 5),
            character(1, 7),
            character(1, 8),
            character(1, 9),
            character(5, 0),
            character(5, 1),
            character(5, 2),
            character(136, ANY));

    private static final Pattern FORM = Pattern.compile("([abc]) (\\*|\\d+):(\\*|\\d+) ([rwm]{1,3})");

    /** Character devices, block devices, or both. */
    public enum Type {
        ALL('a'),
        CHARACTER('c'),
        BLOCK('b');

        private final char letter;

        Type(char letter) {
            this.letter = letter;
        }

        static Type of(String letter) {
            return switch (letter) {
                case "a" -> ALL;
                case "b" -> BLOCK;
                default -> CHARACTER;
            };
        }
    }

    public DeviceRule {
        if (major < ANY || minor < ANY) {
            throw new IllegalArgumentException("device number %d:%d is negative".formatted(major, minor));
        }
        if (!access.matches("[rwm]{1,3}") || access.chars().distinct().count() != access.length()) {
            throw new IllegalArgumentException("device access \"" + access + "\" is not made of r, w and m");
        }
    }

    private static DeviceRule character(int major, int minor) {
        return new DeviceRule(true, Type.CHARACTER, major, minor, "rwm");
    }

    /**
     * Reads an allowing rule in the kernel's form, which is also that of Compose's {@code device_cgroup_rules}:
     * {@code c 1:3 rwm}, with {@code *} for any number.
     *
     * @throws IllegalArgumentException if {@code rule} has another form
     */
    public static DeviceRule parse(String rule) {
        Matcher m = FORM.matcher(rule);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "device rule \"" + rule + "\" is not TYPE MAJOR:MINOR ACCESS, for example \"c 1:3 rwm\"");
        }
        return new DeviceRule(true, Type.of(m.group(1)), number(m.group(2)), number(m.group(3)), m.group(4));
    }

    boolean matchesEverything() {
        return type == Type.ALL && major == ANY && minor == ANY && access.length() == 3;
    }

    /** The lines for {@code devices.allow} and {@code devices.deny}: there, {@code a} would mean everything at all. */
    List<String> v1Lines() {
        String rest = toString().substring(1);
        return type == Type.ALL && !matchesEverything() ? List.of("c" + rest, "b" + rest) : List.of(toString());
    }

    private static int number(String digits) {
        return digits.equals("*") ? ANY : Integer.parseInt(digits);
    }

    /** The kernel's form, without whether it allows; the same that {@link #parse} reads. */
    @Override
    public String toString() {
        return type.letter + " " + show(major) + ":" + show(minor) + " " + access;
    }

    private static String show(int number) {
        return number == ANY ? "*" : Integer.toString(number);
    }
}
