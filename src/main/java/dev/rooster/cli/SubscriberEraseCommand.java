package dev.rooster.cli;

import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.EraseEnded;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.RetentionSettings;
import dev.rooster.subscriber.Subscriber;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Erases a person: only a keyed hash remains, which keeps the address from being mailed or imported again. */
@Command(name = "erase", mixinStandardHelpOptions = true)
final class SubscriberEraseCommand extends RoosterCommand {
    @Parameters(paramLabel = "ADDRESS", arity = "0..1", descriptionKey = "subscriber.erase.address")
    private String address;

    @Option(
            names = "--unsubscribed-before",
            paramLabel = "DATE",
            converter = IsoDate.class,
            descriptionKey = "subscriber.erase.unsubscribed-before")
    private LocalDate unsubscribedBefore;

    @Option(names = "--dry-run", descriptionKey = "subscriber.erase.dry-run")
    private boolean dryRun;

    @Option(names = "--yes", descriptionKey = "subscriber.erase.yes")
    private boolean yes;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) throws IOException {
        People people = new People(session);
        boolean byTime = unsubscribedBefore != null;
        if (byTime == (address != null) || dryRun && !byTime) {
            throw UserProblem.badInput(people.text("erase.one-of"), people.text("erase.one-of.mend"));
        }
        return byTime ? eraseEnded(session, people) : erase(session, people);
    }

    /** Those who left before a day. */
    private int eraseEnded(Session session, People people) throws IOException {
        Instant now = session.app().clock().instant();
        Instant before = LocalTimes.of(session).startOf(unsubscribedBefore);
        if (before.isAfter(now.minus(RetentionSettings.UNSUBSCRIBED_MIN))) {
            throw UserProblem.badInput(
                    people.text("erase.too-soon", unsubscribedBefore.toString()), people.text("erase.too-soon.mend"));
        }
        EraseEnded erase = new EraseEnded(session.app().database(), people.subscribing());
        EraseEnded.Outcome outcome = erase.count(before);
        if (!dryRun && !outcome.nothing()) {
            if (!yes) {
                TypedNumber.confirm(
                        session,
                        people.text("erase.ended.ask", String.valueOf(outcome.people())) + " ",
                        outcome.people(),
                        people.text("erase.not"));
            }
            try (ProgressBar bar = session.progress(people.text("erase.ended.progress"), outcome.people())) {
                outcome = erase.run(before, now, People.actor(), bar::stepTo);
            }
        }
        if (json.asked) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("before", before.toString());
            result.put("dry_run", dryRun);
            result.put("people", outcome.people());
            result.put("addresses_of_suppressions", outcome.addresses());
            session.json(result);
        } else {
            session.console()
                    .println(people.text(
                            dryRun ? "erase.ended.would" : "erase.ended.done", outcome.people(), outcome.addresses()));
        }
        return Exit.DONE;
    }

    private int erase(Session session, People people) throws IOException {
        Subscriber person = people.get(address);
        if (!yes && session.console().terminal() && !isConfirmed(session, people, person)) {
            session.console().println(people.text("erase.not"));
            return Exit.FAILED;
        }
        Evidence evidence = Evidence.of(
                session.app().clock().instant(), ConsentMethod.OPERATOR, "subscriber erase, " + People.actor());
        session.app().database().jdbi().useTransaction(handle -> {
            people.subscribing().erase(handle, person.id(), evidence);
            people.audit(handle, "subscriber erase", "hash " + person.addressHash());
        });
        if (json.asked) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("hash", person.addressHash());
            result.put("erased", true);
            session.json(result);
        } else {
            session.console().println(people.text("erase.done", person.addressHash()));
        }
        return Exit.DONE;
    }

    private static boolean isConfirmed(Session session, People people, Subscriber person) throws IOException {
        session.console().out().print(people.text("erase.ask", person.address().text()) + " ");
        session.console().out().flush();
        String typed =
                new BufferedReader(new InputStreamReader(session.console().in(), StandardCharsets.UTF_8)).readLine();
        return typed != null && typed.strip().equalsIgnoreCase(person.address().text());
    }
}
