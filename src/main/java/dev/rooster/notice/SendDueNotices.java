package dev.rooster.notice;

import dev.rooster.db.Database;
import dev.rooster.db.JdbiInstallation;
import dev.rooster.mail.DkimKey;
import dev.rooster.mail.MessageBuffer;
import dev.rooster.mail.ReplyClassifier;
import dev.rooster.mail.ReplyVerdict;
import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import dev.rooster.mail.relay.BodyResult;
import dev.rooster.mail.relay.Envelope;
import dev.rooster.mail.relay.EnvelopeResult;
import dev.rooster.mail.relay.Relay;
import dev.rooster.mail.relay.RelaySession;
import dev.rooster.mail.relay.RelayUnavailable;
import dev.rooster.newsletter.LawGate;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.suppression.JdbiSuppressions;
import dev.rooster.suppression.Suppression;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the notices that are due. Any number of nodes and threads may run it: a claim with a lease on the database's clock
 * decides who sends what, and the row is marked before the first byte of a body leaves, as with issues.
 */
public final class SendDueNotices {
    private static final Logger LOG = LoggerFactory.getLogger(SendDueNotices.class);
    /** In one run; the rest waits for the next. */
    private static final int BATCHES_MAX = 50;

    private static final Duration RELAY_PAUSE = Duration.ofMinutes(1);

    private final Database database;
    private final ComposeNotice compose;
    private final Function<Newsletter, Optional<DkimKey>> keys;
    private final NoticeRoads roads;
    private final NoticeSettings settings;
    private final URI publicUrl;
    private final NoticeListener listener;
    private final RandomGenerator random;
    private final String owner;
    private final JdbiNotices table;
    private final JdbiInstallation installation = new JdbiInstallation();
    private final JdbiSuppressions suppressions = new JdbiSuppressions();

    /**
     * @param roads which relays carry which notice
     * @param publicUrl asked about by the {@link LawGate}; may be null
     * @param owner this process's name in leases; made unique here
     */
    public SendDueNotices(
            Database database,
            ComposeNotice compose,
            Function<Newsletter, Optional<DkimKey>> keys,
            NoticeRoads roads,
            NoticeSettings settings,
            URI publicUrl,
            NoticeListener listener,
            RandomGenerator random,
            String owner) {
        this.database = database;
        this.compose = compose;
        this.keys = keys;
        this.roads = roads;
        this.settings = settings;
        this.publicUrl = publicUrl;
        this.listener = listener;
        this.random = random;
        // Processes in containers like to have the same number.
        this.owner = owner + "-" + Long.toHexString(random.nextLong());
        this.table = new JdbiNotices(database.dialect());
    }

    /** Sends what is due at {@code now}; returns how many a relay took. */
    public int runDue(Instant now) {
        boolean held = database.jdbi().inTransaction(handle -> {
            if (installation.heldReason(handle).isPresent()) {
                return true;
            }
            table.settleAbandoned(handle, now);
            table.expire(handle, now);
            table.forgetOld(handle, now.minus(settings.keepAddresses()));
            return false;
        });
        if (held) {
            return 0;
        }
        int accepted = 0;
        Map<String, String> down = new LinkedHashMap<>();
        for (int batch = 0; batch < BATCHES_MAX; batch++) {
            List<Notice> claimed = database.jdbi()
                    .inTransaction(handle -> table.claim(handle, now, owner, settings.lease(), settings.batch()));
            if (claimed.isEmpty()) {
                break;
            }
            accepted += new Batch(claimed, now, down).send();
        }
        return accepted;
    }

    /** One claim, over as few connections as possible. */
    private final class Batch {
        private final List<Notice> notices;
        private final Instant now;
        private final MessageBuffer buffer = new MessageBuffer();
        private final Map<String, RelaySession> sessions = new HashMap<>();
        /** Why a relay takes nothing for now, by its name; of the whole run, so that one that hangs is waited for once. */
        private final Map<String, String> down;

        private int accepted;

        Batch(List<Notice> notices, Instant now, Map<String, String> down) {
            this.notices = notices;
            this.now = now;
            this.down = down;
        }

        int send() {
            try {
                notices.forEach(this::sendOne);
            } finally {
                sessions.values().forEach(RelaySession::close);
            }
            return accepted;
        }

        private void sendOne(Notice notice) {
            Optional<Newsletter> newsletter = compose.newsletterOf(notice);
            Optional<String> reason =
                    newsletter.isEmpty() ? Optional.of("its newsletter is no longer in the settings") : whyNot(notice);
            if (reason.isPresent()) {
                finish(notice, NoticeState.SKIPPED, reason.get());
                return;
            }
            List<Relay> relays = roads.of(notice, newsletter.get());
            List<LawGate.Missing> missing = LawGate.missing(
                    newsletter.get().settings(), publicUrl, relays.stream().allMatch(Relay::loopback));
            if (!missing.isEmpty()) {
                LOG.warn(
                        "Notices of {} wait: {} missing in the settings",
                        newsletter.get().name(),
                        missing);
                defer(notice, "settings missing: " + missing, now.plus(Duration.ofMinutes(10)));
                return;
            }
            Optional<String> gone;
            try {
                gone = compose.write(notice, newsletter.get(), keys.apply(newsletter.get()), buffer);
            } catch (RuntimeException e) {
                // One broken template stops its own notices only; mended, they go at their next try.
                LOG.error("{} can't be made; it is tried again in an hour", notice, e);
                defer(notice, "the template can't be rendered", now.plus(Duration.ofHours(1)));
                return;
            }
            if (gone.isPresent()) {
                finish(notice, NoticeState.SKIPPED, gone.get());
            } else if (!takenBy(relays, notice, compose.envelopeSender(notice, newsletter.get()))) {
                defer(notice, String.join("; ", down.values()), now.plus(RELAY_PAUSE));
            }
        }

