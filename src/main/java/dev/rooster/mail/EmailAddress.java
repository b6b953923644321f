package dev.rooster.mail;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * An e-mail address that can be mailed to: {@code Dot-string@Domain} of RFC 5321 §4.1.2, with the non-ASCII local parts
 * of RFC 6531 and internationalised domains as A-labels (RFC 5890).
 *
 * <p>Two addresses are equal when their {@link #key()} is: local parts that differ only in case are one mailbox at every
 * provider known. Dots and {@code +tags} are kept, for they mean different things at different providers. Immutable.
 */
public final class EmailAddress implements Comparable<EmailAddress> {
    private final String local;
    private final String domain;
    private final String key;

    private EmailAddress(String local, String domain) {
        this.local = local;
        this.domain = domain;
        this.key = Normalizer.normalize(local.toLowerCase(Locale.ROOT), Normalizer.Form.NFC) + "@" + domain;
    }

    /**
     * Reads an address, as typed by a person: blanks around it are ignored.
     *
     * @param text null is read as empty
     */
    public static AddressCheck check(String text) {
        String found = text == null ? "" : text;
        String address = Normalizer.normalize(found.strip(), Normalizer.Form.NFC);
        AddressProblem shape = problemOfShape(address);
        if (shape != null) {
            return new AddressCheck.Invalid(found, shape);
        }
        int at = address.indexOf('@');
        String local = address.substring(0, at);
        AddressProblem problem = LocalPart.problem(local);
        if (problem != null) {
            return new AddressCheck.Invalid(found, problem);
        }
        DomainName.Check domain = DomainName.check(address.substring(at + 1));
        if (domain.problem() != null) {
            return new AddressCheck.Invalid(found, domain.problem());
        }
        if (octets(local) + 1 + domain.ascii().length() > 254) {
            return new AddressCheck.Invalid(found, AddressProblem.TOO_LONG);
        }
        return new AddressCheck.Valid(new EmailAddress(local, domain.ascii()));
    }

    /**
     * An address known to be good, such as one read back from the database.
     *
     * @throws IllegalArgumentException naming the problem, not the address
     */
    public static EmailAddress of(String text) {
        AddressCheck check = check(text);
        if (check instanceof AddressCheck.Valid valid) {
            return valid.address();
        }
        throw new IllegalArgumentException("not an e-mail address: " + ((AddressCheck.Invalid) check).problem());
    }

    private static AddressProblem problemOfShape(String address) {
        if (address.isEmpty()) {
            return AddressProblem.EMPTY;
        }
        // loops, not streams: an import checks millions
        if (hasControl(address)) {
            return AddressProblem.CONTROL_CHARACTER;
        }
        if (address.endsWith(">") && address.indexOf('<') >= 0) {
            return AddressProblem.DISPLAY_NAME;
        }
        if (address.startsWith("\"")) {
            return AddressProblem.LOCAL_QUOTED;
        }
        if (hasBlank(address)) {
            return AddressProblem.WHITE_SPACE;
        }
        int at = address.indexOf('@');
        if (at < 0) {
            return AddressProblem.NO_AT;
        }
        return address.indexOf('@', at + 1) < 0 ? null : AddressProblem.SEVERAL_ATS;
    }

    /** Controls, and the line separators that some software takes for a line end: none may reach a command line. */
    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                return true;
            }
        }
        return false;
    }

    /** All white space is within the first 65,536 characters of Unicode. */
    private static boolean hasBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                return true;
            }
        }
        return false;
    }

    static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** As the person writes it (NFC), the domain as lower-case A-labels. */
    public String text() {
        return local + "@" + domain;
    }

    /** The form that is compared and kept unique: everything in lower case, NFC. */
    public String key() {
        return key;
    }

    public String local() {
        return local;
    }

    /** Lower-case A-labels, such as {@code xn--vv4b11d.kr}. */
    public String domain() {
        return domain;
    }

    /** Enough to recognise, too little to mail: {@code k***@n***.com}. For logs and for pages anyone may open. */
    public String masked() {
        int lastDot = domain.lastIndexOf('.');
        String top = lastDot < 0 ? "" : domain.substring(lastDot);
        return first(local) + "***@" + first(domain) + "***" + top;
    }

    private static String first(String text) {
        return text.substring(0, text.offsetByCodePoints(0, 1));
    }

    /** Whether only a relay that offers SMTPUTF8 can take it (RFC 6531 §3.2): its local part is not ASCII. */
    public boolean needsSmtpUtf8() {
        return local.chars().anyMatch(c -> c > 0x7F);
    }

    @Override
    public int compareTo(EmailAddress other) {
        return key.compareTo(other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmailAddress that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** {@link #masked()}: a whole address never reaches a log by accident. */
    @Override
    public String toString() {
        return masked();
    }
}
