package dev.rooster.mail.event;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Reads what a provider posted. Pure; never throws, whatever the bytes are. */
public final class ReadEvents {
    private static final Map<Provider, EventReader> READERS = new EnumMap<>(Map.of(
            Provider.SES, new SesEvents(),
            Provider.MAILGUN, new MailgunEvents(),
            Provider.SENDGRID, new SendGridEvents(),
            Provider.POSTMARK, new PostmarkEvents(),
            Provider.BREVO, new BrevoEvents(),
            Provider.RESEND, new ResendEvents(),
            Provider.SPARKPOST, new SparkPostEvents(),
            Provider.GENERIC, new GenericEvents()));

    private ReadEvents() {}

    /**
     * Reads a genuine request's events.
     *
     * @param json the bytes, of whatever length the caller allows
     * @return empty when it is no JSON of an object or array
     */
    public static Optional<ParsedEvents> of(Provider provider, byte[] json) {
        return JsonTree.parse(json).map(request -> {
            Collected into = new Collected();
            READERS.get(provider).read(request, into);
            return into.done();
        });
    }
}
