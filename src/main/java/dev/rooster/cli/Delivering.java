package dev.rooster.cli;

import dev.rooster.bounce.AnswerStopRequest;
import dev.rooster.bounce.BounceListener;
import dev.rooster.bounce.RecordRefusals;
import dev.rooster.bounce.ReturnAddresses;
import dev.rooster.bounce.StopLinks;
import dev.rooster.bounce.StopOnReports;
import dev.rooster.bounce.TakeEvents;
import dev.rooster.bounce.TakeReturnedMail;
import dev.rooster.bounce.TakenMail;
import dev.rooster.bounce.TellOfReturnedMail;
import dev.rooster.db.Dialect;
import dev.rooster.delivery.AmendEdition;
import dev.rooster.delivery.CountOutcomes;
import dev.rooster.delivery.DeliveryEngine;
import dev.rooster.delivery.EditionCopies;
import dev.rooster.delivery.EditionListener;
import dev.rooster.delivery.Editions;
import dev.rooster.delivery.EngineListener;
import dev.rooster.delivery.Forecasts;
import dev.rooster.delivery.FreezeEdition;
import dev.rooster.delivery.FreezeVersion;
import dev.rooster.delivery.IssueContent;
import dev.rooster.delivery.JdbiEditions;
import dev.rooster.delivery.JdbiLedger;
import dev.rooster.delivery.JdbiRates;
import dev.rooster.delivery.JournaledLedger;
import dev.rooster.delivery.Ledger;
import dev.rooster.delivery.PublicLinks;
import dev.rooster.delivery.RateKey;
import dev.rooster.delivery.RateLimit;
import dev.rooster.delivery.RelayPool;
import dev.rooster.delivery.RelayUse;
import dev.rooster.delivery.RenderedContent;
import dev.rooster.delivery.ResendCopy;
import dev.rooster.delivery.ResendRows;
import dev.rooster.delivery.SampleCopies;
import dev.rooster.delivery.SenderUse;
import dev.rooster.delivery.SendingEdition;
import dev.rooster.delivery.StartAtSlot;
import dev.rooster.delivery.StopRules;
import dev.rooster.delivery.StopSending;
import dev.rooster.delivery.TestSend;
import dev.rooster.delivery.TrafficSettings;
import dev.rooster.delivery.WarmUp;
import dev.rooster.delivery.WriteAudience;
import dev.rooster.dns.DnsjavaLookup;
import dev.rooster.inbox.MailReceiver;
import dev.rooster.inbox.MailTaker;
import dev.rooster.inbox.MailboxSettings;
import dev.rooster.issue.ReadIssue;
import dev.rooster.issue.RunDueSlots;
import dev.rooster.mail.DkimKey;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.outbound.LinkPatience;
import dev.rooster.outbound.ProbeLinks;
import dev.rooster.outbound.RehearsalSettings;
import dev.rooster.report.TellOperators;
import dev.rooster.review.CopyMails;
import dev.rooster.review.GatedSlots;
import dev.rooster.review.Rehearse;
import dev.rooster.review.RehearseIssue;
import dev.rooster.review.ReviewIssue;
import dev.rooster.review.ReviewLinks;
import dev.rooster.review.RunDueMoments;
import dev.rooster.smtp.SmtpRelay;
import dev.rooster.template.PageRenderer;
import dev.rooster.template.RenderIssue;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Editions and what sends them, wired. Thread-safe. */
final class Delivering {
    private static final Duration DNS_PATIENCE = Duration.ofSeconds(5);

    private final App app;
    private final JdbiEditions rows;
    private final StopSending stop;
    private final IssueContent content;
    private final FreezeVersion version;
    private final Map<String, CollectBounces> collectors = new ConcurrentHashMap<>();
    private final Editions editions;

    Delivering(App app) {
        this.app = app;
        EditionListener operators = new TellOperators(app.notices(), app.newsletters());
        this.rows = new JdbiEditions(List.of(operators), app.settings().canary());
        this.stop = new StopSending(new StopRules(app.settings().stops()), rows);
        this.content = new RenderedContent(new ReadIssue(), new RenderIssue(app.templates()), app.publicUrl());
        this.version = new FreezeVersion(() -> app.keys().tokens().keyId());
        FreezeEdition freeze = new FreezeEdition(
                rows,
                content,
                app.issueQueue(),
                this::pool,
                app.settings().publicUrl(),
                version,
                app.clock(),
                new SecureRandom());
        WriteAudience audience = new WriteAudience(app.database(), rows, app.clock());
        this.editions = new Editions(app.database(), rows, freeze, audience, app.clock());
    }

    Editions editions() {
        return editions;
    }

    /** Sends single people a marked copy. */
    ResendCopy resendingCopies() {
        return new ResendCopy(
                app.database(), rows, copies(), app.keys().addressHash(), app.clock(), new SecureRandom());
    }

