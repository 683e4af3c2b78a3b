package dev.jcompose.engine.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Service;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExposedPortTest {
    @Test
    void thePortsOfTheImageAreOfferedBesideThoseOfTheService() {
        Service service =
                Service.builder("queue").expose(List.of("8080", "53/udp")).build();
        assertThat(ExposedPort.of(service, Set.of("5672/tcp", "53/udp"))).hasToString("[53/udp, 5672/tcp, 8080/tcp]");
    }

    @Test
    void aRangeIsEachOfItsPorts() {
        Service service =
                Service.builder("web").expose(List.of("3000-3002/tcp")).build();
        assertThat(ExposedPort.of(service, Set.of())).hasToString("[3000/tcp, 3001/tcp, 3002/tcp]");
    }
}
