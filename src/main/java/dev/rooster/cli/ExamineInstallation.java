package dev.rooster.cli;

import dev.rooster.cli.Diagnosis.Mark;
import dev.rooster.config.Settings;
import dev.rooster.config.SettingsProblem;
import dev.rooster.db.Database;
import dev.rooster.db.DatabaseProblem;
import dev.rooster.db.Dialect;
import dev.rooster.db.Installation;
import dev.rooster.inbox.MailForPeople;
import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.mail.event.Provider;
import dev.rooster.newsletter.LawGate;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterSettings;
import dev.rooster.template.TemplateProblem;
import dev.rooster.template.TrialIssue;
import dev.rooster.token.KeyPermissions;
import dev.rooster.token.KeyRingProblem;
import dev.rooster.web.HookSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the doctor can see without the network: settings, folder, keys, database, law, templates. */
final class ExamineInstallation {
    private static final long FREE_BYTES_MIN = 1L << 30;

    private final App app;
    private final Language language;
    private final Messages messages;
    private final List<Diagnosis> found = new ArrayList<>();

    private ExamineInstallation(App app, Language language) {
        this.app = app;
        this.language = language;
        this.messages = Messages.of(ExamineInstallation.class, language);
    }

    /** What was found, in the order of looking; after faults in the settings nothing that needs them. */
    static List<Diagnosis> of(App app, Language language) {
        ExamineInstallation examine = new ExamineInstallation(app, language);
        examine.folder();
        examine.keys();
        if (examine.settings()) {
            examine.dkimKeys();
            if (examine.database()) {
                examine.templates();
            }
            examine.people();
            examine.law();
            examine.hooks();
        }
        return List.copyOf(examine.found);
    }

    private boolean settings() {
        try {
            Settings settings = app.settings();
            add(
                    "settings",
                    Mark.OK,
                    "doctor.settings",
                    Settings.FILE,
                    settings.newsletters().size(),
                    settings.relays().size());
            return true;
        } catch (App.BadSettings e) {
            SettingsProblem problem = e.problem();
            problem.faults()
                    .forEach(fault -> found.add(new Diagnosis("settings", Mark.FAILED, fault.text(language), null)));
            return false;
        }
    }

    private void folder() {
        Path data = app.data();
        try {
            if (!Files.isDirectory(data)) {
                add("folder", Mark.FAILED, "doctor.folder.missing", data);
            } else if (!Files.isWritable(data)) {
                add("folder", Mark.FAILED, "doctor.folder.read-only", data);
            } else if (Files.getFileStore(data).getUsableSpace() < FREE_BYTES_MIN) {
                add("folder", Mark.WARNING, "doctor.folder.full", data, freeMebibytes(data));
            } else {
                add("folder", Mark.OK, "doctor.folder", data, freeMebibytes(data));
            }
        } catch (IOException e) {
            add("folder", Mark.WARNING, "doctor.folder.unknown", data, e.toString());
        }
    }

    private void people() {
        MailForPeople people = app.mailForPeople();
        MailForPeople.Load load = people.load();
        if (!people.hasRoom()) {
            add("folder", Mark.FAILED, "doctor.people.full", load.mails(), load.bytes() >> 20);
        } else if (load.mails() > 0) {
            found.add(new Diagnosis("folder", Mark.NOTE, messages.text("doctor.people", load.mails()), null));
        }
    }

    private static long freeMebibytes(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace() >> 20;
    }

    private void keys() {
        Path folder = app.data().resolve("keys");
        try {
            app.keys();
            List<Path> open = KeyPermissions.tooOpen(folder);
            if (open.isEmpty()) {
                add("keys", Mark.OK, "doctor.keys", folder);
            }
            open.forEach(file -> add("keys", Mark.FAILED, "doctor.keys.open", file));
        } catch (KeyRingProblem e) {
            found.add(new Diagnosis(
                    "keys",
                    Mark.FAILED,
                    Messages.of(KeyRingProblem.class, language).text(e.key(), e.file(), e.line()),
                    messages.text("doctor.keys.broken.mend")));
        }
    }

