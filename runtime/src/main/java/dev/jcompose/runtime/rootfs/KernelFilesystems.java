package dev.jcompose.runtime.rootfs;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Mount;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import java.util.Map;

/** The container's {@code /proc} and {@code /sys}, and the settings in {@code /proc/sys} of its own namespaces. */
public final class KernelFilesystems {
    private static final long NOTHING_SPECIAL = Mount.MS_NOSUID | Mount.MS_NODEV | Mount.MS_NOEXEC;
    private static final int IN_PROC = Fcntl.RESOLVE_BENEATH | Fcntl.RESOLVE_NO_XDEV | Fcntl.RESOLVE_NO_MAGICLINKS;

    private final LaunchCalls calls;
    private final ContainerRoot root;

    public KernelFilesystems(LaunchCalls calls, ContainerRoot root) {
        this.calls = calls;
        this.root = root;
    }

    /** Mounts {@code /proc} of the process's pid namespace, and returns its root. */
    public Argument mountProc() {
        calls.program().purpose("mount /proc");
        calls.mountOn(root.realDirectory("proc"), "proc", "proc", NOTHING_SPECIAL, null);
        return root.openReal("proc");
    }

    /** Mounts {@code /sys} of the process's network namespace. */
    public void mountSys(boolean readOnly) {
        calls.program().purpose("mount /sys");
        calls.mountOn(
                root.realDirectory("sys"), "sysfs", "sysfs", NOTHING_SPECIAL | (readOnly ? Mount.MS_RDONLY : 0), null);
    }

    /**
     * Writes settings.
     *
     * @param proc what {@link #mountProc} returned, before anything is mounted below it (CVE-2025-52881)
     * @param sysctls names with dots or slashes
     */
    public void writeSysctls(Argument proc, Map<String, String> sysctls) {
        sysctls.forEach((name, value) -> {
            calls.program().purpose("set sysctl " + name + " to \"" + value + "\"");
            write(proc, "sys/" + Sysctl.path(name), value);
        });
    }

    /** Sets how eagerly the kernel kills this process when memory is short, -1000 to 1000. */
    public void writeOomScoreAdj(Argument proc, int value) {
        calls.program().purpose("set oom_score_adj to " + value);
        write(proc, "self/oom_score_adj", Integer.toString(value));
    }

    private void write(Argument proc, String path, String value) {
        calls.write(calls.openat2(proc, path, Fcntl.O_WRONLY, IN_PROC), value);
    }
}
