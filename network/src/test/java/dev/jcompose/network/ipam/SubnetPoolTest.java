package dev.jcompose.network.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.network.NetworkException;
import dev.jcompose.network.Subnet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubnetPoolTest {

    @Test
    void theSameNetworkGetsTheSameSubnetAgain() throws NetworkException {
        Subnet first = pick("web/web_default");

        assertThat(pick("web/web_default")).isEqualTo(first);
        assertThat(pick("shop/shop_default")).isNotEqualTo(first);
        assertThat(Subnet.parse("10.192.0.0/10").contains(first)).isTrue();
    }

    @Test
    void goesRoundWhatIsOccupied() throws NetworkException {
        Subnet first = pick("web");

        assertThat(pick("web", first).overlaps(first)).isFalse();
        assertThat(pick("web", new Subnet(first.address().plus(128), 25)).overlaps(first))
                .isFalse();
    }

    @Test
    void aNetworkThatHadToGoElsewhereGoesThereAgain() throws NetworkException {
        Subnet first = pick("web");
        SubnetPool pool = SubnetPool.ipv4();
        Subnet other = pick("web", first);
        SubnetHistory history = SubnetHistory.EMPTY.with("web", List.of(other));

        assertThat(pool.pick("web", OccupiedSubnets.NONE, history)).isEqualTo(other);
    }

    @Test
    void theSubnetOfARemovedNetworkIsKeptForItWhileOthersAreFree() throws NetworkException {
        Subnet first = pick("web");
        SubnetHistory history = SubnetHistory.EMPTY.with("gone", List.of(first));
        SubnetPool small = new SubnetPool(List.of(first), 24);

        assertThat(SubnetPool.ipv4().pick("web", OccupiedSubnets.NONE, history)).isNotEqualTo(first);
        assertThat(small.pick("web", OccupiedSubnets.NONE, history)).isEqualTo(first);
    }

    @Test
    void whoHasMoreContainersGetsALargerSubnetAndNotItsSmallOneAgain() throws NetworkException {
        SubnetHistory history = SubnetHistory.EMPTY.with("web", List.of(pick("web")));

        assertThat(SubnetPool.ipv4(253).pick("web", OccupiedSubnets.NONE, history))
                .isEqualTo(pick("web"));
        Subnet wide = SubnetPool.ipv4(254).pick("web", OccupiedSubnets.NONE, history);
        assertThat(wide.prefixLength()).isEqualTo(20);
        assertThat(SubnetPool.ipv4(5000)
                        .pick("web", OccupiedSubnets.NONE, history)
                        .prefixLength())
                .isEqualTo(16);
        assertThat(SubnetPool.ipv4().pick("web", OccupiedSubnets.NONE, history.with("web", List.of(wide))))
                .isEqualTo(wide);
    }

    @Test
    void goesToTheNextPoolWhenARouteCoversTheFirst() throws NetworkException {
        assertThat(Subnet.parse("172.16.0.0/12").contains(pick("web", Subnet.parse("10.0.0.0/8"))))
                .isTrue();
    }

    @Test
    void visitsEverySubnetOfAPoolBeforeItGivesUpAndSaysWhatIsThere() throws NetworkException {
        SubnetPool pool = new SubnetPool(List.of(Subnet.parse("10.9.0.0/24"), Subnet.parse("10.8.0.0/24")), 28);
        List<OccupiedSubnet> occupied = new ArrayList<>();
        occupied.add(new OccupiedSubnet(Subnet.parse("10.8.0.0/16"), "route 10.8.0.0/16 dev tun0"));
        Set<Subnet> seen = new HashSet<>();
        for (int i = 0; i < 16; i++) {
            Subnet next = pool.pick("web" + i, new OccupiedSubnets(occupied), SubnetHistory.EMPTY);
            seen.add(next);
            occupied.add(new OccupiedSubnet(next, "network n"));
        }

        assertThat(seen).hasSize(16);
        assertThatThrownBy(() -> pool.pick("web", new OccupiedSubnets(occupied), SubnetHistory.EMPTY))
                .hasMessage("no free /28 subnet: 10.9.0.0/24 has network n and others;"
                        + " 10.8.0.0/24 has route 10.8.0.0/16 dev tun0; name a subnet in the network's ipam.config");
    }

    @Test
    void hasRoomForThousandsOfNetworks() throws NetworkException {
        List<OccupiedSubnet> occupied = new ArrayList<>();
        SubnetPool pool = SubnetPool.ipv4();
        SubnetHistory history = SubnetHistory.EMPTY;
        for (int i = 0; i < 64; i++) {
            for (int j = 0; j < 64; j++) {
                occupied.add(new OccupiedSubnet(Subnet.parse("10.%d.%d.0/24".formatted(192 + i, j)), "network"));
            }
        }
        OccupiedSubnets all = new OccupiedSubnets(occupied);
        for (int i = 0; i < 5000; i++) {
            assertThat(all.conflict(pool.pick("n" + i, all, history))).isEmpty();
        }
    }

    @Test
    void givesUniqueLocalSubnetsOfIpv6ThatAreThisMachines() throws NetworkException {
        Subnet subnet = SubnetPool.ipv6("machine").pick("web", OccupiedSubnets.NONE, SubnetHistory.EMPTY);
        Subnet other = SubnetPool.ipv6("machine").pick("shop", OccupiedSubnets.NONE, SubnetHistory.EMPTY);

        assertThat(subnet.prefixLength()).isEqualTo(64);
        assertThat(Subnet.parse("fd00::/8").contains(subnet)).isTrue();
        assertThat(Subnet.around(subnet.address(), 48)).isEqualTo(Subnet.around(other.address(), 48));
        assertThat(SubnetPool.ipv6("elsewhere").pick("web", OccupiedSubnets.NONE, SubnetHistory.EMPTY))
                .isNotEqualTo(subnet);
    }

    private static Subnet pick(String key, Subnet... taken) throws NetworkException {
        List<OccupiedSubnet> occupied = new ArrayList<>();
        for (Subnet subnet : taken) {
            occupied.add(new OccupiedSubnet(subnet, "route " + subnet));
        }
        return SubnetPool.ipv4().pick(key, new OccupiedSubnets(occupied), SubnetHistory.EMPTY);
    }
}
