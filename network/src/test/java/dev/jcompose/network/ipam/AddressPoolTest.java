package dev.jcompose.network.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.network.IpAddress;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.Subnet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressPoolTest {
    private static final Subnet SUBNET = Subnet.parse("10.1.2.0/29");

    private final AddressPool pool = new AddressPool(
            "web_default", new IpamPool(SUBNET, null, null, Map.of("printer", IpAddress.parse("10.1.2.2"))));

    @Test
    void aContainerGetsItsAddressAgainInAnyOrder() throws NetworkException {
        IpAddress a = pool.allocate("a", Set.of());
        IpAddress b = pool.allocate("b", Set.of());
        pool.release(a);
        pool.release(b);

        assertThat(pool.allocate("b", Set.of())).isEqualTo(b);
        assertThat(pool.allocate("a", Set.of())).isEqualTo(a);
    }

    @Test
    void anotherPoolBeginsAtTheSamePlace() throws NetworkException {
        AddressPool other = new AddressPool("web_default", IpamPool.of(Subnet.parse("10.1.0.0/16")));
        AddressPool same = new AddressPool("web_default", IpamPool.of(Subnet.parse("10.1.0.0/16")));

        assertThat(other.allocate("web-db-1", Set.of())).isEqualTo(same.allocate("web-db-1", Set.of()));
    }

    @Test
    void givesOutAllButTheReservedOnesAndThenExplains() throws NetworkException {
        Set<String> given = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            given.add(pool.allocate("c" + i, Set.of()).toString());
        }

        assertThat(given).containsExactlyInAnyOrder("10.1.2.3", "10.1.2.4", "10.1.2.5", "10.1.2.6");
        assertThatThrownBy(() -> pool.allocate("late", Set.of()))
                .hasMessage("network \"web_default\" has no free address for \"late\": all 4 of 10.1.2.0/29 are taken");
    }

    @Test
    void anotherContainersOldAddressIsTakenLast() throws NetworkException {
        IpAddress old = pool.allocate("gone", Set.of());
        pool.release(old);

        assertThat(pool.allocate("a", Set.of())).isNotEqualTo(old);
        pool.allocate("b", Set.of());
        pool.allocate("c", Set.of());
        assertThat(pool.allocate("d", Set.of())).isEqualTo(old);
    }

    @Test
    void aRangeLimitsWhatIsGivenButNotWhatIsAskedFor() throws NetworkException {
        AddressPool ranged = new AddressPool(
                "web_default", new IpamPool(Subnet.parse("10.1.0.0/16"), Subnet.parse("10.1.5.0/30"), null, Map.of()));

        assertThat(Subnet.parse("10.1.5.0/30").contains(ranged.allocate("a", Set.of())))
                .isTrue();
        assertThat(ranged.claim(IpAddress.parse("10.1.9.9"), "b")).hasToString("10.1.9.9");
    }

    @Test
    void explainsWhyAnAddressCannotBeHad() throws NetworkException {
        pool.claim(IpAddress.parse("10.1.2.4"), "a");

        assertThatThrownBy(() -> pool.claim(IpAddress.parse("10.1.2.4"), "b"))
                .hasMessage("address 10.1.2.4 of \"b\" is taken in network \"web_default\" by \"a\"");
        assertThatThrownBy(() -> pool.claim(IpAddress.parse("10.1.3.4"), "b"))
                .hasMessage("address 10.1.3.4 of \"b\" is not in the subnet 10.1.2.0/29 of network \"web_default\"");
        assertThatThrownBy(() -> pool.claim(IpAddress.parse("10.1.2.1"), "b")).hasMessageContaining("is reserved");
        assertThat(pool.claim(IpAddress.parse("10.1.2.4"), "a")).hasToString("10.1.2.4");
    }

    @Test
    void anAddressThatIsMeantForAnotherIsNotGiven() throws NetworkException {
        Set<IpAddress> fixed =
                Set.of(IpAddress.parse("10.1.2.3"), IpAddress.parse("10.1.2.4"), IpAddress.parse("10.1.2.5"));

        assertThat(pool.allocate("a", fixed)).hasToString("10.1.2.6");
        assertThatThrownBy(() -> pool.allocate("b", fixed))
                .hasMessage("network \"web_default\" has no free address for \"b\": all 1 of 10.1.2.0/29 are taken or"
                        + " meant for other services");
        assertThat(pool.claim(IpAddress.parse("10.1.2.4"), "fixed")).hasToString("10.1.2.4");
    }

    @Test
    void whatAStoppedContainerHadIsKeptForIt() throws NetworkException {
        pool.remember(IpAddress.parse("10.1.2.5"), "stopped");

        assertThat(pool.allocate("a", Set.of())).isNotEqualTo(IpAddress.parse("10.1.2.5"));
        assertThat(pool.allocate("stopped", Set.of())).hasToString("10.1.2.5");
    }
}
