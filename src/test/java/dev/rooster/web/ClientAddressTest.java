package dev.rooster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
    private final ClientAddress addresses = new ClientAddress(List.of("127.0.0.1", "10.0.0.0/8", "fd00::/8"));

    @Test
    void aStrangersHeaderIsNotBelieved() {
        assertThat(addresses.of("203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
    }

    @Test
    void theNearestAddressBeforeOurProxiesIsTheCaller() {
        assertThat(addresses.of("127.0.0.1", "198.51.100.1, 203.0.113.9, 10.1.2.3"))
                .isEqualTo("203.0.113.9");
        assertThat(addresses.of("127.0.0.1", "nonsense, 10.1.2.3")).isEqualTo("10.1.2.3");
        assertThat(addresses.of("127.0.0.1", null)).isEqualTo("127.0.0.1");
    }

    @Test
    void namesAreNeverLookedUp() {
        assertThat(Network.address("localhost")).isEmpty();
        assertThat(Network.address("cafe")).isEmpty();
        assertThatThrownBy(() -> Network.of("proxy.example.com")).hasMessageContaining("proxy.example.com");
        assertThatThrownBy(() -> Network.of("10.0.0.0/33")).hasMessageContaining("0 to 32");
    }

    @Test
    void oneCustomersIpv6BlockCountsAsOneCaller() {
        assertThat(ClientAddress.block("2001:db8:1:2:3::1")).isEqualTo(ClientAddress.block("2001:db8:1:2:ffff::9"));
        assertThat(ClientAddress.block("203.0.113.9")).isEqualTo("203.0.113.9");
    }
}
