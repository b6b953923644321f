package dev.rooster.notice;

import dev.rooster.db.Dialect;
import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.MaskedText;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.token.AddressHash;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/**
 * Puts notices into the outbox, within the caller's transaction: the notice and what it tells are committed together or not
 * at all. Thread-safe.
 */
public final class Notices {
    /** In an alarm's payload: the public id of the letter that its link leads to ({@link dev.rooster.token.Purpose#STOP_REQUEST}). */
    public static final String STOP_REQUEST = "stop-request";
    /** In an alarm's payload: the instant from which on that link decides nothing more. */
    public static final String STOP_REQUEST_UNTIL = "stop-request-until";

    private final AddressHash hashes;
    private final NoticeSettings settings;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final JdbiNotices table;
    private final JdbiAlarmCalls calls;
    private final boolean callAlarms;

    /** @param random unpredictable: the public id stands in links */
    public Notices(
            AddressHash hashes, NoticeSettings settings, Dialect dialect, InstantSource clock, RandomGenerator random) {
        this(hashes, settings, dialect, clock, random, false);
    }

    /** @param callAlarms whether alarms are told by HTTP as well; see {@link CallAlarms} */
    public Notices(
            AddressHash hashes,
            NoticeSettings settings,
            Dialect dialect,
            InstantSource clock,
            RandomGenerator random,
            boolean callAlarms) {
        this.hashes = hashes;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.table = new JdbiNotices(dialect);
        this.calls = new JdbiAlarmCalls(dialect);
        this.callAlarms = callAlarms;
    }

    /**
     * Puts one in.
     *
     * @param cause what it answers, at most 100 characters: a second notice of this kind to this person for the same cause is
     *     not put in
     * @param newsletter null: about the installation
     * @param payload values for the template, by name
     * @return false when it was there already
     */
    public boolean enqueue(
            NoticeKind kind,
            EmailAddress person,
            String cause,
            NewsletterId newsletter,
            Language language,
            Map<String, String> payload,
            Handle handle) {
        Instant until = clock.instant().plus(kind.lifetime());
        return insert(kind, person, cause, newsletter, language, payload, until, handle);
    }

    private boolean insert(
            NoticeKind kind,
            EmailAddress person,
            String cause,
            NewsletterId newsletter,
            Language language,
            Map<String, String> payload,
            Instant until,
            Handle handle) {
        return table.insert(
                handle,
                new Notice(
                        0,
                        random.nextLong(1, Long.MAX_VALUE),
                        kind,
                        hashes.of(person.key()),
                        cause,
                        newsletter,
                        person,
                        language,
                        payload,
                        NoticeState.QUEUED,
                        0,
                        0,
                        clock.instant(),
                        until,
                        null));
    }

    /**
     * Puts in a copy of an issue for somebody who is to see it before its readers.
     *
     * @param kind a copy
     * @param until when it is no longer worth sending
     * @return false when it was there already
     */
    public boolean enqueueCopy(
            NoticeKind kind,
            EmailAddress person,
            String cause,
            Newsletter newsletter,
            Map<String, String> payload,
            Instant until,
            Handle handle) {
        return insert(
                kind, person, cause, newsletter.id(), newsletter.settings().language(), payload, until, handle);
    }

    /** Puts one in for each operator of a newsletter, and an alarm for the address to be called; returns how many are new. */
    public int enqueueForOperators(
            NoticeKind kind, Newsletter newsletter, String cause, Map<String, String> payload, Handle handle) {
        int added = 0;
        for (EmailAddress operator : newsletter.settings().operators()) {
            boolean isNew = enqueue(
                    kind,
                    operator,
                    cause,
                    newsletter.id(),
                    newsletter.settings().language(),
                    payload,
                    handle);
            added += isNew ? 1 : 0;
        }
        if (kind == NoticeKind.ALARM && callAlarms) {
            boolean isNew = calls.insert(
                    handle,
                    newsletter.id(),
                    cause,
                    MaskedText.of(payload.getOrDefault("subject", cause)),
                    MaskedText.of(payload.getOrDefault("body", "")),
                    clock.instant());
            added += isNew ? 1 : 0;
        }
        return added;
    }

    /**
     * Asks the owner of an address to confirm: at most one mail an address and day, whatever the newsletter, and none once a
     * few were never answered. Somebody who types a stranger's address into a form can then do no more than that.
     *
     * @param person as in the row whose subscription is pending
     */
    public AskToConfirm askToConfirm(EmailAddress person, Newsletter newsletter, Language language, Handle handle) {
        Instant now = clock.instant();
        String hash = hashes.of(person.key());
        if (table.countSince(handle, hash, NoticeKind.CONFIRMATION, now.minus(Duration.ofDays(1))) > 0) {
            return AskToConfirm.ONE_A_DAY;
        }
        if (table.countUnanswered(handle, hash) >= settings.confirmationsUnansweredMax()) {
            return AskToConfirm.UNANSWERED;
        }
        // The day in the cause: of two requests at the same moment, the table's key lets one through.
        String cause = "day " + now.atZone(ZoneOffset.UTC).toLocalDate();
        boolean isNew = enqueue(NoticeKind.CONFIRMATION, person, cause, newsletter.id(), language, Map.of(), handle);
        return isNew ? AskToConfirm.QUEUED : AskToConfirm.ONE_A_DAY;
    }

    /** The confirmation that a link names; empty when there is none. */
    public Optional<Notice> findConfirmation(Handle handle, long publicId) {
        return table.findByPublicId(handle, publicId).filter(notice -> notice.kind() == NoticeKind.CONFIRMATION);
    }

    /** Whether a confirmation's link still works at a moment. */
    public boolean stillOpen(Notice confirmation, Instant now) {
        return confirmation.answeredAt() == null
                && now.isBefore(confirmation.createdAt().plus(settings.confirmWithin()));
    }

    /**
     * Uses a confirmation's link up.
     *
     * @return true for the one caller that may act on it
     */
    public boolean answer(Handle handle, Notice confirmation) {
        return table.answer(handle, confirmation.id(), clock.instant());
    }

    /** Takes back what has not left yet; says whether there was anything. */
    public boolean withdraw(Handle handle, EmailAddress person, NoticeKind kind, NewsletterId newsletter) {
        return table.skipUnsent(handle, hashes.of(person.key()), kind, newsletter, clock.instant()) > 0;
    }

    /** Takes an operators' notice back from those whom it has not left for yet. */
    public void withdrawFromOperators(NoticeKind kind, Newsletter newsletter, String cause, Handle handle) {
        for (EmailAddress operator : newsletter.settings().operators()) {
            table.skipUnsent(handle, hashes.of(operator.key()), kind, cause, clock.instant());
        }
        if (kind == NoticeKind.ALARM) {
            calls.withdraw(handle, newsletter.id(), cause);
        }
    }

    /** Forgets a person: what has not left is not sent, and no notice holds the address any more. */
    public void forget(Handle handle, EmailAddress person) {
        table.forget(handle, hashes.of(person.key()), clock.instant());
    }
}
