package dev.jcompose.engine.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostsFileTest {

    @Test
    void localhostComesFirstAndTheContainerLast() {
        String hosts =
                HostsFile.of(List.of("10.1.0.2", "10.2.0.2"), "web.example.test web", Map.of(), List.of("10.1.0.1"));
        assertThat(hosts)
                .startsWith("127.0.0.1\tlocalhost\n")
                .endsWith("10.1.0.2\tweb.example.test web\n10.2.0.2\tweb.example.test web\n");
    }

    @Test
    void extraHostsAreThereWithAllTheirAddresses() {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        extra.put("one", List.of("192.0.2.1", "::2"));
        extra.put("two", List.of("192.0.2.3"));
        assertThat(HostsFile.of(List.of(), "web", extra, List.of()))
                .contains("\n192.0.2.1\tone\n::2\tone\n192.0.2.3\ttwo\n");
    }

    @Test
    void hostGatewayIsTheGatewayAndNothingWithoutOne() {
        Map<String, List<String>> extra = Map.of("outside", List.of("host-gateway"));
        assertThat(HostsFile.of(List.of(), "web", extra, List.of("10.1.0.1", "fd00::1")))
                .contains("\n10.1.0.1\toutside\nfd00::1\toutside\n");
        assertThat(HostsFile.of(List.of(), "web", extra, List.of())).doesNotContain("outside");
    }
}
