package dev.jcompose.runtime.cgroup;

import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A container's cgroups of version 1: one in each of several hierarchies. */
final class V1Cgroup implements ContainerCgroup {
    private final Linux linux;
    private final V1Hierarchies hierarchies;
    private final String id;

    V1Cgroup(Linux linux, V1Hierarchies hierarchies, String id) {
        this.linux = linux;
        this.hierarchies = hierarchies;
        this.id = id;
    }

    /** Makes the cgroups and sets their limits; when that fails, removes them again. */
    void create(CgroupLimits limits) throws IOException {
        try {
            for (CgroupLayout.Hierarchy hierarchy : wanted(limits)) {
                hierarchies.create(hierarchy, id);
            }
            new V1Limits(limits, controller -> hierarchies.of(controller, id)).apply();
        } catch (IOException e) {
            try {
                remove();
            } catch (IOException cleanup) {
                e.addSuppressed(cleanup);
            }
            throw e;
        }
    }

    /** How a process gets in once {@link #create} is done. */
    Placement placement(CgroupLimits limits) {
        return taskFiles(wanted(limits).stream().map(this::directory).toList());
    }

    private List<CgroupLayout.Hierarchy> wanted(CgroupLimits limits) {
        return limits.wantsCpuset() ? hierarchies.all() : hierarchies.always();
    }

    @Override
    public Placement placement() {
        return taskFiles(directories());
    }

    private static Placement taskFiles(List<CgroupDirectory> directories) {
        return new Placement.TaskFiles(
                directories.stream().map(d -> d.path() + "/tasks").toList());
    }

    @Override
    public void add(int pid) throws IOException {
        for (CgroupDirectory directory : directories()) {
            directory.write("cgroup.procs", Integer.toString(pid));
        }
    }

    @Override
    public void pause() throws IOException {
        freezer()
                .orElseThrow(() -> new CgroupException(
                        "pausing a container needs the freezer cgroup controller, which is not mounted"))
                .freeze(this::isPaused);
    }

    @Override
    public void resume() throws IOException {
        Optional<Freezer> freezer = freezer();
        if (freezer.isPresent()) {
            freezer.get().thaw();
        }
    }

    @Override
    public boolean isPaused() throws IOException {
        Optional<CgroupDirectory> freezer = hierarchies.of("freezer", id);
        return freezer.isPresent()
                && freezer.get().readIfPresent("freezer.state").equals(Optional.of("FROZEN"));
    }

    @Override
    public CgroupStats stats() throws IOException {
        Optional<CgroupDirectory> memory = hierarchies.of("memory", id);
        long limit = number(memory, "memory.limit_in_bytes");
        return new CgroupStats(
                number(memory, "memory.usage_in_bytes"),
                number(memory, "memory.max_usage_in_bytes"),
                // "No limit" is the largest multiple of the page size.
                limit > Long.MAX_VALUE - (1 << 20) ? CgroupStats.UNLIMITED : limit,
                key(memory, "memory.stat", "total_inactive_file"),
                number(hierarchies.of("cpuacct", id), "cpuacct.usage"),
                key(hierarchies.of("cpu", id), "cpu.stat", "nr_throttled"),
                number(hierarchies.of("pids", id), "pids.current"),
                number(hierarchies.of("pids", id), "pids.max"));
    }

    @Override
    public long oomKills() throws IOException {
        return Math.max(0, key(hierarchies.of("memory", id), "memory.oom_control", "oom_kill"));
    }

    @Override
    public List<Integer> pids() throws IOException {
        Set<Integer> all = new TreeSet<>();
        for (CgroupDirectory directory : directories()) {
            all.addAll(new CgroupTree(directory).pids());
        }
        return List.copyOf(all);
    }

    @Override
    public void killAll() throws IOException {
        // Frozen processes cannot start others; a signal takes effect when they thaw.
        Optional<Freezer> freezer = freezer().filter(present -> present.cgroup().exists());
        if (freezer.isPresent()) {
            freezer.get().begin();
        }
        try {
            OneByOne.kill(linux, this::pids);
        } finally {
            resume();
        }
    }

    @Override
    public void remove() throws IOException {
        for (CgroupLayout.Hierarchy hierarchy : hierarchies.all()) {
            new CgroupTree(directory(hierarchy)).remove();
        }
    }

    /** Where it has cgroups: in the hierarchies that every container is in, and in cpuset when it was given CPUs. */
    private List<CgroupDirectory> directories() {
        return hierarchies.all().stream()
                .filter(hierarchy -> hierarchies.always().contains(hierarchy)
                        || directory(hierarchy).exists())
                .map(this::directory)
                .toList();
    }

    private CgroupDirectory directory(CgroupLayout.Hierarchy hierarchy) {
        return hierarchies.parent(hierarchy).child(id);
    }

    private Optional<Freezer> freezer() {
        return hierarchies
                .of("freezer", id)
                .map(directory -> new Freezer(directory, "freezer.state", "FROZEN", "THAWED"));
    }

    private static long number(Optional<CgroupDirectory> directory, String file) throws IOException {
        return directory.isEmpty() ? CgroupStats.UNKNOWN : directory.get().readNumber(file);
    }

    private static long key(Optional<CgroupDirectory> directory, String file, String key) throws IOException {
        return directory.isEmpty() ? CgroupStats.UNKNOWN : directory.get().readKey(file, key);
    }
}
