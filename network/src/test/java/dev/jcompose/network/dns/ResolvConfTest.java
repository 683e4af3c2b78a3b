package dev.jcompose.network.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolvConfTest {
    private final ResolvConf host = ResolvConf.parse("""
            # from the host
            ; another comment
            nameserver 10.0.0.53
            domain old.example
              nameserver   fd00::53
            search corp.example  lab.example
            options edns0 trust-ad
            options timeout:1
            unknown words
            """);

    @Test
    void aContainerAsksJcomposeWithTheDomainsAndOptionsOfTheHost() {
        assertThat(host.forContainer(List.of(), List.of()).format()).isEqualTo("""
                        # Written by jcompose.
                        nameserver 127.0.0.11
                        search corp.example lab.example
                        options edns0 trust-ad timeout:1 ndots:0
                        """);
    }

    @Test
    void theServicesOwnDomainsAndOptionsReplaceThoseOfTheHost() {
        assertThat(host.forContainer(List.of("a.example"), List.of("ndots:2", "rotate"))
                        .format())
                .isEqualTo("""
                        # Written by jcompose.
                        nameserver 127.0.0.11
                        search a.example
                        options ndots:2 rotate
                        """);
    }

    @Test
    void aDotMeansNoSearchDomains() {
        assertThat(host.forContainer(List.of("."), List.of()).search()).isEmpty();
    }

    @Test
    void singleLabelsAreForwardedOnlyWhenTheServiceAsksForIt() {
        assertThat(ResolvConf.forwardsSingleLabels(List.of(), List.of("ndots:2")))
                .isFalse();
        assertThat(ResolvConf.forwardsSingleLabels(List.of(), List.of("ndots:0")))
                .isTrue();
        assertThat(ResolvConf.forwardsSingleLabels(List.of("."), List.of())).isTrue();
    }

    @Test
    void serversAreTheFirstThreeAddresses() {
        ResolvConf conf = ResolvConf.parse("""
                nameserver dns.example
                nameserver 999.0.0.1
                nameserver 10.0.0.1
                nameserver fd00::1
                nameserver 10.0.0.2
                nameserver 10.0.0.3
                """);
        assertThat(conf.servers())
                .containsExactly(
                        new InetSocketAddress("10.0.0.1", 53),
                        new InetSocketAddress("fd00::1", 53),
                        new InetSocketAddress("10.0.0.2", 53));
    }

    @Test
    void withoutServersTheMachinesOwnIsAsked() {
        assertThat(ResolvConf.parse("").servers()).containsExactly(new InetSocketAddress("127.0.0.1", 53));
    }
}
