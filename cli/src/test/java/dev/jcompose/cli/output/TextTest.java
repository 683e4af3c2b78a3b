package dev.jcompose.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.ContainerSummary.Publisher;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table(6, List.of("A", "LONG HEADING", "C"));
        table.row(List.of("ä…", "x", "y"));

        assertThat(table.toString()).isEqualTo("A     LONG HEADING   C\nä…    x              y\n");
    }

    @Test
    void portsAreGroupedAsDockerGroupsThem() {
        List<Publisher> ports = List.of(
                new Publisher("0.0.0.0", 81, 81, "tcp"),
                new Publisher("0.0.0.0", 80, 80, "tcp"),
                new Publisher("::", 80, 80, "tcp"),
                new Publisher("", 53, 0, "udp"),
                new Publisher("127.0.0.1", 90, 8090, "tcp"),
                new Publisher("0.0.0.0", 85, 85, "tcp"));

        assertThat(PortsText.of(ports))
                .isEqualTo(
                        "0.0.0.0:80-81->80-81/tcp, 53/udp, 0.0.0.0:85->85/tcp, [::]:80->80/tcp, 127.0.0.1:8090->90/tcp");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0B",
        "999, 999B",
        "1000, 1kB",
        "1234, 1.23kB",
        "138400000, 138MB",
        "12340000, 12.3MB",
        "2000000000, 2GB"
    })
    void sizesHaveThreeDigits(long bytes, String text) {
        assertThat(HumanSize.of(bytes)).isEqualTo(text);
    }
}
