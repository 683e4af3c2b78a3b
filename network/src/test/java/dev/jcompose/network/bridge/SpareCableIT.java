package dev.jcompose.network.bridge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.LinkInfo;
import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.NetworkNamespace;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.network.testing.Echo;
import dev.jcompose.network.testing.Lab;
import dev.jcompose.network.testing.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cables that are there before the containers that will be on them. */
@RequiresRoot(namespaces = true)
class SpareCableIT {
    private final Linux linux = Linux.load();
    private final Lab lab = new Lab();

    @AfterEach
    void closeTheLab() throws Exception {
        lab.close();
    }

    /** A machine's namespace and the socket in it, as the engine holds them. */
    private record Place(Machine machine, NetworkNamespace namespace, RtNetlink inside) implements AutoCloseable {
        @Override
        public void close() {
            inside.close();
            namespace.close();
        }
    }

    private Place place() throws IOException {
        Machine machine = lab.machine();
        NetworkNamespace namespace = NetworkNamespace.ofProcess(linux, machine.pid());
        return new Place(machine, namespace, namespace.call(() -> RtNetlink.open(linux)));
    }

    private Place laid() throws IOException {
        Place place = place();
        lab.networks().layAhead(place.namespace(), place.inside());
        return place;
    }

    private List<Attachment> attach(Place place, Endpoint... endpoints) throws IOException {
        return lab.networks().attachAll(List.of(endpoints), place.namespace(), place.inside());
    }

    private static Endpoint endpoint(ContainerNetwork network, String interfaceName) {
        return new Endpoint(network, AttachmentSpec.of("c1", "web-db-1", interfaceName, true));
    }

    private List<LinkInfo> cables() throws IOException {
        return lab.host().links().stream()
                .filter(link -> link.name().startsWith("jcv"))
                .toList();
    }

    @Test
    void itBecomesTheContainersOwn() throws IOException {
        ContainerNetwork network = lab.networks().create(NetworkSpec.of("n1", "web_default", "web"));
        try (Place place = laid()) {
            LinkInfo spare = cables().get(0);
            assertThat(spare.up()).isFalse();
            assertThat(spare.master()).isZero();

            Attachment attachment = attach(place, endpoint(network, "eth0")).get(0);

            assertThat(attachment.hostInterface()).isEqualTo(spare.name());
            LinkInfo inside = place.inside().link("eth0").orElseThrow();
            assertThat(inside.address()).isEqualTo(attachment.mac().toString());
            assertThat(inside.alias()).isEmpty();
            assertThat(inside.peer()).isEqualTo(spare.index());
            assertThat(cables())
                    .extracting(LinkInfo::name, LinkInfo::up, LinkInfo::master)
                    .containsExactly(tuple(
                            spare.name(),
                            true,
                            lab.host().link(network.link()).orElseThrow().index()));
            lab.serve(place.machine());
            assertThat(Echo.tcp(attachment.ipv4().orElseThrow().toString(), Lab.PORT))
                    .isEqualTo(network.pools().get(0).gatewayOrFirst().toString());
        }
    }

