package dev.jcompose.engine.assemble;

import dev.jcompose.runtime.container.MountSpec.TmpfsMount;
import java.util.Locale;

/** Reads the entries of a service's {@code tmpfs}: {@code /path[:size=64m,mode=1777,uid=0,gid=0,ro,exec]}. */
final class TmpfsOptions {
    private static final int DEFAULT_MODE = 01777;

    private TmpfsOptions() {}

    /**
     * The mount of one entry.
     *
     * @throws IllegalArgumentException for an option that is not known or not a number
     */
    static TmpfsMount parse(String entry) {
        int colon = entry.indexOf(':');
        String path = colon < 0 ? entry : entry.substring(0, colon);
        long size = 0;
        int mode = DEFAULT_MODE;
        int uid = 0;
        int gid = 0;
        boolean readOnly = false;
        boolean executable = false;
        for (String option :
                colon < 0 ? new String[0] : entry.substring(colon + 1).split(",")) {
            String value = option.substring(option.indexOf('=') + 1);
            switch (option.contains("=") ? option.substring(0, option.indexOf('=')) : option) {
                case "size" -> size = bytes(entry, value);
                case "mode" -> mode = number(entry, value, 8);
                case "uid" -> uid = number(entry, value, 10);
                case "gid" -> gid = number(entry, value, 10);
                case "ro" -> readOnly = true;
                case "exec" -> executable = true;
                case "rw", "noexec", "nosuid", "nodev", "" -> {}
                default ->
                    throw new IllegalArgumentException("tmpfs \"" + entry + "\": unknown option \"" + option
                            + "\"; known are size, mode, uid, gid, ro, rw, exec, noexec, nosuid, nodev");
            }
        }
        return new TmpfsMount(path, size, mode, uid, gid, readOnly, executable);
    }

    private static int number(String entry, String value, int radix) {
        try {
            return Integer.parseInt(value, radix);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("tmpfs \"" + entry + "\": \"" + value + "\" is not a number", e);
        }
    }

    private static long bytes(String entry, String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        int unit = lower.isEmpty() ? -1 : "kmg".indexOf(lower.charAt(lower.length() - 1));
        String digits = unit < 0 ? lower : lower.substring(0, lower.length() - 1);
        try {
            return Long.parseLong(digits) << (10 * (unit + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("tmpfs \"" + entry + "\": \"" + value + "\" is not a size", e);
        }
    }
}
