package dev.jcompose.runtime.container;

/**
 * A device node to make in a container. The devices cgroup needs a {@link DeviceRule} as well.
 *
 * @param path absolute, in the container, below {@code /dev}
 * @param block whether it is a block device
 * @param mode permission bits, as 0666
 */
public record DeviceSpec(String path, boolean block, int major, int minor, int mode, int uid, int gid) {

    public DeviceSpec {
        Paths.requireAbsolute("device", path);
        if (!path.startsWith("/dev/") || path.contains("/../") || path.endsWith("/..")) {
            throw new IllegalArgumentException("device \"" + path + "\" is not below /dev");
        }
    }
}
