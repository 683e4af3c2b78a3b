package dev.jcompose.runtime.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.runtime.container.NamespaceSpec;
import dev.jcompose.runtime.container.NamespaceSpec.Namespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SysctlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"net.ipv4.ip_forward", "net/ipv4/conf/eth0.1/forwarding", "kernel.shmmax", "fs.mqueue.msg_max"})
    void settingsOfOwnNamespacesAreAllowed(String name) {
        Sysctl.requireOwn(name, NamespaceSpec.OWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kernel.panic", "vm.swappiness", "fs.file-max", "net.../../kernel/panic", "kernel.shmmax.x", ""})
    void othersAreRefused(String name) {
        assertThatThrownBy(() -> Sysctl.requireOwn(name, NamespaceSpec.OWN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\"");
    }

    @Test
    void settingsOfTheHostsNetworkAreRefused() {
        NamespaceSpec host = new NamespaceSpec(Namespace.host(), Namespace.own(), Namespace.own(), Namespace.own());

        assertThatThrownBy(() -> Sysctl.requireOwn("net.core.somaxconn", host))
                .hasMessage("sysctl \"net.core.somaxconn\" cannot be set in the host's network namespace");
    }

    @Test
    void aNameWithSlashesKeepsItsDots() {
        assertThat(Sysctl.path("net/ipv4/conf/eth0.1/forwarding")).isEqualTo("net/ipv4/conf/eth0.1/forwarding");
        assertThat(Sysctl.path("net.core.somaxconn")).isEqualTo("net/core/somaxconn");
    }
}
