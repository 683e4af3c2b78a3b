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
        Subnet first = SubnetPool.ipv4().pick("web/web_default", List.of());

        assertThat(SubnetPool.ipv4().pick("web/web_default", List.of())).isEqualTo(first);
        assertThat(SubnetPool.ipv4().pick("shop/shop_default", List.of())).isNotEqualTo(first);
        assertThat(Subnet.parse("10.192.0.0/10").contains(first)).isTrue();
    }

    @Test
    void goesRoundWhatIsOccupied() throws NetworkException {
        Subnet first = SubnetPool.ipv4().pick("web", List.of());

        Subnet second = SubnetPool.ipv4().pick("web", List.of(new OccupiedSubnet(first, "network other")));

        assertThat(second.overlaps(first)).isFalse();
    }

    @Test
    void goesToTheNextPoolWhenARouteCoversTheFirst() throws NetworkException {
        OccupiedSubnet vpn = new OccupiedSubnet(Subnet.parse("10.0.0.0/8"), "route 10.0.0.0/8 dev tun0");

        assertThat(Subnet.parse("172.16.0.0/12").contains(SubnetPool.ipv4().pick("web", List.of(vpn))))
                .isTrue();
    }

    @Test
    void visitsEverySubnetOfAPoolBeforeItGivesUp() throws NetworkException {
        SubnetPool pool = new SubnetPool(List.of(Subnet.parse("10.9.0.0/24")), 28);
        List<OccupiedSubnet> occupied = new ArrayList<>();
        Set<Subnet> seen = new HashSet<>();
        for (int i = 0; i < 16; i++) {
            Subnet next = pool.pick("web" + i, occupied);
            seen.add(next);
            occupied.add(new OccupiedSubnet(next, "network n" + i));
        }

        assertThat(seen).hasSize(16);
        assertThatThrownBy(() -> pool.pick("web", occupied))
                .hasMessage("no free /28 subnet in [10.9.0.0/24]: 16 subnets of this host are in the way, among them"
                        + " network n0; name a subnet in the network's ipam.config");
    }

    @Test
    void givesUniqueLocalSubnetsOfIpv6() throws NetworkException {
        Subnet subnet = SubnetPool.ipv6().pick("web/web_default", List.of());

        assertThat(subnet.prefixLength()).isEqualTo(64);
        assertThat(Subnet.parse("fd00::/8").contains(subnet)).isTrue();
    }
}
