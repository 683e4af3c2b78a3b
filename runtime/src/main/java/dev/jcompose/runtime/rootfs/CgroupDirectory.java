package dev.jcompose.runtime.rootfs;

import dev.jcompose.linux.Mount;
import dev.jcompose.runtime.cgroup.CgroupMount;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import java.util.List;

/**
 * A container's {@code /sys/fs/cgroup}: shows its own cgroup as the root. The process must be in its cgroup and in a
 * cgroup namespace of its own.
 */
public final class CgroupDirectory {
    private static final String DIRECTORY = "sys/fs/cgroup";
    private static final long NOTHING_SPECIAL = Mount.MS_NOSUID | Mount.MS_NODEV | Mount.MS_NOEXEC;

    private final List<CgroupMount> mounts;
    private final boolean readOnly;

    public CgroupDirectory(List<CgroupMount> mounts, boolean readOnly) {
        this.mounts = mounts;
        this.readOnly = readOnly;
    }

    /** Adds the mounts, after {@code /sys} is there. */
    public void addTo(LaunchCalls calls, ContainerRoot root) {
        long flags = NOTHING_SPECIAL | (readOnly ? Mount.MS_RDONLY : 0);
        Argument base = root.descriptor();
        boolean tmpfs = false;
        for (CgroupMount mount : mounts) {
            calls.program().purpose("mount " + mount.fileSystem() + " (" + mount.options() + ") on /" + DIRECTORY);
            if (mount.directory().isEmpty()) {
                tmpfs = mount.fileSystem().equals("tmpfs");
                calls.mountOn(
                        root.openDirectory(DIRECTORY),
                        mount.fileSystem(),
                        mount.fileSystem(),
                        tmpfs ? NOTHING_SPECIAL : flags,
                        mount.options().isEmpty() ? null : mount.options());
                base = root.openDirectory(DIRECTORY);
            } else {
                calls.tryMkdirat(base, mount.directory(), 0755);
                calls.mountOn(
                        root.openDirectory(DIRECTORY + "/" + mount.directory()),
                        mount.fileSystem(),
                        mount.fileSystem(),
                        flags,
                        mount.options());
                for (String link : mount.links()) {
                    calls.symlinkat(mount.directory(), base, link);
                }
            }
        }
        if (tmpfs && readOnly) {
            calls.program().purpose("make /" + DIRECTORY + " read-only");
            calls.mountSetattr(base, false, Mount.MOUNT_ATTR_RDONLY, 0);
        }
    }
}
