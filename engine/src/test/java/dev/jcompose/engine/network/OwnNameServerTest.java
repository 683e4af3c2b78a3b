package dev.jcompose.engine.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.container.Containers;
import dev.jcompose.model.Dns;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnNameServerTest {

    @Test
    void portsOfTheServiceAndOfItsImageTell() throws IOException {
        assertThat(mayBeIn(service())).isFalse();
        assertThat(mayBeIn(service(), "53/udp")).isTrue();
        assertThat(mayBeIn(service(), "530/udp", "5353")).isFalse();
        assertThat(mayBeIn(service().expose(List.of("53")))).isTrue();
        assertThat(mayBeIn(service().expose(List.of("153/udp")))).isFalse();
    }

    @Test
    void whoIsToAskItselfHasOne() throws IOException {
        assertThat(mayBeIn(service().dns(dns("192.0.2.53", "127.0.0.1")))).isTrue();
        assertThat(mayBeIn(service().dns(dns("192.0.2.53", "127.0.0.11")))).isFalse();
    }

    private static boolean mayBeIn(ServiceBuilder service, String... imagePorts) throws IOException {
        return new OwnNameServer(container -> List.of(imagePorts))
                .mayBeIn(Containers.created("aa", "p", service.build()));
    }

    private static Dns dns(String... servers) {
        return new Dns(List.of(servers), List.of(), List.of(), Map.of());
    }

    private static ServiceBuilder service() {
        return Service.builder("web").image("localhost/host");
    }
}
