package dev.jcompose.cli.command.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.DiskUsage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiskUsageDetailsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void everyKindHasATable() {
        String id = "sha256:" + "0123456789abcdef".repeat(4);
        DiskUsage.Item image = new DiskUsage.Item(
                id, List.of("127.0.0.1:5000/app:1"), NOW.minus(Duration.ofHours(3)), 3_000_000, 1_000_000, 2);
        DiskUsage.Item untagged = new DiskUsage.Item(id, List.of(), Instant.EPOCH, 5, 0, 0);
        DiskUsage.Item volume = new DiskUsage.Item("p_data", List.of(), NOW, 2_000, 0, 1);
        DiskUsage.Item cached = new DiskUsage.Item("fedcba9876543210", List.of(), Instant.EPOCH, 7, 0, 0);
        String text = new DiskUsageDetails(Clock.fixed(NOW, ZoneOffset.UTC), Map.of())
                .text(List.of(
                        new DiskUsage("Images", 2, 1, 3_000_005, 5, List.of(image, untagged)),
                        new DiskUsage("Containers", 0, 0, 0, 0, List.of()),
                        new DiskUsage("Local Volumes", 1, 1, 2_000, 0, List.of(volume)),
                        new DiskUsage("Build Cache", 1, 0, 7, 7, List.of(cached))));
        assertThat(text.lines().map(line -> line.replaceAll(" {2,}", "|")))
                .containsExactly(
                        "Images space usage:",
                        "",
                        "REPOSITORY|TAG|IMAGE ID|CREATED|SIZE|SHARED SIZE|UNIQUE SIZE|CONTAINERS",
                        "127.0.0.1:5000/app|1|0123456789ab|3 hours ago|3MB|1MB|2MB|2",
                        "<none>|<none>|0123456789ab|N/A|5B|0B|5B|0",
                        "",
                        "Containers space usage:",
                        "",
                        "CONTAINER ID|IMAGE|COMMAND|LOCAL VOLUMES|SIZE|CREATED|STATUS|NAMES",
                        "",
                        "Local Volumes space usage:",
                        "",
                        "VOLUME NAME|LINKS|SIZE",
                        "p_data|1|2kB",
                        "",
                        "Build cache usage: 7B",
                        "",
                        "CACHE ID|SIZE",
                        "fedcba987654|7B");
    }
}