    @Test
    void itTakesAnotherNameMtuAndFamilyAndTheNextNetworkGetsACableOfItsOwn() throws IOException {
        lab.networks().create(NetworkSpec.of("n0", "web_small", "web"));
        try (Place place = laid()) {
            Files.writeString(Path.of("/proc/sys/net/ipv6/conf/default/accept_dad"), "0");
            ContainerNetwork dual = lab.networks()
                    .create(NetworkSpec.of("n1", "web_dual", "web")
                            .withFamilies(true, true)
                            .withDriver(NetworkDriver.BRIDGE, Map.of("com.docker.network.driver.mtu", "1400")));
            ContainerNetwork back = lab.networks().create(NetworkSpec.of("n2", "web_back", "web"));

            List<Attachment> attachments = attach(place, endpoint(dual, "lan0"), endpoint(back, "eth0"));

            assertThat(place.inside().links())
                    .filteredOn(link -> !link.name().equals("lo"))
                    .extracting(LinkInfo::name, LinkInfo::mtu, LinkInfo::address)
                    .containsExactly(
                            tuple("lan0", 1400, attachments.get(0).mac().toString()),
                            tuple(
                                    "eth0",
                                    back.mtuBytes(),
                                    attachments.get(1).mac().toString()));
            assertThat(cables())
                    .extracting(LinkInfo::name, LinkInfo::mtu)
                    .containsExactlyInAnyOrder(
                            tuple(attachments.get(0).hostInterface(), 1400),
                            tuple(attachments.get(1).hostInterface(), back.mtuBytes()));
            lab.serve(place.machine());
            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(Echo.tcp(
                                    attachments.get(0).ipv6().orElseThrow().toString(), Lab.PORT))
                            .contains(":"));
        }
    }

    @Test
    void itGoesWithTheNetworkThatItWasMadeForAndAnotherNetworkIsNoneTheWorse() throws IOException {
        ContainerNetwork first = lab.networks().create(NetworkSpec.of("n1", "web_default", "web"));
        try (Place found = laid();
                Place place = laid()) {
            SpareCable spare = requireNonNull(SpareCable.find(found.inside(), first));
            lab.networks().remove(first);
            assertThat(cables()).isEmpty();
            assertThat(spare.take(lab.host(), new LinkSettings(), found.inside(), new LinkSettings()))
                    .isFalse();

            ContainerNetwork second = lab.networks().create(NetworkSpec.of("n2", "app_default", "app"));
            Attachment attachment = attach(place, endpoint(second, "eth0")).get(0);

            assertThat(cables()).extracting(LinkInfo::name).containsExactly(attachment.hostInterface());
        }
    }

    @Test
    void oneThatWasTakenStaysWhenTheNetworkThatItWasMadeForGoes() throws IOException {
        ContainerNetwork first = lab.networks().create(NetworkSpec.of("n1", "web_default", "web"));
        try (Place place = laid()) {
            ContainerNetwork second = lab.networks().create(NetworkSpec.of("n2", "app_default", "app"));
            Attachment attachment = attach(place, endpoint(second, "eth0")).get(0);

            lab.networks().remove(first);
            assertThat(cables()).extracting(LinkInfo::name).containsExactly(attachment.hostInterface());

            lab.networks().release(attachment);
            lab.networks().remove(second);
            assertThat(cables()).isEmpty();
        }
    }

    @Test
    void itGoesWithItsNamespace() throws IOException {
        lab.networks().create(NetworkSpec.of("n1", "web_default", "web"));
        Place place = laid();
        assertThat(cables()).hasSize(1);

        place.machine().close();
        place.close();

        await().untilAsserted(() -> assertThat(cables()).isEmpty());
    }

    @Test
    void itGoesWhenTheAttachingFails() throws IOException {
        ContainerNetwork front = lab.networks().create(NetworkSpec.of("n1", "web_front", "web"));
        ContainerNetwork back = lab.networks().create(NetworkSpec.of("n2", "web_back", "web"));
        try (Place place = laid()) {
            assertThatThrownBy(() -> attach(place, endpoint(front, "eth0"), endpoint(back, "eth0")))
                    .hasMessageContaining("File exists");
            assertThat(cables()).isEmpty();
        }
    }

    @Test
    void itGoesFromAContainerWhoseFirstNetworkHasNoBridge() throws IOException {
        ContainerNetwork network = lab.networks().create(NetworkSpec.of("n1", "web_default", "web"));
        NetworkSpec flat = NetworkSpec.of("n2", "web_flat", "web").withDriver(NetworkDriver.MACVLAN, Map.of());
        try (Place place = laid()) {
            assertThat(SpareCable.find(place.inside(), new ContainerNetwork(flat, "lan0", 1500, network.pools())))
                    .isNull();
            assertThat(place.inside().link("eth0")).isEmpty();
            assertThat(cables()).isEmpty();
        }
    }

    @Test
    void noneIsMadeWhileThereIsNoNetwork() throws IOException {
        try (Place place = laid()) {
            assertThat(place.inside().link("eth0")).isEmpty();
        }
    }
}
