package dev.rooster.delivery;

import dev.rooster.db.Database;
import dev.rooster.mail.CopyIdentity;
import dev.rooster.mail.DkimKey;
import dev.rooster.mail.MessageBuffer;
import dev.rooster.mail.MessagePlan;
import dev.rooster.mail.relay.Envelope;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.newsletter.NewsletterSettings;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.token.Purpose;
import dev.rooster.token.Tokens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Makes copies from frozen versions: each version is read and compiled once per process. Thread-safe.
 *
 * <p>Message-ID, envelope id and envelope sender are tokens of the edition and the person, made of what the version froze: they are
 * the same at each try, whatever became of settings and keys meanwhile, and lead any report about a copy back to its row.
 */
public final class EditionCopies implements Copies {
    private static final int VERSIONS_MAX = 32;

    private final Database database;
    private final JdbiEditions editions;
    private final Newsletters newsletters;
    private final PublicLinks links;
    private final Tokens tokens;
    private final Function<NewsletterId, Optional<DkimKey>> dkim;
    private final boolean unsubscribeByMail;
    private final Map<VersionKey, Compiled> versions = new ConcurrentHashMap<>();

    private record VersionKey(EditionId edition, int version) {}

    /** A version with all that its copies share. */
    private record Compiled(
            MessagePlan plan,
            Newsletter newsletter,
            long edition,
            int version,
            String messageIdDomain,
            Origin origin,
            Tokens tokens,
            PublicLinks links) {
        /** A revision is another message (RFC 5322 §3.6.4); whoever looks for the token finds it before the dot. */
        String messageIdLeft(Recipient recipient) {
            String token = tokens.seal(Purpose.MESSAGE_ID, 0, edition, recipient.publicId());
            return version == 1 ? token : token + "." + version;
        }

        String envelopeSender(Recipient recipient) {
            return origin.bouncePrefix() + "+" + tokens.seal(Purpose.VERP, 0, edition, recipient.publicId()) + "@"
                    + origin.bounceDomain();
        }
    }

    /**
     * @param dkim what a newsletter's copies are signed with; empty: no signature
     * @param unsubscribeByMail whether the unsubscribe header offers an address too; somebody must read what comes there
     */
    public EditionCopies(
            Database database,
            JdbiEditions editions,
            Newsletters newsletters,
            PublicLinks links,
            Tokens tokens,
            Function<NewsletterId, Optional<DkimKey>> dkim,
            boolean unsubscribeByMail) {
        this.database = database;
        this.editions = editions;
        this.newsletters = newsletters;
        this.links = links;
        this.tokens = tokens;
        this.dkim = dkim;
        this.unsubscribeByMail = unsubscribeByMail;
    }

    @Override
    public Envelope envelope(ClaimedDelivery delivery) {
        return envelope(version(delivery), delivery.recipient(), 0);
    }

    private static Envelope envelope(Compiled version, Recipient recipient, int bytes) {
        return new Envelope(
                version.envelopeSender(recipient),
                recipient.address(),
                version.messageIdLeft(recipient),
                recipient.address().needsSmtpUtf8(),
                bytes);
    }

    @Override
    public void write(ClaimedDelivery delivery, MessageBuffer out) {
        Compiled version = version(delivery);
        write(version, version.edition(), delivery.recipient(), out);
    }

    /** @param edition the public id that links in the copy name */
    private void write(Compiled version, long edition, Recipient recipient, MessageBuffer out) {
        CopyValues values = new CopyValues(version.links(), version.newsletter().publicId(), edition, recipient);
        CopyIdentity identity = new CopyIdentity(
                recipient.address(),
                recipient.name(),
                version.messageIdLeft(recipient) + "@" + version.messageIdDomain(),
                values.get("link.unsubscribe"),
                unsubscribeMailto(version, recipient));
        version.plan().write(values, identity, out);
    }

    /** A mail that was made. */
    record Marked(Envelope envelope, MessageBuffer message) {}

    /**
     * The newest version for one person once more, marked as sent again.
     *
     * @param copy names it in its Message-ID and envelope sender, in the place of the edition
     */
    Marked marked(Edition edition, Recipient recipient, long copy, Instant at) {
        Newsletter newsletter = newsletters.get(edition.newsletter());
        NewsletterSettings settings = newsletter.settings();
        EditionVersion version = database.jdbi()
                .withHandle(handle -> new JdbiEditionVersions().find(handle, edition.id(), edition.version()))
                .orElseThrow();
        MarkedCopy marked = MarkedCopy.of(
                version,
                settings.language(),
                at.truncatedTo(ChronoUnit.SECONDS).atZone(settings.zone()).toOffsetDateTime());
        MessagePlan plan =
                MessagePlan.compile(marked.headers(), marked.text(), marked.html(), dkim.apply(newsletter.id()));
        Compiled as = new Compiled(
                plan, newsletter, copy, 1, version.headers().from().domain(), today(settings), tokens, links);
        MessageBuffer message = new MessageBuffer();
        write(as, edition.publicId(), recipient, message);
        return new Marked(envelope(as, recipient, message.length()), message);
    }

    private String unsubscribeMailto(Compiled version, Recipient recipient) {
        return unsubscribeByMail
                ? version.links()
                        .unsubscribeByMail(
                                version.origin().bouncePrefix(),
                                version.origin().bounceDomain(),
                                version.newsletter().publicId(),
                                recipient.publicId())
                : null;
    }

    private Compiled version(ClaimedDelivery delivery) {
        VersionKey key = new VersionKey(delivery.key().edition(), delivery.version());
        Compiled known = versions.get(key);
        if (known == null && versions.size() >= VERSIONS_MAX) {
            versions.clear(); // long-finished ones; those still in use are read again
        }
        return known != null ? known : versions.computeIfAbsent(key, this::compile);
    }

    private Compiled compile(VersionKey key) {
        return database.jdbi().withHandle(handle -> {
            Edition edition = editions.find(handle, key.edition()).orElseThrow();
            EditionVersion version = new JdbiEditionVersions()
                    .find(handle, key.edition(), key.version())
                    .orElseThrow(() -> new IllegalStateException(
                            "edition " + key.edition().value() + " has no version " + key.version()));
            Newsletter newsletter = newsletters.get(edition.newsletter());
            MessagePlan plan = MessagePlan.compile(
                    version.headers(), version.text(), version.html(), dkim.apply(edition.newsletter()));
            Origin origin = version.origin() != null ? version.origin() : today(newsletter.settings());
            return new Compiled(
                    plan,
                    newsletter,
                    edition.publicId(),
                    key.version(),
                    version.headers().from().domain(),
                    origin,
                    tokens.withKey(origin.tokenKey()),
                    links.withKey(origin.tokenKey()));
        });
    }

    private Origin today(NewsletterSettings settings) {
        return new Origin(tokens.keyId(), settings.bouncePrefix(), settings.bounceDomain());
    }
}
