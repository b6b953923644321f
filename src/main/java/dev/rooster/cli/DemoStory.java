package dev.rooster.cli;

import dev.rooster.delivery.DeliveryState;
import dev.rooster.delivery.Edition;
import dev.rooster.delivery.EditionState;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Slot;
import dev.rooster.review.Moment;
import dev.rooster.sandbox.CaughtMail;
import dev.rooster.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The main job from end to end, told step by step: import, write, queue, the slot fires, everybody gets one, one is refused, one
 * waits and gets it later, one bounces, one unsubscribes, the balance adds up.
 */
final class DemoStory {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PEOPLE = 19;
    private static final String EDITOR = "editor@sandbox.test";
    private static final String TEAM = "team@sandbox.test";

    private final DemoWorld world;
    private final Session session;
    private final HttpClient browser = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private boolean allHold = true;

    DemoStory(DemoWorld world, Session session) {
        this.world = world;
        this.session = session;
    }

    /** Before anything runs: people, an issue, its place in the queue. */
    void prepare() {
        step("demo.import", imported());
        step("demo.add", command("issue", "add", "examples/2026-12-02-ai-weekly.md"));
        step("demo.queue", command("issue", "queue", "1"));
    }

    /** Until the slot has fired and the mails are in the inbox. */
    void send() throws IOException, InterruptedException {
        Slot slot = nextSlot();
        world.clock().skipTo(Moment.PROOF.plannedAt(slot, newsletter().settings()));
        step("demo.proof", holdsSoon(() -> has(EDITOR::equals)) && approvedByItsLink());
        world.clock().skipTo(Moment.STAFF.plannedAt(slot, newsletter().settings()));
        step("demo.staff", holdsSoon(() -> has(TEAM::equals)));
        step("demo.waits", world.edition().isEmpty());
        world.clock().skipTo(slot.at().plusMillis(200));
        step("demo.fires", holdsSoon(() -> world.edition().isPresent()), slot.date());
        step("demo.sent", holdsSoon(this::onlyTheBusyOneIsLeft));
    }

    /**
     * The slot fires, and all that follows.
     *
     * @return whether every step held
     */
    boolean tell() throws IOException, InterruptedException {
        send();
        step("demo.once", everyoneGotExactlyOne());
        step("demo.parts", everyMailIsWhole());
        CaughtMail mail = mailTo("minji.kim@sandbox.test");
        step("demo.get", getChangesNothing(mail.unsubscribe()));
        step("demo.post", oneClickUnsubscribes(mail.unsubscribe()));
        step("demo.busy", theBusyOneGetsItLater());
        step("demo.bounce", command("bounce", "collect") && theBounceIsOnItsDelivery());
        step("demo.hard", theDeadAddressIsSuppressed());
        step("demo.finished", holdsSoon(() -> world.edition().orElseThrow().state() == EditionState.FINISHED));
        step("demo.balance", theBalanceAddsUp());
        step("demo.told", holdsSoon(() -> has(to -> to.startsWith("operator@"))));
        step("demo.archive", archiveIsServed());
        step("demo.again", aSecondSendSendsNothing());
        session.console().println(session.text(allHold ? "demo.all" : "demo.not-all"));
        return allHold;
    }

