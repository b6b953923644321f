package dev.rooster.report;

import dev.rooster.db.Database;
import dev.rooster.language.Messages;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.notice.NoticeKind;
import dev.rooster.notice.Notices;
import dev.rooster.report.JdbiDeferrals.Sending;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Tells operators that a mailbox provider puts our mail off while others take it: once for each provider of an edition, with its
 * words, what is being done, and the choices. When all put it off it is said once. What is still put off when half of an
 * edition's time is over is told in any case, so that nobody is given up in silence. Safe on any node, as often as anybody likes.
 */
public final class WatchDeferrals {
    private final Database database;
    private final Notices notices;
    private final Newsletters newsletters;
    private final DeferralSettings settings;
    private final JdbiDeferrals deferrals = new JdbiDeferrals();

    public WatchDeferrals(Database database, Notices notices, Newsletters newsletters, DeferralSettings settings) {
        this.database = database;
        this.notices = notices;
        this.newsletters = newsletters;
        this.settings = settings;
    }

    /** Puts what is to be told into the outbox. Answers how many notices are new. */
    public int runDue(Instant now) {
        return database.jdbi().inTransaction(handle -> {
            int told = 0;
            for (Sending sending : deferrals.sending(handle)) {
                Newsletter newsletter =
                        newsletters.find(new NewsletterId(sending.newsletter())).orElse(null);
                told += newsletter == null ? 0 : watch(handle, sending, newsletter, now);
            }
            return told;
        });
    }

    private int watch(Handle handle, Sending sending, Newsletter newsletter, Instant now) {
        Instant since = now.minus(settings.after());
        List<ProviderDeferrals> all = deferrals.byProvider(handle, sending.edition(), since);
        List<ProviderDeferrals> slow = all.stream()
                .filter(one -> settings.many(one.deferred(), one.recipients()))
                .toList();
        boolean othersPass = all.stream().anyMatch(one -> !slow.contains(one) && one.answered() > 0);
        int told = 0;
        if (othersPass) {
            for (ProviderDeferrals one : slow) {
                told += tell(handle, sending, newsletter, "deferred." + one.provider(), one, since);
            }
        } else if (!slow.isEmpty()) {
            told += tell(handle, sending, newsletter, "deferred", sum(slow), since);
        }
        ProviderDeferrals left = sum(all);
        Duration time = Duration.between(sending.createdAt(), sending.expiresAt());
        boolean half = !now.isBefore(sending.createdAt().plus(time.dividedBy(2)));
        if (half && left.deferred() > 0) {
            told += tellOfTheRest(handle, sending, newsletter, all, left.deferred(), since);
        }
        return told;
    }

    /** Of all of these, under no name. */
    private static ProviderDeferrals sum(List<ProviderDeferrals> parts) {
        return new ProviderDeferrals(
                "",
                parts.stream().mapToLong(ProviderDeferrals::recipients).sum(),
                parts.stream().mapToLong(ProviderDeferrals::answered).sum(),
                parts.stream().mapToLong(ProviderDeferrals::deferred).sum(),
                parts.stream()
                        .map(ProviderDeferrals::nextTry)
                        .filter(next -> next != null)
                        .min(Instant::compareTo)
                        .orElse(null));
    }

    /** @param one with an empty name: all providers */
    private int tell(
            Handle handle, Sending sending, Newsletter newsletter, String cause, ProviderDeferrals one, Instant since) {
        Messages messages = messages(newsletter);
        String words = MostFrequentReply.of(deferrals.replies(handle, sending.edition(), one.provider(), since));
        String key = one.provider().isEmpty() ? "deferred.all" : "deferred.one";
        return notices.enqueueForOperators(
                NoticeKind.ALARM,
                newsletter,
                "edition " + sending.edition() + " " + cause,
                Map.of(
                        "subject", messages.text(key + ".subject", sending.issue(), one.provider()),
                        "body",
                                messages.text(
                                        key,
                                        sending.issue(),
                                        one.provider(),
                                        one.deferred(),
                                        one.recipients(),
                                        words,
                                        local(newsletter, one.nextTry()),
                                        local(newsletter, sending.expiresAt()),
                                        settings.after().toMinutes())),
                handle);
    }

    private int tellOfTheRest(
            Handle handle,
            Sending sending,
            Newsletter newsletter,
            List<ProviderDeferrals> all,
            long deferred,
            Instant since) {
        Messages messages = messages(newsletter);
        String byProvider = all.stream()
                .filter(one -> one.deferred() > 0)
                .map(one -> one.provider() + " " + one.deferred())
                .collect(Collectors.joining(", "));
        return notices.enqueueForOperators(
                NoticeKind.ALARM,
                newsletter,
                "edition " + sending.edition() + " still deferred",
                Map.of(
                        "subject", messages.text("deferred.rest.subject", sending.issue(), deferred),
                        "body",
                                messages.text(
                                        "deferred.rest",
                                        sending.issue(),
                                        deferred,
                                        byProvider,
                                        MostFrequentReply.of(deferrals.replies(handle, sending.edition(), "", since)),
                                        local(newsletter, sending.expiresAt()))),
                handle);
    }

    private static String local(Newsletter newsletter, Instant at) {
        return at == null
                ? "-"
                : DateTimeFormatter.ofPattern("MM-dd HH:mm")
                        .format(at.atZone(newsletter.settings().zone()));
    }

    private static Messages messages(Newsletter newsletter) {
        return Messages.of(WatchDeferrals.class, newsletter.settings().language());
    }
}
