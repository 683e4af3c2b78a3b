package dev.jcompose.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MacAddressTest {

    @Test
    void printsWhatItParsed() {
        assertThat(MacAddress.parse("02-42-AC-11-00-02")).hasToString("02:42:ac:11:00:02");
    }

    @Test
    void goesWithTheIpAddress() {
        assertThat(MacAddress.of(IpAddress.parse("10.1.2.255"))).hasToString("02:42:0a:01:02:ff");
    }

    @Test
    void rejectsGroupsAndOtherForms() {
        assertThatThrownBy(() -> MacAddress.parse("01:00:5e:00:00:01")).hasMessageContaining("a group of interfaces");
        assertThatThrownBy(() -> MacAddress.parse("02:42:ac")).hasMessageContaining("is not of the form");
    }
}