    private void step(String key, boolean holds, Object... args) {
        allHold &= holds;
        Object[] words = new Object[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        session.console().println((holds ? "✓ " : "✗ ") + session.text(key, words));
    }

    private boolean imported() {
        return command("subscriber", "import", "examples/subscribers.csv")
                && world.app()
                                .delivering()
                                .editions()
                                .audience(world.app().newsletters().only().orElseThrow())
                        == PEOPLE;
    }

    private boolean command(String... args) {
        DemoWorld.Answer answer = world.command(args);
        if (answer.exit() != Exit.DONE) {
            session.console().err().println(answer.out() + answer.err());
        }
        return answer.exit() == Exit.DONE;
    }

    private Newsletter newsletter() {
        return world.app().newsletters().only().orElseThrow();
    }

    private Slot nextSlot() {
        return world.app().issueQueue().plan(newsletter()).places().get(0).slot();
    }

    /** The first link of the proof approves, once its button is pressed; opening it changes nothing. */
    private boolean approvedByItsLink() throws IOException, InterruptedException {
        CaughtMail proof = world.sandbox().mails().stream()
                .filter(mail -> mail.recipient().equals(EDITOR))
                .findFirst()
                .orElseThrow();
        Matcher link = Pattern.compile("http://\\S+/a/\\S+").matcher(proof.text());
        if (!link.find()) {
            return false;
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(link.group())).timeout(Duration.ofSeconds(20));
        browser.send(request.build(), HttpResponse.BodyHandlers.discarding());
        boolean before = approved();
        HttpResponse<String> pressed = browser.send(
                request.POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
        return !before && pressed.statusCode() == 200 && approved();
    }

    private boolean approved() {
        return world.command("issue", "show", "1", "--json")
                .out()
                .replace(" ", "")
                .contains("\"approved\":true");
    }

    private boolean onlyTheBusyOneIsLeft() {
        if (world.edition().isEmpty() || world.edition().get().readyAt() == null) {
            return false;
        }
        var counts = world.counts();
        return counts.of(DeliveryState.ACCEPTED) == PEOPLE - 2
                && counts.of(DeliveryState.REJECTED) == 1
                && counts.of(DeliveryState.DEFERRED) == 1;
    }

    private List<CaughtMail> copies() {
        return world.sandbox().mails().stream()
                .filter(mail -> mail.header("List-Id") != null)
                .filter(mail ->
                        !mail.recipient().equals(EDITOR) && !mail.recipient().equals(TEAM))
                .toList();
    }

    private boolean everyoneGotExactlyOne() {
        Set<String> people = new HashSet<>();
        return copies().stream().allMatch(mail -> people.add(mail.recipient()))
                && people.size() == PEOPLE - 2
                && !people.contains("left@sandbox.test");
    }

    private boolean everyMailIsWhole() {
        Set<URI> links = new HashSet<>();
        return copies().stream()
                .allMatch(mail -> mail.html() != null
                        && mail.text() != null
                        && mail.text().contains("Unsubscribe")
                        && mail.html().contains("Unsubscribe")
                        && "List-Unsubscribe=One-Click".equals(mail.header("List-Unsubscribe-Post"))
                        && links.add(mail.unsubscribe()));
    }

    private CaughtMail mailTo(String recipient) {
        return copies().stream()
                .filter(mail -> mail.recipient().equals(recipient))
                .findFirst()
                .orElseThrow();
    }

    private boolean has(java.util.function.Predicate<String> recipient) {
        return world.sandbox().mails().stream().anyMatch(mail -> recipient.test(mail.recipient()));
    }

    private boolean getChangesNothing(URI link) throws IOException, InterruptedException {
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> page = browser.send(
                    HttpRequest.newBuilder(link).timeout(Duration.ofSeconds(20)).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (page.statusCode() != 200 || !page.body().contains("<form")) {
                return false;
            }
        }
        return audience() == PEOPLE - deadNow();
    }

    private boolean oneClickUnsubscribes(URI link) throws IOException, InterruptedException {
        long before = audience();
        HttpResponse<String> answer = browser.send(
                HttpRequest.newBuilder(link)
                        .timeout(Duration.ofSeconds(20))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200
                && answer.headers().firstValue("Set-Cookie").isEmpty()
                && audience() == before - 1;
    }

    private boolean theBusyOneGetsItLater() throws InterruptedException {
        world.clock().skip(Duration.ofMinutes(15));
        return holdsSoon(() -> has(Sandbox.BUSY::equals));
    }

    private boolean theBounceIsOnItsDelivery() {
        DemoWorld.Answer answer = world.command("bounce", "list", "--json");
        return answer.exit() == Exit.DONE
                && answer.out().contains(Sandbox.FULL)
                && answer.out().contains("5.2.2");
    }

    private boolean theDeadAddressIsSuppressed() {
        return world.command("suppression", "list", "--json").out().contains(Sandbox.NOBODY);
    }

    private boolean theBalanceAddsUp() {
        Edition edition = world.edition().orElseThrow();
        var counts = world.counts();
        return counts.agreesWith(edition)
                && counts.of(DeliveryState.ACCEPTED) == PEOPLE - 1
                && counts.of(DeliveryState.REJECTED) == 1
                && counts.unfinished() == 0
                && command("report", "1");
    }

    private boolean archiveIsServed() throws IOException, InterruptedException {
        URI archive = world.app().publicUrl().resolve("/ai-weekly/archive/1");
        HttpResponse<String> page = browser.send(
                HttpRequest.newBuilder(archive).timeout(Duration.ofSeconds(20)).build(),
                HttpResponse.BodyHandlers.ofString());
        return page.statusCode() == 200 && page.body().contains("<html");
    }

    private boolean aSecondSendSendsNothing() {
        int before = copies().size();
        world.command("send", "1", "--yes");
        return copies().size() == before;
    }

    private long audience() {
        return world.app()
                .delivering()
                .editions()
                .audience(world.app().newsletters().only().orElseThrow());
    }

    /** Those who left the audience since the start without a click: the dead address. */
    private long deadNow() {
        return world.counts().of(DeliveryState.REJECTED);
    }

    /** Looks again and again until it holds, within reason. */
    private static boolean holdsSoon(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (condition.getAsBoolean()) {
                return true;
            }
            Thread.sleep(50);
        }
        return condition.getAsBoolean();
    }
}