        /** Whether one of the relays, in their order, took the notice's fate on itself. */
        private boolean takenBy(List<Relay> relays, Notice notice, String mailFrom) {
            for (Relay relay : relays) {
                if (connected(relay) && transmit(relay, notice, mailFrom)) {
                    return true;
                }
            }
            return false;
        }

        private Optional<String> whyNot(Notice notice) {
            if (notice.recipient() == null) {
                return Optional.of("the person was erased");
            }
            Optional<Suppression> suppression = database.jdbi().withHandle(handle -> suppressionOf(handle, notice));
            return MayPass.test(notice.kind(), notice.createdAt(), suppression)
                    ? Optional.empty()
                    : suppression.map(found -> "suppressed: " + found.reason().text());
        }

        private Optional<Suppression> suppressionOf(Handle handle, Notice notice) {
            return suppressions.findAll(handle, notice.personHash()).stream()
                    .filter(found -> found.scope().isAll()
                            || notice.newsletter() != null
                                    && found.scope().newsletterId()
                                            == notice.newsletter().value())
                    .max((a, b) -> a.reason().compareTo(b.reason()));
        }

        private boolean connected(Relay relay) {
            if (down.containsKey(relay.name())) {
                return false;
            }
            RelaySession open = sessions.get(relay.name());
            if (open != null && open.usable()) {
                return true;
            }
            if (open != null) {
                open.close();
            }
            try {
                sessions.put(relay.name(), relay.connect());
                return true;
            } catch (RelayUnavailable e) {
                String why = "relay " + relay.name() + " unavailable: " + e.kind()
                        + (e.reply() == null ? "" : ", " + e.reply().text());
                sessions.remove(relay.name());
                down.put(relay.name(), why);
                LOG.warn("Notices wait a minute for it, or go another way: {}", why);
                return false;
            }
        }

        /** False when this relay takes nothing for now and another may be asked. */
        private boolean transmit(Relay relay, Notice notice, String mailFrom) {
            RelaySession session = sessions.get(relay.name());
            Envelope envelope = new Envelope(
                    mailFrom,
                    notice.recipient(),
                    compose.envelopeId(notice),
                    notice.recipient().needsSmtpUtf8(),
                    buffer.length());
            EnvelopeResult opened = session.open(envelope);
            if (opened instanceof EnvelopeResult.Refused refused) {
                return settle(relay, notice, refused.reply(), refused.at());
            }
            if (opened instanceof EnvelopeResult.Lost lost) {
                retry(notice, "connection lost: " + lost.why());
            } else if (!mark(notice)) {
                session.abandon(); // before the dot: the relay never has it
            } else {
                BodyResult result = session.send(buffer, null);
                if (result instanceof BodyResult.Lost lost) {
                    lost(notice, lost);
                } else if (!settle(relay, notice, ((BodyResult.Answered) result).reply(), SmtpCommand.BODY)) {
                    // Marked as on the wire: what it is must be written before it goes anywhere else.
                    defer(notice, down.get(relay.name()), now.plus(RELAY_PAUSE));
                }
            }
            return true;
        }

        private boolean mark(Notice notice) {
            return database.jdbi().inTransaction(handle -> {
                // Once more, as close to the body as can be: a refusal in between holds.
                boolean passes = MayPass.test(notice.kind(), notice.createdAt(), suppressionOf(handle, notice));
                return passes && table.markSending(handle, notice, owner);
            });
        }

        /** False when the relay takes nothing for now. */
        private boolean settle(Relay relay, Notice notice, SmtpReply reply, SmtpCommand at) {
            ReplyVerdict verdict = ReplyClassifier.classify(reply, at);
            switch (verdict.disposition()) {
                case ACCEPTED -> {
                    accepted++;
                    finish(notice, NoticeState.ACCEPTED, reply.toString());
                }
                case REJECT_ADDRESS ->
                    database.jdbi().useTransaction(handle -> {
                        table.finish(handle, notice, NoticeState.REJECTED, reply.toString(), now);
                        listener.addressRefused(handle, notice, reply, verdict);
                    });
                // Fault of ours: it stays worth sending until it expires, and the operator can mend it.
                case DEFER, REJECT_OTHER, PAUSE_SENDER -> retry(notice, reply.toString());
                case RELAY_DOWN -> {
                    down.put(relay.name(), "relay " + relay.name() + ": " + reply);
                    return false;
                }
            }
            return true;
        }

        private void lost(Notice notice, BodyResult.Lost lost) {
            if (!lost.dotWritten()) {
                retry(notice, "connection lost: " + lost.why());
            } else if (notice.kind().resendWhenUncertain() && notice.uncertainCount() == 0) {
                Duration wait = NoticeBackoff.after(notice.attempts() + 1, random);
                String why = "connection lost after the final dot; sent once more";
                Instant next = now.plus(wait);
                database.jdbi().useTransaction(handle -> table.defer(handle, notice, why, next, true, true));
            } else {
                finish(notice, NoticeState.UNCERTAIN, "connection lost after the final dot: " + lost.why());
            }
        }

        private void retry(Notice notice, String why) {
            Instant next = now.plus(NoticeBackoff.after(notice.attempts() + 1, random));
            database.jdbi().useTransaction(handle -> table.defer(handle, notice, why, next, true, false));
        }

        /** Waits without having been tried. */
        private void defer(Notice notice, String why, Instant next) {
            database.jdbi().useTransaction(handle -> table.defer(handle, notice, why, next, false, false));
        }

        private void finish(Notice notice, NoticeState state, String why) {
            database.jdbi().useTransaction(handle -> table.finish(handle, notice, state, why, now));
        }
    }
}