    private EditionCopies copies() {
        return new EditionCopies(
                app.database(),
                rows,
                app.newsletters(),
                links(),
                app.keys().tokens(),
                this::dkim,
                app.settings().unsubscribeByMail());
    }

    /** Sends chosen final states again. */
    ResendRows resending() {
        return new ResendRows(app.database(), rows, app.clock(), editions::changed);
    }

    /** Mends issues in a pause of their sending. */
    AmendEdition amending() {
        return new AmendEdition(
                app.database(),
                rows,
                app.addIssue(),
                content,
                version,
                this::pool,
                app.settings().publicUrl(),
                app.clock());
    }

    IssueContent content() {
        return content;
    }

    /** Answers for slots whose time has come. */
    RunDueSlots dueSlots() {
        return new RunDueSlots(
                app.database(),
                new GatedSlots(new StartAtSlot(editions), app.clock(), new SecureRandom()),
                app.clock());
    }

    private Map<RateKey, List<RateLimit>> limits() {
        return app.settings()
                .traffic()
                .limits(name -> app.newsletters().find(name).orElseThrow().id());
    }

    private Map<RateKey, WarmUp> warmUps() {
        return traffic()
                .warmUps(name -> app.newsletters().find(name).orElseThrow().id());
    }

    private Instant silence(NewsletterId id, Instant now) {
        Newsletter newsletter = app.newsletters().get(id);
        SenderUse use = traffic().newsletters().get(newsletter.name());
        return use == null || use.quiet() == null
                ? null
                : use.quiet().end(now, newsletter.settings().zone());
    }

    /** When the last mail is handed to the relay. */
    Forecasts forecasts() {
        return new Forecasts(
                app.database(),
                this::pools,
                new Forecasts.Traffic(this::limits, this::warmUps, this::silence),
                app.settings().canary(),
                app.clock());
    }

    /** What reviewers and operators do about an issue before its readers have it. */
    ReviewIssue reviews() {
        return new ReviewIssue(
                app.database(),
                app.newsletters(),
                app.keys().addressHash(),
                reviewLinks(),
                rows,
                editions,
                app.issueQueue(),
                dueSlots(),
                app.notices(),
                app.clock());
    }

    /** What goes out before the readers. */
    RunDueMoments dueMoments() {
        return new RunDueMoments(
                app.database(),
                app.newsletters(),
                app.issueQueue(),
                content,
                app.notices(),
                rehearsal(),
                new SecureRandom());
    }

    private Rehearse rehearsal() {
        RehearsalSettings settings = app.settings().rehearsal();
        return new RehearseIssue(
                app.database(),
                editions,
                content,
                sampleCopies(),
                app::dkim,
                settings.links()
                        ? Optional.of(new ProbeLinks(settings.privateAddresses(), LinkPatience.defaults()))
                        : Optional.empty(),
                new RehearseNetwork(app, new DnsjavaLookup(DNS_PATIENCE)),
                app.publicUrl());
    }

    /** The copies that go out before the readers. */
    CopyMails copyMails() {
        return new CopyMails(app.database(), content, sampleCopies(), reviewLinks(), new PageRenderer(app.templates()));
    }

    private ReviewLinks reviewLinks() {
        return new ReviewLinks(app.publicUrl(), app.keys().tokens());
    }

    /** One copy to one address, through the newsletter's relay; changes nothing. */
    TestSend testSend() {
        return new TestSend(app.database(), content, sampleCopies(), app.clock(), new SecureRandom());
    }

    /** Copies for people who are no recipients; their links change nothing. */
    SampleCopies sampleCopies() {
        return new SampleCopies(links(), app.keys().tokens(), app.settings().unsubscribeByMail());
    }

    /** What takes mails that came back. */
    TakeReturnedMail returnedMail() {
        return new TakeReturnedMail(
                app.keys().tokens(),
                app.subscribing(),
                app.settings().bounces(),
                bounceListeners(),
                new SecureRandom());
    }

    /** What operators do about letters that ask to stop. */
    AnswerStopRequest stopRequests() {
        return new AnswerStopRequest(
                app.database(),
                app.newsletters(),
                app.keys().addressHash(),
                app.subscribing(),
                app.notices(),
                app.clock());
    }

    /** The links to those letters; empty where no page is reached from outside. */
    Optional<StopLinks> stopLinks() {
        return Optional.ofNullable(app.settings().publicUrl())
                .map(site -> new StopLinks(site, app.keys().tokens(), app.newsletters()));
    }

    /** What takes the events of the relays' providers. */
    TakeEvents events() {
        return new TakeEvents(
                app.keys().tokens(), app.subscribing(), app.settings().bounces(), bounceListeners());
    }

