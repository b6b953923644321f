package dev.rooster.outbound;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Tells addresses of the public Internet from those that only mean something here: loopback, private, link-local, shared and
 * reserved ones (the registries of RFC 6890), also where they are wrapped in an address of version 6. Pure.
 */
final class PublicAddresses {
    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] octets = address.getAddress();
        return address instanceof Inet4Address ? fourIsPublic(octets) : sixIsPublic((Inet6Address) address, octets);
    }

    private static boolean fourIsPublic(byte[] octets) {
        int a = octets[0] & 0xFF;
        int b = octets[1] & 0xFF;
        int c = octets[2] & 0xFF;
        boolean shared = a == 100 && b >= 64 && b < 128; // RFC 6598
        boolean special = a == 192 && b == 0 && (c == 0 || c == 2)
                || a == 198 && (b == 18 || b == 19)
                || a == 198 && b == 51 && c == 100
                || a == 203 && b == 0 && c == 113;
        return a != 0 && a != 10 && a < 224 && !shared && !special;
    }

    private static boolean sixIsPublic(Inet6Address address, byte[] octets) {
        if (address.isIPv4CompatibleAddress() || startsWith(octets, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF)) {
            return innerIsPublic(octets, 12);
        }
        if (startsWith(octets, 0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0)) { // RFC 6052
            return innerIsPublic(octets, 12);
        }
        if (startsWith(octets, 0x20, 0x02)) { // RFC 3056
            return innerIsPublic(octets, 2);
        }
        // Only 2000::/3 is given out (RFC 4291 section 2.4); in it Teredo and documentation are not for us.
        return (octets[0] & 0xE0) == 0x20
                && !startsWith(octets, 0x20, 0x01, 0, 0)
                && !startsWith(octets, 0x20, 0x01, 0x0D, 0xB8);
    }

    private static boolean innerIsPublic(byte[] octets, int from) {
        try {
            return contains(InetAddress.getByAddress(Arrays.copyOfRange(octets, from, from + 4)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    private static boolean startsWith(byte[] octets, int... start) {
        for (int i = 0; i < start.length; i++) {
            if ((octets[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }
}