    private void dkimKeys() {
        app.settings().newsletters().values().forEach(newsletter -> {
            try {
                app.dkim(newsletter).ifPresent(key -> {
                    Path file = app.settings().dkim().get(newsletter.name()).key();
                    boolean open = KeyPermissions.isOpen(file);
                    add("keys", open ? Mark.FAILED : Mark.OK, open ? "doctor.keys.open" : "doctor.keys.dkim", file);
                });
            } catch (UserProblem e) {
                found.add(new Diagnosis("keys", Mark.FAILED, e.getMessage(), e.mend()));
            }
        });
    }

    private boolean database() {
        try {
            Database database = app.database();
            add(
                    "database",
                    Mark.OK,
                    database.dialect() == Dialect.H2 ? "doctor.database.h2" : "doctor.database.postgresql",
                    where(database));
            Optional<Installation.Hold> hold = app.installation().check();
            hold.ifPresent(reason -> found.add(new Diagnosis(
                    "database",
                    Mark.WARNING,
                    messages.text(
                            "doctor.held",
                            Messages.of(Installation.class, language).text("hold." + reason)),
                    messages.text("doctor.held.mend"))));
            return true;
        } catch (DatabaseProblem e) {
            Messages words = Messages.of(DatabaseProblem.class, language);
            found.add(new Diagnosis(
                    "database",
                    Mark.FAILED,
                    words.text("problem." + e.kind(), e.subject()),
                    words.text("problem." + e.kind() + ".mend")));
            return false;
        }
    }

    private String where(Database database) {
        String url = database.settings().url();
        return url == null ? app.data().resolve("rooster.mv.db").toString() : url.replaceAll("[?;].*", "");
    }

    private void templates() {
        for (Newsletter newsletter : app.newsletters().all()) {
            try {
                TrialIssue.render(app.templates(), newsletter, app.publicUrl());
                add("templates", Mark.OK, "doctor.templates", newsletter.name());
            } catch (TemplateProblem e) {
                e.faults()
                        .forEach(fault ->
                                found.add(new Diagnosis("templates", Mark.FAILED, fault.message(language), null)));
            }
        }
    }

    private void law() {
        for (NewsletterSettings newsletter : app.settings().newsletters().values()) {
            boolean loopback = app.settings().traffic().newsletters().get(newsletter.name()).relays().stream()
                    .allMatch(relay -> app.relay(relay).loopback());
            List<LawGate.Missing> missing =
                    LawGate.missing(newsletter, app.settings().publicUrl(), false);
            if (missing.isEmpty()) {
                add("law", Mark.OK, "doctor.law", newsletter.name());
            }
            missing.forEach(what -> found.add(new Diagnosis(
                    "law",
                    loopback ? Mark.WARNING : Mark.FAILED,
                    messages.text(
                            "doctor.law.missing",
                            Messages.of(LawGate.class, language).text("law-gate." + what, newsletter.name())),
                    messages.text("doctor.law.missing.mend", Settings.FILE))));
        }
    }

    /** What a provider has to be told, and whether it can reach us. */
    private void hooks() {
        URI site = app.settings().publicUrl();
        for (HookSettings hook : app.settings().hooks()) {
            boolean reachable = site != null && "https".equals(site.getScheme());
            add(
                    "hook",
                    reachable ? Mark.OK : Mark.WARNING,
                    reachable ? "doctor.hook" : "doctor.hook.unreachable",
                    hook.provider().word(),
                    app.publicUrl() + "/hooks/" + hook.provider().word());
        }
        Set<Provider> listenedTo =
                app.settings().hooks().stream().map(HookSettings::provider).collect(Collectors.toSet());
        app.settings().relays().values().stream()
                .filter(relay -> relay.provider() != null && !listenedTo.contains(relay.provider()))
                .forEach(relay -> add(
                        "hook",
                        Mark.WARNING,
                        "doctor.hook.none",
                        relay.name(),
                        relay.provider().word()));
    }

    private void add(String area, Mark mark, String key, Object... arguments) {
        found.add(new Diagnosis(
                area,
                mark,
                messages.text(key, arguments),
                mark == Mark.OK ? null : messages.text(key + ".mend", arguments)));
    }
}
