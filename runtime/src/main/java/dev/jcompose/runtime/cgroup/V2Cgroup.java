package dev.jcompose.runtime.cgroup;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.util.List;

/** A container's cgroup of version 2. */
final class V2Cgroup implements ContainerCgroup {
    private final Linux linux;
    private final UnifiedTree tree;
    private final CgroupDirectory directory;
    private final Freezer freezer;

    V2Cgroup(Linux linux, UnifiedTree tree, String id) {
        this.linux = linux;
        this.tree = tree;
        this.directory = tree.parent().child(id);
        this.freezer = new Freezer(directory, "cgroup.freeze", "1", "0");
    }

    /** Makes the cgroup and sets its limits; when that fails, removes it again. */
    void create(CgroupLimits limits) throws IOException {
        V2Limits wanted = new V2Limits(limits, directory);
        try {
            List<String> problems = tree.createChild(directory, wanted.controllers());
            wanted.apply(problems);
            if (!limits.devices().equals(List.of(DeviceRule.EVERYTHING))) {
                new DeviceFilter(linux).attach(directory, limits.devices());
            }
        } catch (IOException e) {
            try {
                remove();
            } catch (IOException cleanup) {
                e.addSuppressed(cleanup);
            }
            throw e;
        }
    }

    @Override
    public Placement placement() {
        return new Placement.CloneInto(directory.path());
    }

    @Override
    public void add(int pid) throws IOException {
        directory.write("cgroup.procs", Integer.toString(pid));
    }

    @Override
    public void pause() throws IOException {
        freezer.freeze(this::isPaused);
    }

    @Override
    public void resume() throws IOException {
        freezer.thaw();
    }

    @Override
    public boolean isPaused() throws IOException {
        return directory.readKey("cgroup.events", "frozen") == 1;
    }

    @Override
    public CgroupStats stats() throws IOException {
        long usageMicros = directory.readKey("cpu.stat", "usage_usec");
        return new CgroupStats(
                directory.readNumber("memory.current"),
                directory.readNumber("memory.peak"),
                directory.readNumber("memory.max"),
                directory.readKey("memory.stat", "inactive_file"),
                usageMicros == CgroupStats.UNKNOWN ? usageMicros : usageMicros * 1000,
                directory.readKey("cpu.stat", "nr_throttled"),
                directory.readNumber("pids.current"),
                directory.readNumber("pids.max"));
    }

    @Override
    public long oomKills() throws IOException {
        return Math.max(0, directory.readKey("memory.events", "oom_kill"));
    }

    @Override
    public List<Integer> pids() throws IOException {
        return new CgroupTree(directory).pids().stream().sorted().toList();
    }

    @Override
    public void killAll() throws IOException {
        try {
            directory.write("cgroup.kill", "1");
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
            // Before Linux 5.14, or no such cgroup any more.
            OneByOne.kill(linux, this::pids);
        }
    }

    @Override
    public void remove() throws IOException {
        new CgroupTree(directory).remove();
    }
}
