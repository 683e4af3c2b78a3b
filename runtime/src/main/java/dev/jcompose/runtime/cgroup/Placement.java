package dev.jcompose.runtime.cgroup;

import java.util.List;

/**
 * How a new process enters its container's cgroup at little cost.
 *
 * <p>Writing another process's pid into {@code cgroup.procs} makes the kernel wait for every CPU (the write side of
 * {@code cgroup_threadgroup_rwsem}): 5 to 30 ms were measured for the first write after a pause. A process that moves
 * itself by the ways below does not wait: 0.1 ms in all for six version 1 hierarchies, nothing measurable for version
 * 2.
 */
public sealed interface Placement {

    /**
     * Version 1: the process, while it has one thread, writes {@code 0} into each of these files, in any order.
     *
     * @param paths absolute paths of {@code tasks} files, one per hierarchy, as seen in the engine's mount namespace
     */
    record TaskFiles(List<String> paths) implements Placement {
        public TaskFiles {
            paths = List.copyOf(paths);
        }
    }

    /**
     * Version 2: the process is made by clone3(2) with {@code CLONE_INTO_CGROUP} and {@code clone_args.cgroup} set to
     * this directory, opened with {@code O_PATH} or {@code O_RDONLY}.
     *
     * @param directory absolute path as seen in the engine's mount namespace
     */
    record CloneInto(String directory) implements Placement {}
}
