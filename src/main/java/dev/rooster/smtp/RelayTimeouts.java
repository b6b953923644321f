package dev.rooster.smtp;

import java.time.Duration;
import java.util.Map;

/**
 * How long a relay may take for each step before the connection is given up. The defaults are the least a client has to
 * wait by RFC 5321 §4.5.3.2; shortening {@code finalDot} trades patience for messages whose fate is unknown, and so for
 * duplicates.
 *
 * @param connect until the TCP connection stands; 30 s by default, tried once per address
 * @param command for the greeting, EHLO, STARTTLS, each step of AUTH, and RSET; 5 min by default
 * @param mail for the reply to MAIL; 5 min by default
 * @param rcpt for the reply to RCPT; 5 min by default
 * @param data for the reply to DATA; 2 min by default
 * @param block for the relay to take one block (at most 128 KiB) of the message; 3 min by default
 * @param finalDot for the reply to the message; 10 min by default
 * @param quit for a polite farewell, whose outcome nobody needs; 5 s by default
 */
public record RelayTimeouts(
        Duration connect,
        Duration command,
        Duration mail,
        Duration rcpt,
        Duration data,
        Duration block,
        Duration finalDot,
        Duration quit) {

    private static final Duration LONGEST = Duration.ofHours(1);

    /** Refuses durations that are not between 1 ms and one hour. */
    public RelayTimeouts {
        Map.of(
                        "connect",
                        connect,
                        "command",
                        command,
                        "mail",
                        mail,
                        "rcpt",
                        rcpt,
                        "data",
                        data,
                        "block",
                        block,
                        "final dot",
                        finalDot,
                        "quit",
                        quit)
                .forEach((step, timeout) -> {
                    if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST) > 0) {
                        throw new IllegalArgumentException(
                                "the timeout for " + step + " is " + timeout + "; it must be between 1 ms and 1 h");
                    }
                });
    }

    /** The values of RFC 5321 §4.5.3.2. */
    public static RelayTimeouts defaults() {
        return new RelayTimeouts(
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(2),
                Duration.ofMinutes(3),
                Duration.ofMinutes(10),
                Duration.ofSeconds(5));
    }

    /** The same with every step limited to {@code longest}: for a check that a person waits for. */
    public RelayTimeouts atMost(Duration longest) {
        return new RelayTimeouts(
                least(connect, longest),
                least(command, longest),
                least(mail, longest),
                least(rcpt, longest),
                least(data, longest),
                least(block, longest),
                least(finalDot, longest),
                least(quit, longest));
    }

    private static Duration least(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
