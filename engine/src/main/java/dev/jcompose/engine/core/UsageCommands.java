package dev.jcompose.engine.core;

import dev.jcompose.engine.api.ContainerProcesses;
import dev.jcompose.engine.api.ContainerStats;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.lifecycle.LiveContainer;
import dev.jcompose.runtime.RunningContainer;
import dev.jcompose.runtime.cgroup.CgroupStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What containers do and use at the moment. */
final class UsageCommands {
    private static final Path PROC = Path.of("/proc");
    private static final long NANOS_PER_TICK = 10_000_000;
    /** user to steal: guest time is in user time already. */
    private static final int CPU_FIELDS = 8;

    private final EngineParts parts;

    UsageCommands(EngineParts parts) {
        this.parts = parts;
    }

    ContainerProcesses top(String name) {
        Container container = parts.table().find(name);
        RunningContainer running = running(container)
                .orElseThrow(() -> new EngineException(Kind.CONFLICT, "container " + container + " is not running"));
        try {
            return new ProcessRows(PROC, Path.of("/etc/passwd"))
                    .of(running.pids(), parts.clock().instant());
        } catch (IOException e) {
            throw failed(container, e);
        }
    }

    ContainerStats stats(String name) {
        Container container = parts.table().find(name);
        int cpus = Runtime.getRuntime().availableProcessors();
        Optional<RunningContainer> running = running(container);
        try {
            if (running.isEmpty()) {
                return new ContainerStats(parts.clock().instant(), 0, systemCpu(), cpus, 0, 0, 0, 0, 0, 0, 0, 0);
            }
            CgroupStats usage = running.get().stats();
            long[] network = network(running.get().process().pid());
            long[] blocks = blocks(running.get().pids());
            boolean limited = usage.memoryLimitBytes() > 0 && usage.memoryLimitBytes() != CgroupStats.UNLIMITED;
            return new ContainerStats(
                    parts.clock().instant(),
                    known(usage.cpuUsageNanos()),
                    systemCpu(),
                    cpus,
                    known(usage.memoryBytes()),
                    known(usage.inactiveFileBytes()),
                    limited ? usage.memoryLimitBytes() : memoryTotal(),
                    network[0],
                    network[1],
                    blocks[0],
                    blocks[1],
                    known(usage.pids()));
        } catch (IOException e) {
            throw failed(container, e);
        }
    }

    private Optional<RunningContainer> running(Container container) {
        return parts.supervisor().live(container).map(LiveContainer::running);
    }

    private static EngineException failed(Container container, IOException e) {
        return new EngineException(Kind.FAILED, "cannot look at " + container + ": " + e.getMessage(), e);
    }

    private static long known(long number) {
        return number == CgroupStats.UNKNOWN ? 0 : number;
    }

    private static long systemCpu() throws IOException {
        String[] fields = Files.readAllLines(PROC.resolve("stat")).get(0).split(" +");
        long ticks = 0;
        for (int i = 1; i <= CPU_FIELDS && i < fields.length; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks * NANOS_PER_TICK;
    }

    private static long memoryTotal() throws IOException {
        String line = Files.readAllLines(PROC.resolve("meminfo")).get(0);
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
    }

    /** Received and sent over all interfaces but the loopback of a process's network. */
    private static long[] network(int pid) {
        long[] bytes = new long[2];
        try {
            for (String line : Files.readAllLines(PROC.resolve(pid + "/net/dev"))) {
                int colon = line.indexOf(':');
                if (colon > 0 && !line.substring(0, colon).strip().equals("lo")) {
                    String[] fields = line.substring(colon + 1).strip().split(" +");
                    bytes[0] += Long.parseLong(fields[0]);
                    bytes[1] += Long.parseLong(fields[8]);
                }
            }
        } catch (IOException gone) {
            return bytes;
        }
        return bytes;
    }

    /** Read and written by processes, with those that they have waited for: no cgroup controller is needed for it. */
    private static long[] blocks(List<Integer> pids) {
        long[] bytes = new long[2];
        for (int pid : pids) {
            for (String line : linesOf(PROC.resolve(pid + "/io"))) {
                if (line.startsWith("read_bytes: ")) {
                    bytes[0] += Long.parseLong(line.substring("read_bytes: ".length()));
                } else if (line.startsWith("write_bytes: ")) {
                    bytes[1] += Long.parseLong(line.substring("write_bytes: ".length()));
                }
            }
        }
        return bytes;
    }

    /** None when the process is gone. */
    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException gone) {
            return List.of();
        }
    }
}
