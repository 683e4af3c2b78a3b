package dev.jcompose.model.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import dev.jcompose.model.PortMapping;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {

    private static List<PortMapping> ports(String list) {
        return Loading.service("ports: " + list).ports();
    }

    private static List<String> problems(String list) {
        return Loading.of("services:\n  a:\n    image: x\n    ports: " + list).problems();
    }

    @Test
    void shortAndLongFormAreTheSame() {
        assertThat(ports("[\"127.0.0.1:8080:80/udp\"]"))
                .isEqualTo(ports("[{host_ip: 127.0.0.1, published: 8080, target: 80, protocol: udp}]"))
                .containsExactly(new PortMapping(null, "ingress", "127.0.0.1", 80, "8080", "udp", null));
    }

    @Test
    void numberIsATarget() {
        assertThat(ports("[3000]")).containsExactly(new PortMapping(null, "ingress", null, 3000, null, "tcp", null));
    }

    @Test
    void rangeIsSeveralPorts() {
        assertThat(ports("[\"9090-9091:80-81\"]"))
                .extracting(PortMapping::published)
                .containsExactly("9090", "9091");
    }

    @Test
    void sexagesimalNumbersAreText() {
        assertThat(ports("[22:22]")).extracting(PortMapping::published).containsExactly("22");
    }

    @Test
    void samePortWrittenTwiceIsOne() {
        assertThat(ports("[\"80:80\", \"0.0.0.0:80:80/tcp\"]")).hasSize(1);
    }

    @Test
    void errorsNameTheirPlace() {
        assertThat(problems("[\"80:80\", \"localhost:80:80\"]"))
                .containsExactly("compose.yaml:4:22: services.a.ports[1]: Invalid ip address: localhost");
        assertThat(problems("[{published: 80}]"))
                .containsExactly("compose.yaml:4:13: services.a.ports[0]: service ports services.a.ports.[0] is missing"
                        + " a target port");
        assertThat(problems("[{target: 80, host_ip: x}]"))
                .containsExactly("compose.yaml:4:35: services.a.ports[0]: services.a.ports.[]: invalid ip address: x");
        assertThat(problems("[80.5]")).singleElement().asString().contains("invalid type float64 for port");
    }

    @Test
    void targetIsNotNegative() {
        assertThat(problems("[{target: -1}]"))
                .containsExactly("compose.yaml:4:22: services.a.ports[0].target: -1 overflows uint");
    }

    @Test
    void overrideOfTheSamePortTakesItsPlaceAndOthersAreAdded() {
        assertThat(Loading.of(
                                "services: {a: {image: x, ports: ['80:80', '81:81/udp']}}",
                                "services: {a: {ports: [{target: 80, published: 80, name: n}, '81:81', '127.0.0.1:80:80']}}")
                        .a()
                        .ports())
                .extracting(port -> port.name() + " " + port.hostIp() + " " + port.target() + "/" + port.protocol())
                .containsExactly("n null 80/tcp", "null null 81/udp", "null null 81/tcp", "null 127.0.0.1 80/tcp");
    }

    @Test
    void tagsRemoveOrReplaceAll() {
        String base = "services: {a: {image: x, ports: ['80:80']}}";

        assertThat(Loading.of(base, "services: {a: {ports: !reset []}}").a().ports())
                .isEmpty();
        assertThat(Loading.of(base, "services: {a: {ports: !override ['81:81']}}")
                        .a()
                        .ports())
                .extracting(PortMapping::target)
                .containsExactly(81);
    }
}
