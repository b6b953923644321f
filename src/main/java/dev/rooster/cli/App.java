package dev.rooster.cli;

import dev.rooster.config.Settings;
import dev.rooster.config.SettingsProblem;
import dev.rooster.db.Database;
import dev.rooster.db.Installation;
import dev.rooster.newsletter.JdbiNewsletters;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.smtp.SmtpRelay;
import dev.rooster.token.KeyRing;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One installation, wired: each part is made when a command first asks for it and closed with the application. Thread-safe; a
 * running {@code serve} shares one among all the commands it carries out.
 */
final class App implements AutoCloseable {
    private final Path home;
    private final Map<String, String> environment;
    private final InstantSource clock;

    private final Lazy<Settings> settings = new Lazy<>(this::loadSettings);
    private final Lazy<Database> database =
            new Lazy<>(() -> Database.open(settings().database()));
    private final Lazy<Installation> installation =
            new Lazy<>(() -> new Installation(database(), new SecureRandom(), clock()));
    private final Lazy<KeyRing> keys = new Lazy<>(() -> KeyRing.open(data().resolve("keys")));
    private final Lazy<Newsletters> newsletters = new Lazy<>(this::registerNewsletters);
    private final Lazy<Map<String, SmtpRelay>> relays = new Lazy<>(this::makeRelays);

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
