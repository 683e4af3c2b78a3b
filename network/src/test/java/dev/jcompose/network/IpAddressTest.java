package dev.jcompose.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.1.2.3", "255.255.255.255", "::", "::1", "fd00::1:0:0:1", "2001:db8::"})
    void printsWhatItParsed(String text) {
        assertThat(IpAddress.parse(text)).hasToString(text);
        assertThat(IpAddress.of(IpAddress.parse(text).bytes())).isEqualTo(IpAddress.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "fe80:0:0:1:0:0:0:2, fe80:0:0:1::2",
        "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7"
    })
    void printsTheShortestFormOfIpv6(String text, String shortest) {
        assertThat(IpAddress.parse(text)).hasToString(shortest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.1.2",
                "10.1.2.256",
                "010.1.2.3",
                "10.1.2.3/24",
                "1:2",
                "::ffff:1.2.3.4",
                "fe80::1%eth0"
            })
    void rejectsWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text)).hasMessage("\"%s\" is not an IP address".formatted(text));
    }

    @Test
    void countsOnAndSortsByNumber() {
        assertThat(IpAddress.parse("10.0.0.255").plus(1)).isEqualTo(IpAddress.parse("10.0.1.0"));
        assertThat(IpAddress.parse("200.0.0.1")).isGreaterThan(IpAddress.parse("9.0.0.1"));
        assertThat(IpAddress.parse("::1")).isGreaterThan(IpAddress.parse("255.255.255.255"));
    }

    @Test
    void knowsTheSpecialOnes() {
        assertThat(IpAddress.parse("127.3.2.1").isLoopback()).isTrue();
        assertThat(IpAddress.parse("128.0.0.1").isLoopback()).isFalse();
        assertThat(IpAddress.parse("::").isAny()).isTrue();
    }
}
