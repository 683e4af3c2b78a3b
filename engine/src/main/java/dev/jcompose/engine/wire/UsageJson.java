package dev.jcompose.engine.wire;

import dev.jcompose.engine.api.ContainerProcesses;
import dev.jcompose.engine.api.ContainerStats;
import dev.jcompose.engine.json.Json;
import dev.jcompose.engine.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What containers do and use, as Docker's API writes it. */
public final class UsageJson {
    private UsageJson() {}

    /** The answer of {@code GET /containers/{id}/top}. */
    public static JsonObject write(ContainerProcesses processes) {
        return JsonObject.create().put("Titles", processes.titles()).put("Processes", processes.processes());
    }

    /** What {@link #write(ContainerProcesses)} wrote. */
    public static ContainerProcesses readProcesses(JsonObject json) {
        List<List<String>> rows = new ArrayList<>();
        if (json.members().get("Processes") instanceof List<?> processes) {
            for (Object process : processes) {
                if (process instanceof List<?> cells) {
                    rows.add(cells.stream().map(String::valueOf).toList());
                }
            }
        }
        return new ContainerProcesses(json.strings("Titles"), rows);
    }

    /** The answer of {@code GET /containers/{id}/stats}; {@code before} is the sample to compare with. */
    public static JsonObject write(ContainerStats stats, ContainerStats before) {
        return JsonObject.create()
                .put("read", stats.at())
                .put("preread", before.at())
                .put("pids_stats", JsonObject.create().put("current", stats.pids()))
                .put("cpu_stats", cpu(stats))
                .put("precpu_stats", cpu(before))
                .put(
                        "memory_stats",
                        JsonObject.create()
                                .put("usage", stats.memoryBytes())
                                .put("limit", stats.memoryLimitBytes())
                                .put(
                                        "stats",
                                        JsonObject.create()
                                                .put("inactive_file", stats.inactiveFileBytes())
                                                .put("total_inactive_file", stats.inactiveFileBytes())))
                .put(
                        "networks",
                        JsonObject.create()
                                .put(
                                        "eth0",
                                        JsonObject.create()
                                                .put("rx_bytes", stats.receivedBytes())
                                                .put("tx_bytes", stats.sentBytes())))
                .put(
                        "blkio_stats",
                        JsonObject.create()
                                .put(
                                        "io_service_bytes_recursive",
                                        List.of(
                                                JsonObject.create()
                                                        .put("op", "read")
                                                        .put("value", stats.readBytes()),
                                                JsonObject.create()
                                                        .put("op", "write")
                                                        .put("value", stats.writtenBytes()))));
    }

    private static JsonObject cpu(ContainerStats stats) {
        return JsonObject.create()
                .put("cpu_usage", JsonObject.create().put("total_usage", stats.cpuNanos()))
                .put("system_cpu_usage", stats.systemCpuNanos())
                .put("online_cpus", stats.cpus());
    }

    /** The newer of the samples that {@link #write(ContainerStats, ContainerStats)} wrote. */
    public static ContainerStats readStats(JsonObject json) {
        JsonObject cpu = json.object("cpu_stats");
        JsonObject memory = json.object("memory_stats");
        JsonObject network = json.object("networks").object("eth0");
        List<JsonObject> blocks = json.object("blkio_stats").objects("io_service_bytes_recursive");
        return new ContainerStats(
                json.instant("read"),
                cpu.object("cpu_usage").number("total_usage"),
                cpu.number("system_cpu_usage"),
                cpu.integer("online_cpus", 1),
                memory.number("usage"),
                memory.object("stats").number("inactive_file"),
                memory.number("limit"),
                network.number("rx_bytes"),
                network.number("tx_bytes"),
                blocks.get(0).number("value"),
                blocks.get(1).number("value"),
                json.object("pids_stats").number("current"));
    }

    /** One line of a stream of samples. */
    public static String line(JsonObject json) {
        return Json.write(json) + "\n";
    }
}
