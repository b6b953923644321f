package dev.rooster.sandbox;

import java.util.List;

/**
 * A message that a {@link ScriptedSmtpPeer} has taken.
 *
 * @param connection number of the connection, from 1
 * @param mailFrom "" for the null sender
 * @param mailParameters as said after MAIL, such as {@code SIZE=1000}
 * @param rcpts the accepted recipients, as said
 * @param rcptParameters as said after RCPT, of all recipients
 * @param octets the message without doubled dots, or as much from its beginning as the peer keeps
 * @param size number of octets, also when they are not kept
 */
public record PeerMessage(
        int connection,
        String mailFrom,
        List<String> mailParameters,
        List<String> rcpts,
        List<String> rcptParameters,
        byte[] octets,
        long size) {

    public String rcpt() {
        return rcpts.get(0);
    }
}
