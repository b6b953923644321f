package dev.rooster.cli;

import dev.rooster.config.DkimSettings;
import dev.rooster.config.Settings;
import dev.rooster.config.SettingsProblem;
import dev.rooster.db.Database;
import dev.rooster.db.DatabaseProblem;
import dev.rooster.db.Installation;
import dev.rooster.delivery.JournaledLedger;
import dev.rooster.inbox.MailForPeople;
import dev.rooster.issue.AddIssue;
import dev.rooster.issue.IssueQueue;
import dev.rooster.language.Messages;
import dev.rooster.mail.DkimKey;
import dev.rooster.mail.DkimKeys;
import dev.rooster.newsletter.JdbiNewsletters;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterSettings;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.notice.Notices;
import dev.rooster.smtp.SmtpRelay;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.suppression.RefusalLog;
import dev.rooster.template.Templates;
import dev.rooster.token.KeyRing;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One installation, wired: each part is made when a command first asks for it and closed with the application. Thread-safe; a
 * running {@code serve} shares one among all the commands it carries out.
 */
final class App implements AutoCloseable {
    private final Path home;
    private final Map<String, String> environment;
    private final InstantSource clock;

    private final Lazy<Settings> settings = new Lazy<>(this::loadSettings);
    private final Lazy<Database> database = new Lazy<>(this::openDatabase);
    private final Lazy<Installation> installation =
            new Lazy<>(() -> new Installation(database(), new SecureRandom(), clock()));
    private final Lazy<KeyRing> keys = new Lazy<>(() -> KeyRing.open(data().resolve("keys")));
    private final Lazy<Newsletters> newsletters = new Lazy<>(this::registerNewsletters);
    private final Lazy<Map<String, SmtpRelay>> relays = new Lazy<>(this::makeRelays);
    private final Lazy<Subscribing> subscribing =
            new Lazy<>(() -> new Subscribing(keys().addressHash(), new RefusalLog(data()), clock()));
    private final Lazy<Templates> templates = new Lazy<>(() -> new Templates(home().resolve("templates")));
    private final Lazy<Notices> notices = new Lazy<>(() -> new Notices(
            keys().addressHash(),
            settings().notices(),
            database().dialect(),
            clock(),
            new SecureRandom(),
            settings().alarms().url() != null));
    private final Lazy<Delivering> delivering = new Lazy<>(() -> new Delivering(this));
    private volatile Running running;

    /**
     * @param home the installation's folder, absolute
     * @param environment overrides of settings
     */
    App(Path home, Map<String, String> environment, InstantSource clock) {
        this.home = home;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    Path home() {
        return home;
    }

    /** The folder of what this installation keeps: database, keys, control socket. */
    Path data() {
        return home.resolve("data");
    }

    InstantSource clock() {
        return clock;
    }

    Settings settings() {
        return settings.get();
    }

    Database database() {
        return database.get();
    }

    /** Whether this folder may send from this database. */
    Installation installation() {
        return installation.get();
    }

    /** The secret keys; {@link dev.rooster.token.KeyRingProblem} when they are missing. */
    KeyRing keys() {
        return keys.get();
    }

    Newsletters newsletters() {
        return newsletters.get();
    }

    /** The relay of a name that the settings hold. */
    SmtpRelay relay(String name) {
        return relays.get().get(name);
    }

    Subscribing subscribing() {
        return subscribing.get();
    }

    Templates templates() {
        return templates.get();
    }

    Notices notices() {
        return notices.get();
    }

    /** Everything about editions: starting, pausing, and the engine that sends them. */
    Delivering delivering() {
        return delivering.get();
    }

    /**
     * Brings the rows of the ledger up to what an engine in this process knows, before something is done or said by them. Where none
     * runs there is nothing to bring: no part is made for it.
     */
    void settle() {
        Delivering made = delivering.made();
        if (made != null) {
            made.editions().settle();
        }
    }

    IssueQueue issueQueue() {
        return new IssueQueue(database(), clock);
    }

    AddIssue addIssue() {
        return new AddIssue(database(), clock);
    }

    /** Where mail lies that a person should read and that has no mailbox to stay in. */
    MailForPeople mailForPeople() {
        return new MailForPeople(data().resolve("mail-for-people"), settings().people());
    }

    /** Where the pages are reached: as set, or this machine's own port while nothing is set. */
    URI publicUrl() {
        return settings().publicUrl() != null
                ? settings().publicUrl()
                : URI.create("http://127.0.0.1:" + settings().http().port());
    }

    /** What a newsletter's mails are signed with; empty when no key is configured. */
    Optional<DkimKey> dkim(Newsletter newsletter) {
        return dkim(newsletter.settings());
    }

    Optional<DkimKey> dkim(NewsletterSettings newsletter) {
        DkimSettings dkim = settings().dkim().get(newsletter.name());
        if (dkim == null) {
            return Optional.empty();
        }
        try {
            PrivateKey key = DkimKeys.fromPem(Files.readString(dkim.key()));
            return Optional.of(new DkimKey(dkim.domain(), dkim.selector(), key));
        } catch (IOException | IllegalArgumentException e) {
            Messages messages = Messages.of(App.class, newsletter.language());
            throw new UserProblem(
                    Exit.BAD_INPUT,
                    messages.text("dkim.unreadable", newsletter.name(), dkim.key()),
                    messages.text("dkim.unreadable.mend"),
                    e);
        }
    }

    /** What runs in this process; null while nothing does. */
    Running running() {
        return running;
    }

    void runs(Running started) {
        running = started;
    }

    /** With what an earlier process of ours left in its journal. */
    private Database openDatabase() {
        Database opened = Database.open(settings().database());
        Path journal = JournaledLedger.fileIn(data());
        if (!settings().database().isEmbedded() || !Files.exists(journal)) {
            return opened;
        }
        try {
            JournaledLedger.takeOver(opened, journal);
            return opened;
        } catch (IOException e) {
            opened.close();
            throw new DatabaseProblem(DatabaseProblem.Kind.JOURNAL, journal.toString(), e);
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    private Newsletters registerNewsletters() {
        return new JdbiNewsletters(database().jdbi(), new SecureRandom(), clock)
                .register(settings().newsletters().values());
    }

    private Map<String, SmtpRelay> makeRelays() {
        Map<String, SmtpRelay> made = new LinkedHashMap<>();
        settings().relays().forEach((name, relay) -> made.put(name, new SmtpRelay(relay, clock)));
        return made;
    }

    private Settings loadSettings() {
        try {
            return Settings.load(home, environment);
        } catch (SettingsProblem e) {
            throw new BadSettings(e);
        }
    }

    @Override
    public void close() {
        if (relays.made() != null) {
            relays.made().values().forEach(SmtpRelay::close);
        }
        if (database.made() != null) {
            database.made().close();
        }
    }

    /** Carries the faults of the settings out of a lazy part to the command line. */
    static final class BadSettings extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadSettings(SettingsProblem cause) {
            super(cause);
        }

        SettingsProblem problem() {
            return (SettingsProblem) getCause();
        }
    }
}
