package dev.jcompose.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortSpecTest {

    @Test
    void publishesOnAllOrOneAddress() {
        assertThat(PortSpec.parse("8080:80")).containsExactly(new PortSpec(null, "8080", 80, "tcp"));
        assertThat(PortSpec.parse("127.0.0.1:53:53/UDP")).containsExactly(new PortSpec("127.0.0.1", "53", 53, "udp"));
        assertThat(PortSpec.parse("[::1]:80:80")).containsExactly(new PortSpec("::1", "80", 80, "tcp"));
    }

    @Test
    void hostPortMayBeLeftOut() {
        assertThat(PortSpec.parse("3000")).containsExactly(new PortSpec(null, null, 3000, "tcp"));
        assertThat(PortSpec.parse("127.0.0.1::80")).containsExactly(new PortSpec("127.0.0.1", null, 80, "tcp"));
        assertThat(PortSpec.parse(":80")).containsExactly(new PortSpec(null, null, 80, "tcp"));
    }

    @Test
    void rangesOfEqualSizeArePairs() {
        assertThat(PortSpec.parse("9090-9091:80-81"))
                .containsExactly(new PortSpec(null, "9090", 80, "tcp"), new PortSpec(null, "9091", 81, "tcp"));
    }

    @Test
    void rangeForOnePortIsAChoice() {
        assertThat(PortSpec.parse("8000-8010:80")).containsExactly(new PortSpec(null, "8000-8010", 80, "tcp"));
    }

    @ParameterizedTest
    @CsvSource({
        "5000-5002:6000-6001, Invalid ranges specified for container and host Ports: 6000-6001 and 5000-5002",
        "localhost:80:80, Invalid ip address: localhost",
        "300.1.1.1:80:80, Invalid ip address: 300.1.1.1",
        "70000:80, Invalid hostPort: 70000",
        "http:80, Invalid hostPort: http",
        "90-80, Invalid containerPort: 90-80",
        "80/icmp, Invalid proto: icmp",
        "'80:', No port specified: 80:<empty>"
    })
    void rejectsOtherForms(String spec, String message) {
        assertThatThrownBy(() -> PortSpec.parse(spec)).hasMessage(message);
    }

    @Test
    void ipv6NeedsBrackets() {
        assertThatThrownBy(() -> PortSpec.parse("::1:6000:6000")).hasMessageContaining("too many colons in address");
    }
}
