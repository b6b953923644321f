package dev.rooster.mail;

/** The outcome of reading a text as an e-mail address. */
public sealed interface AddressCheck {

    record Valid(EmailAddress address) implements AddressCheck {}

    /**
     * @param found the text as it was given, null read as empty; personal data, never for a log
     */
    record Invalid(String found, AddressProblem problem) implements AddressCheck {
        /** Without what was found. */
        @Override
        public String toString() {
            return "Invalid[" + problem + "]";
        }
    }
}
