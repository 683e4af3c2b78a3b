package dev.jcompose.runtime.cgroup;

import java.util.List;

/**
 * One mount that shows a container its own cgroup. The list of them is in order: a parent directory comes before what
 * is mounted in it. All are to be read-only in the end; a tmpfs is made so after its directories and links exist.
 *
 * @param fileSystem {@code cgroup2}, {@code cgroup} or {@code tmpfs}
 * @param directory where, relative to {@code /sys/fs/cgroup}; empty for that directory itself
 * @param options the data argument of mount(2), for example {@code cpu,cpuacct}
 * @param links names beside {@code directory} that are symbolic links to it, for controllers that share a hierarchy
 */
public record CgroupMount(String fileSystem, String directory, String options, List<String> links) {
    public CgroupMount {
        links = List.copyOf(links);
    }
}
