package dev.jcompose.runtime.container;

/**
 * A rule of the devices cgroup.
 *
 * @param allow whether it permits or forbids
 * @param type {@code 'c'}, {@code 'b'}, or {@code 'a'} for both
 * @param major -1 for all
 * @param minor -1 for all
 * @param access of {@code r}, {@code w} and {@code m} (mknod)
 */
public record DeviceRule(boolean allow, char type, int major, int minor, String access) {

    public DeviceRule {
        if (type != 'a' && type != 'b' && type != 'c') {
            throw new IllegalArgumentException("device type '" + type + "' is none of a, b, c");
        }
        if (major < -1 || minor < -1) {
            throw new IllegalArgumentException("device number " + major + ":" + minor + " is below -1");
        }
        if (!access.matches("[rwm]{1,3}")) {
            throw new IllegalArgumentException("device access '" + access + "' is not made of r, w, m");
        }
    }
}
