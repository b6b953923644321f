package dev.rooster.newsletter;

/**
 * Who answers for the newsletter. Printed as text at the foot of every issue, in both parts (Network Act of Korea §50(4)1).
 *
 * @param name of the person or company
 * @param email as printed; may differ from the sender
 * @param phone as printed
 * @param address postal address, one line
 */
public record Identity(String name, String email, String phone, String address) {

    /** Nothing known yet; {@link LawGate} then names everything as missing. */
    public static final Identity NONE = new Identity("", "", "", "");

    /** Null stands for "not given" and becomes an empty text. */
    public Identity {
        name = known(name);
        email = known(email);
        phone = known(phone);
        address = known(address);
    }

    private static String known(String text) {
        return text == null ? "" : text.strip();
    }
}