    private List<BounceListener> bounceListeners() {
        return List.of(
                new StopOnReports(stop),
                new TellOfReturnedMail(
                        app.notices(), app.newsletters(), app.settings().publicUrl() != null));
    }

    /** Takes returned mail in a transaction of its own; what it says is committed when it returns. */
    private MailTaker taker(String source) {
        TakeReturnedMail take = returnedMail();
        return mail -> {
            TakenMail taken = app.database()
                    .jdbi()
                    .inTransaction(handle ->
                            take.take(handle, mail, source, app.clock().instant()));
            return taken.outcome() == TakenMail.Outcome.FOR_PEOPLE ? MailTaker.Fate.FOR_PEOPLE : MailTaker.Fate.DONE;
        };
    }

    /** The SMTP server for returned mail, not started; empty when none is set. */
    Optional<MailReceiver> receiver() {
        return Optional.ofNullable(app.settings().receiver())
                .map(settings -> new MailReceiver(
                        settings,
                        new ReturnAddresses(app.keys().tokens())::token,
                        taker("receiver"),
                        app.mailForPeople()));
    }

    /** What collects one mailbox: each mail leaves it only when what it says is committed. */
    CollectBounces collector(MailboxSettings mailbox) {
        return collectors.computeIfAbsent(
                mailbox.name(), name -> new CollectBounces(app, mailbox, taker("mailbox " + name)));
    }

    /** The relays that carry a newsletter, those that are used before the others first. */
    List<RelayPool> pools(NewsletterId id) {
        return app.newsletters()
                .find(id)
                .map(newsletter -> traffic().newsletters().get(newsletter.name()).relays().stream()
                        .map(this::pool)
                        .toList())
                .orElse(List.of());
    }

    /** The one relay that stands for all that carry a newsletter: of several, the first that leads out of this machine. */
    Optional<RelayPool> pool(NewsletterId id) {
        List<RelayPool> all = pools(id);
        return all.stream()
                .filter(pool -> !pool.relay().loopback())
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    /** What carries single copies of a newsletter to operators: one of its own relays, if that may. */
    RelayPool testPool(NewsletterId id) {
        List<RelayPool> its = pools(id);
        return Stream.concat(
                        its.stream(), app.settings().relays().keySet().stream().map(this::pool))
                .filter(pool ->
                        traffic().relays().get(pool.relay().name()).roles().contains(RelayUse.Role.TEST))
                .findFirst()
                .orElse(its.get(0));
    }

    private TrafficSettings traffic() {
        return app.settings().traffic();
    }

    private RelayPool pool(String name) {
        SmtpRelay relay = app.relay(name);
        RelayUse use = traffic().relays().get(name);
        return new RelayPool(relay, relay.settings().limits().connections(), use.weight(), use.failover());
    }

    /** An engine that is not started. */
    DeliveryEngine engine(Predicate<SendingEdition> which, EngineListener listener) {
        String owner = nodeName();
        JdbiLedger rowsOnly = new JdbiLedger(
                app.database(),
                owner,
                () -> app.installation().check().isPresent()
                        ? -1
                        : app.installation().epoch(),
                List.of(
                        new RecordRefusals(app.subscribing(), app.settings().bounces(), List.of()),
                        new CountOutcomes(stop)),
                rows);
        DeliveryEngine engine = new DeliveryEngine.Builder(
                        ledger(rowsOnly, owner), this::pools, copies(), app.clock(), new SplittableRandom())
                .settings(app.settings().delivery())
                .only(which)
                .listener(listener)
                .rates(limits(), new JdbiRates(app.database()))
                .warmUps(warmUps())
                .silence(this::silence)
                .alone(app.settings().database().dialect() == Dialect.H2)
                .build();
        editions.onChange(engine::look);
        return engine;
    }

    /** The embedded database has a journal beside it. */
    private Ledger ledger(JdbiLedger rowsOnly, String owner) {
        if (!app.settings().database().isEmbedded()) {
            return rowsOnly;
        }
        JournaledLedger journaled = new JournaledLedger(
                rowsOnly,
                app.database(),
                JournaledLedger.fileIn(app.data()),
                owner,
                app.settings().delivery().awaitDisk());
        editions.onSettle(() -> journaled.settle(app.clock().instant()));
        return journaled;
    }

    private PublicLinks links() {
        return new PublicLinks(app.publicUrl(), app.keys().tokens());
    }

    private Optional<DkimKey> dkim(NewsletterId id) {
        return app.newsletters().find(id).flatMap(app::dkim);
    }

    /** Never the same for two living processes, so that leases can't be mixed up. */
    private static String nodeName() {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        return ProcessHandle.current().pid() + "-" + HexFormat.of().formatHex(random);
    }
}
