package dev.rooster.web;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Who is calling, seen through the proxies we trust. */
final class ClientAddress {
    private static final int HOPS_MAX = 20;
    private final List<Network> trusted;

    ClientAddress(List<String> trustedProxies) {
        this.trusted = trustedProxies.stream().map(Network::of).toList();
    }

    /**
     * The nearest address that is not one of our proxies: X-Forwarded-For is read from its end, and only as long as whoever wrote it
     * is trusted. Anybody may send the header; what stands before the first stranger proves nothing.
     *
     * @param forwardedFor null when the request has none
     */
    String of(String remote, String forwardedFor) {
        String nearest = remote;
        if (forwardedFor == null) {
            return nearest;
        }
        String[] hops = forwardedFor.split(",");
        for (int i = hops.length - 1; i >= Math.max(0, hops.length - HOPS_MAX) && isTrusted(nearest); i--) {
            Optional<InetAddress> hop = Network.address(hops[i].strip());
            if (hop.isEmpty()) {
                break;
            }
            nearest = hop.get().getHostAddress();
        }
        return nearest;
    }

    private boolean isTrusted(String address) {
        return Network.address(address)
                .filter(found -> trusted.stream().anyMatch(network -> network.contains(found)))
                .isPresent();
    }

    /** What limits count by: an IPv4 address, or the /64 that one IPv6 customer has. */
    static String block(String address) {
        return Network.address(address)
                .filter(found -> found.getAddress().length == 16)
                .map(found -> {
                    byte[] bytes = found.getAddress();
                    return java.util.HexFormat.of().formatHex(bytes, 0, 8) + "/64";
                })
                .orElse(address);
    }
}
