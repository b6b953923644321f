package dev.rooster.web;

import dev.rooster.bounce.TakeEvents;
import dev.rooster.bounce.TakenEvents;
import dev.rooster.db.Database;
import dev.rooster.mail.event.MailEvent;
import dev.rooster.mail.event.ParsedEvents;
import dev.rooster.mail.event.Provider;
import dev.rooster.mail.event.ReadEvents;
import dev.rooster.mail.hook.Checked;
import dev.rooster.mail.hook.HookCheck;
import dev.rooster.mail.hook.HookRequest;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /hooks/{provider}}: takes what a provider tells. Answered with 200 only when all of it is committed, so that
 * whatever goes wrong before is told again. Who can't prove to be the provider learns nothing, not even which hooks are there.
 */
final class HookEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(HookEndpoint.class);
    /** Larger than any batch that the providers document. */
    static final int BODY_BYTES_MAX = 4 << 20;
    /** In one commit: few, for a row that is locked here waits with its outcome at the sending engine. */
    private static final int EVENTS_PER_COMMIT = 20;
    /** In a minute, from one caller. */
    static final int FAILURES_MAX = 20;

    private final Map<Provider, HookCheck> checks;
    private final SnsCertificates sns;
    private final TakeEvents take;
    private final Database database;
    private final Runnable wakeNotices;
    private final Caller caller;
    private final Messages messages;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final CallerCounts failures;
    private final CallerPlaces places;
    private final HookBody bodies;

    HookEndpoint(
            Map<Provider, HookCheck> checks,
            SnsCertificates sns,
            TakeEvents take,
            Caller caller,
            Messages messages,
            PublicServer.Parts parts,
            HookLimits limits) {
        this.checks = checks;
        this.sns = sns;
        this.take = take;
        this.caller = caller;
        this.messages = messages;
        this.database = parts.database();
        this.wakeNotices = parts.wakeNotices();
        this.clock = parts.clock();
        this.metrics = parts.metrics();
        this.failures = new CallerCounts(Duration.ofMinutes(1), clock);
        this.places = new CallerPlaces(limits.requests(), limits.perCaller());
        this.bodies = new HookBody(BODY_BYTES_MAX, limits, System::nanoTime);
    }

    void post(Context ctx) throws IOException {
        Optional<Provider> provider = Provider.ofWord(ctx.pathParam("provider")).filter(checks::containsKey);
        if (provider.isEmpty()) {
            messages.notFound(ctx);
            return;
        }
        Result result = answer(ctx, provider.get());
        metrics.counter("rooster.hooks", "provider", provider.get().word(), "result", result.word)
                .increment();
        ctx.status(result.status).contentType("text/plain").result("");
        if (result.status == 503) {
            ctx.header("Retry-After", "30");
        } else if (result == Result.REFUSED && checks.get(provider.get()).asksForPassword()) {
            ctx.status(401).header("WWW-Authenticate", "Basic realm=\"hooks\", charset=\"UTF-8\"");
        }
    }

    /** What became of a request, and what it is answered. */
    private enum Result {
        TAKEN("taken", 200),
        REFUSED("refused", 403),
        MALFORMED("malformed", 400),
        TOO_LARGE("too-large", 413),
        TOO_SLOW("too-slow", 408),
        BROKEN_OFF("broken-off", 400),
        ENCODED("encoded", 415),
        TOO_MANY_FAILURES("too-many-failures", 429),
        UNCHECKED("unchecked", 503),
        FAILED("failed", 503),
        BUSY("busy", 503);

        private final String word;
        private final int status;

        Result(String word, int status) {
            this.word = word;
            this.status = status;
        }
    }

    private Result answer(Context ctx, Provider provider) throws IOException {
        String from = ClientAddress.block(caller.address(ctx));
        if (failures.of(from) >= FAILURES_MAX) {
            return Result.TOO_MANY_FAILURES;
        }
        if (ctx.header("Content-Encoding") != null) {
            return Result.ENCODED;
        }
        if (!places.tryTake(from)) {
            return Result.BUSY;
        }
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            Optional<HookBody.Trouble> trouble = bodies.read(ctx.req().getInputStream(), body);
            return trouble.isPresent()
                    ? result(trouble.get())
                    : check(provider, new HookRequest(ctx.headerMap(), body.toByteArray()), from);
        } catch (RuntimeException e) {
            LOG.error("A request to /hooks/{} could not be taken; the provider tells it again", provider.word(), e);
            return Result.FAILED;
        } finally {
            places.giveBack(from);
        }
    }

    private static Result result(HookBody.Trouble trouble) {
        return switch (trouble) {
            case TOO_LARGE -> Result.TOO_LARGE;
            case TOO_SLOW -> Result.TOO_SLOW;
            case BROKEN_OFF -> Result.BROKEN_OFF;
        };
    }

    private Result check(Provider provider, HookRequest request, String from) {
        Instant now = clock.instant();
        Checked checked = checks.get(provider).check(request, now);
        if (checked instanceof Checked.Genuine genuine) {
            return take(provider, genuine, request, now);
        }
        if (checked instanceof Checked.Subscription subscription) {
            boolean confirmed = sns.visit(subscription.confirm());
            LOG.info(
                    "A subscription of /hooks/{} {}",
                    provider.word(),
                    confirmed ? "is confirmed" : "can't be confirmed");
            return confirmed ? Result.TAKEN : Result.UNCHECKED;
        }
        if (checked instanceof Checked.Unchecked unchecked) {
            LOG.warn("A request to /hooks/{} can't be checked now: {}", provider.word(), unchecked.why());
            return Result.UNCHECKED;
        }
        failures.add(from);
        return Result.REFUSED;
    }

    private Result take(Provider provider, Checked.Genuine genuine, HookRequest request, Instant now) {
        Optional<ParsedEvents> parsed = ReadEvents.of(provider, genuine.events());
        if (parsed.isEmpty()) {
            LOG.warn("A request to /hooks/{} holds no JSON that can be read; nothing of it is taken", provider.word());
            return Result.MALFORMED;
        }
        List<MailEvent> events = parsed.get().events();
        if (!admit(provider, genuine.onceKey(), request, now)) {
            return Result.REFUSED;
        }
        for (int start = 0; start < events.size(); start += EVENTS_PER_COMMIT) {
            List<MailEvent> part = events.subList(start, Math.min(events.size(), start + EVENTS_PER_COMMIT));
            count(provider, database.jdbi().inTransaction(handle -> take.take(handle, provider, part, now)));
        }
        if (parsed.get().unreadable() > 0) {
            LOG.warn(
                    "{} events of a request to /hooks/{} can't be read and are left out",
                    parsed.get().unreadable(),
                    provider.word());
        }
        count(provider, "unreadable", parsed.get().unreadable());
        count(provider, "ignored", parsed.get().ignored());
        return Result.TAKEN;
    }

    /** Before the events: if they then can't be taken, the same body is admitted again. */
    private boolean admit(Provider provider, String onceKey, HookRequest request, Instant now) {
        return onceKey == null
                || database.jdbi().inTransaction(handle -> take.admit(handle, provider, onceKey, request.body(), now));
    }

    private void count(Provider provider, TakenEvents taken) {
        count(provider, "noted", taken.noted());
        count(provider, "unmatched", taken.unmatched());
        taken.records().forEach(record -> count(provider, record.kind().word(), 1));
        if (!taken.records().isEmpty()) {
            wakeNotices.run(); // who refused is told the result
        }
    }

    private void count(Provider provider, String what, int events) {
        metrics.counter("rooster.hook.events", "provider", provider.word(), "what", what)
                .increment(events);
    }
}
