package dev.jcompose.runtime.rootfs;

import static java.util.Objects.requireNonNull;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Mount;
import dev.jcompose.runtime.container.DeviceSpec;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A container's {@code /dev}: a tmpfs with the usual nodes and links, a devpts of its own, shared memory and message
 * queues. Everything is made relative to descriptors of the new tmpfs, so nothing of the image can be in the way.
 */
public final class DeviceDirectory {
    private static final long TMPFS_FLAGS = Mount.MS_NOSUID | Mount.MS_STRICTATIME;
    private static final long NOTHING_SPECIAL = Mount.MS_NOSUID | Mount.MS_NODEV | Mount.MS_NOEXEC;

    /** Character devices that every container has, all with major 1 but {@code tty}. */
    private static final List<DeviceSpec> NODES = List.of(
            node("null", 1, 3),
            node("zero", 1, 5),
            node("full", 1, 7),
            node("random", 1, 8),
            node("urandom", 1, 9),
            node("tty", 5, 0));

    private static final Map<String, String> LINKS = new TreeMap<>(Map.of(
            "fd", "/proc/self/fd",
            "stdin", "/proc/self/fd/0",
            "stdout", "/proc/self/fd/1",
            "stderr", "/proc/self/fd/2",
            "core", "/proc/kcore",
            "ptmx", "pts/ptmx"));

    private final List<DeviceSpec> devices;
    private final long shmSizeBytes;
    private final Set<String> replaced;
    private final @Nullable Argument sharedMemory;

    /**
     * @param devices beyond the usual ones
     * @param replaced paths, as {@code /dev/shm}, that something else will be mounted on
     * @param sharedMemory what to mount on {@code /dev/shm}: that of the ipc namespace that the container joins; null
     *     for one of its own
     */
    public DeviceDirectory(
            List<DeviceSpec> devices, long shmSizeBytes, Set<String> replaced, @Nullable Argument sharedMemory) {
        this.devices = devices;
        this.shmSizeBytes = shmSizeBytes;
        this.replaced = replaced;
        this.sharedMemory = sharedMemory;
    }

    private static DeviceSpec node(String name, int major, int minor) {
        return new DeviceSpec("/dev/" + name, false, major, minor, 0666, 0, 0);
    }

    /** Adds the mounts and nodes; the process's umask must be 0. */
    public void addTo(LaunchCalls calls, ContainerRoot root) {
        if (replaced.contains("/dev")) {
            return;
        }
        calls.program().purpose("make /dev");
        calls.mountOn(root.realDirectory("dev"), "tmpfs", "tmpfs", TMPFS_FLAGS, "mode=755,size=65536k");
        Argument dev = root.openReal("dev");
        for (DeviceSpec node : NODES) {
            make(calls, dev, Path.of(node.path()).getFileName().toString(), node);
        }
        LINKS.forEach((name, target) -> calls.symlinkat(target, dev, name));
        mount(
                calls,
                root,
                "pts",
                "devpts",
                Mount.MS_NOSUID | Mount.MS_NOEXEC,
                "newinstance,ptmxmode=0666,mode=0620,gid=5");
        if (sharedMemory == null) {
            mount(calls, root, "shm", "tmpfs", NOTHING_SPECIAL, "mode=1777,size=" + shmSizeBytes);
        } else if (!replaced.contains("/dev/shm")) {
            calls.tryMkdirat(dev, "shm", 0755);
            calls.moveMount(sharedMemory, root.openReal("dev/shm"));
        }
        mount(calls, root, "mqueue", "mqueue", NOTHING_SPECIAL, null);
        for (DeviceSpec device : devices) {
            calls.program().purpose("make device " + device.path());
            Path path = Path.of(device.path()).normalize();
            make(
                    calls,
                    root.directory(requireNonNull(path.getParent()).toString()),
                    path.getFileName().toString(),
                    device);
        }
    }

    private void mount(
            LaunchCalls calls, ContainerRoot root, String name, String type, long flags, @Nullable String options) {
        String path = "dev/" + name;
        if (!replaced.contains("/" + path)) {
            calls.tryMkdirat(root.openReal("dev"), name, 0755);
            calls.mountOn(root.openReal(path), type, type, flags, options);
        }
    }

    private static void make(LaunchCalls calls, Argument directory, String name, DeviceSpec device) {
        int type = device.block() ? Fcntl.S_IFBLK : Fcntl.S_IFCHR;
        calls.mknodat(directory, name, type | device.mode(), device.major(), device.minor());
        if (device.uid() != 0 || device.gid() != 0) {
            calls.fchownat(directory, name, device.uid(), device.gid());
        }
    }
}
