package dev.jcompose.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubnetTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.2.0/24, 10.1.2.255, 256",
        "0.0.0.0/0, 255.255.255.255, 4294967296",
        "10.1.2.4/30, 10.1.2.7, 4",
        "10.1.2.3/32, 10.1.2.3, 1",
        "fd00::/64, fd00::ffff:ffff:ffff:ffff, 9223372036854775807",
        "fd00::/120, fd00::ff, 256",
        "::/0, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 9223372036854775807"
    })
    void knowsItsEnd(String text, String last, long size) {
        Subnet subnet = Subnet.parse(text);

        assertThat(subnet).hasToString(text);
        assertThat(subnet.last()).hasToString(last);
        assertThat(subnet.size()).isEqualTo(size);
        assertThat(subnet.contains(subnet.last())).isTrue();
    }

    @Test
    void saysHowASubnetShouldBeWritten() {
        assertThatThrownBy(() -> Subnet.parse("10.1.2.3/24"))
                .hasMessage("subnet \"10.1.2.3/24\" has bits after its prefix; it should be 10.1.2.0/24");
        assertThatThrownBy(() -> Subnet.parse("10.1.2.0")).hasMessageContaining("is not of the form 10.1.2.0/24");
        assertThatThrownBy(() -> Subnet.parse("10.1.2.0/33")).hasMessageContaining("is not in 0..32");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.0/24, 10.1.2.128/25, true",
        "10.1.2.128/25, 10.1.2.0/24, true",
        "10.1.2.0/24, 10.1.3.0/24, false",
        "0.0.0.0/0, 10.1.3.0/24, true",
        "::/0, 10.1.3.0/24, false",
        "fd00:1::/32, fd00:1:2::/48, true"
    })
    void overlapsWhenOneHoldsTheOther(String one, String other, boolean overlaps) {
        assertThat(Subnet.parse(one).overlaps(Subnet.parse(other))).isEqualTo(overlaps);
    }
}
