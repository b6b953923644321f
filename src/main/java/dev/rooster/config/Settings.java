package dev.rooster.config;

import dev.rooster.bounce.BounceSettings;
import dev.rooster.db.DatabaseSettings;
import dev.rooster.delivery.CanarySettings;
import dev.rooster.delivery.DeliverySettings;
import dev.rooster.delivery.QuietHours;
import dev.rooster.delivery.RelayUse;
import dev.rooster.delivery.SenderUse;
import dev.rooster.delivery.StopSettings;
import dev.rooster.delivery.TrafficSettings;
import dev.rooster.inbox.MailboxSettings;
import dev.rooster.inbox.PeopleLimits;
import dev.rooster.inbox.ReceiverSettings;
import dev.rooster.mail.event.Provider;
import dev.rooster.newsletter.NewsletterName;
import dev.rooster.newsletter.NewsletterSettings;
import dev.rooster.notice.NoticeSettings;
import dev.rooster.outbound.AlarmSettings;
import dev.rooster.outbound.HeartbeatSettings;
import dev.rooster.outbound.RehearsalSettings;
import dev.rooster.report.DeferralSettings;
import dev.rooster.schedule.ScheduleSettings;
import dev.rooster.smtp.RelaySettings;
import dev.rooster.subscriber.RetentionSettings;
import dev.rooster.web.HookSettings;
import dev.rooster.web.WebSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Everything an installation can be told, checked. Immutable.
 *
 * @param newsletters by name, in the order of the file; at least one
 * @param dkim by name of the newsletter; those that are not signed are not there
 * @param relays by name; each that a newsletter names is there
 * @param traffic how fast relays, newsletters and mailbox providers are sent to
 * @param mailboxes that returned mail is collected from, by name; may be empty
 * @param hooks of providers that tell by HTTP what became of mails; may be empty
 * @param receiver the SMTP server for returned mail; null: there is none
 * @param people how much mail for people is kept
 * @param bouncePipe a mail server pipes what comes to the return addresses into {@code rooster bounce import -}
 * @param publicUrl where the pages are reached from outside, without a slash at its end; null when not set
 */
public record Settings(
        URI publicUrl,
        DatabaseSettings database,
        Map<String, NewsletterSettings> newsletters,
        Map<String, DkimSettings> dkim,
        Map<String, RelaySettings> relays,
        TrafficSettings traffic,
        DeliverySettings delivery,
        StopSettings stops,
        CanarySettings canary,
        DeferralSettings deferrals,
        NoticeSettings notices,
        BounceSettings bounces,
        Map<String, MailboxSettings> mailboxes,
        List<HookSettings> hooks,
        ReceiverSettings receiver,
        PeopleLimits people,
        RetentionSettings retention,
        boolean bouncePipe,
        ScheduleSettings schedule,
        RehearsalSettings rehearsal,
        AlarmSettings alarms,
        HeartbeatSettings heartbeat,
        WebSettings http) {
    private static final Pattern RELAY_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

    /** Where the file is, below the installation's folder. */
    public static final String FILE = "config/rooster.yaml";

    /**
     * Reads the file and the environment.
     *
     * @param home the installation's folder
     * @throws SettingsProblem with every fault at once
     */
    public static Settings load(Path home, Map<String, String> environment) throws SettingsProblem {
        SettingsSource source = new SettingsSource(FILE, environment);
        YamlTree tree = read(home.resolve(FILE));
        Settings settings;
        try (Section root = source.section("", tree, 1)) {
            URI publicUrl = root.value("public-url", null, "https://news.example.com", Settings::publicUrl);
            Map<String, DkimSettings> dkim = new LinkedHashMap<>();
            TrafficSettings traffic = new TrafficSettings(
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    TrafficSections.providers(root.section("provider-rates")));
            Map<String, RelaySettings> relays = relays(root, source, traffic, home);
            DeliverySettings delivery = SendingSections.delivery(
                    root.section("delivery"), relays.values().stream().allMatch(Settings::onLoopback));
            settings = new Settings(
                    publicUrl,
                    DatabaseSection.read(root.section("database"), home.resolve("data")),
                    newsletters(root, dkim, traffic, home),
                    dkim,
                    relays,
                    traffic,
                    delivery,
                    StopSections.stops(root.section("stops"), delivery.senderFaultsMax()),
                    StopSections.canary(root.section("canary")),
                    StopSections.deferrals(root.section("deferrals")),
                    SendingSections.notices(root.section("notices")),
                    SendingSections.bounces(root.section("bounces")),
                    mailboxes(root, home),
                    hooks(root, source, home),
                    ReceiverSection.read(root.section("receiver"), home),
                    ReceiverSection.people(root.section("mail-for-people")),
                    RetentionSection.read(root.section("retention")),
                    root.flag("bounce-pipe", false),
                    SendingSections.schedule(root.section("schedule")),
                    OutboundSections.rehearsal(root.section("rehearsal")),
                    OutboundSections.alarms(root.section("alarms")),
                    OutboundSections.heartbeat(root.section("heartbeat")),
                    HttpSection.read(root.section("http"), publicUrl));
            checkReferences(settings, root);
        }
        source.noteUnknownVariables();
        if (!source.faults().isEmpty()) {
            throw new SettingsProblem(source.faults());
        }
        return settings;
    }

    /** Whether mails offer an address to unsubscribe at: only where somebody reads what comes there. */
    public boolean unsubscribeByMail() {
        return !mailboxes.isEmpty() || receiver != null || bouncePipe;
    }

    private static Map<String, NewsletterSettings> newsletters(
            Section root, Map<String, DkimSettings> dkim, TrafficSettings traffic, Path home) {
        Map<String, NewsletterSettings> newsletters = new LinkedHashMap<>();
        root.named(
                        "newsletters",
                        name -> NewsletterName.problemOf(name).isEmpty(),
                        "ai-weekly (a–z, 0–9, -; no path of the pages)",
                        Set.of())
                .forEach((name, section) -> {
                    try (section) {
                        SenderUse use = TrafficSections.newsletter(section, traffic.relays());
                        String first = use.relays().isEmpty()
                                ? "default"
                                : use.relays().get(0);
                        NewsletterSettings newsletter = NewsletterSection.read(section, name, first);
                        DkimSettings signature = NewsletterSection.dkim(section, newsletter, home);
                        newsletters.put(name, newsletter);
                        traffic.newsletters().put(name, use);
                        if (signature != null) {
                            dkim.put(name, signature);
                        }
                    }
                });
        if (newsletters.isEmpty()) {
            root.fault("newsletters", "none-of", "", "newsletters: { ai-weekly: { … } }");
        }
        return newsletters;
    }

    private static Map<String, RelaySettings> relays(
            Section root, SettingsSource source, TrafficSettings traffic, Path home) {
        Map<String, RelaySettings> relays = new LinkedHashMap<>();
        Set<String> alsoNamed = source.environmentMentions("relays.default") ? Set.of("default") : Set.of();
        root.named("relays", RELAY_NAME.asMatchPredicate(), "default, backup (a–z, 0–9, -)", alsoNamed)
                .forEach((name, section) -> {
                    try (section) {
                        relays.put(name, RelaySection.read(section, name, home));
                        traffic.relays().put(name, TrafficSections.relay(section));
                    }
                });
        return relays;
    }

    /** By its name alone: settings are read without the network. A relay that could not be read counts as none. */
    private static boolean onLoopback(RelaySettings relay) {
        return relay == null || LOOPBACK.contains(relay.host());
    }

    private static Map<String, MailboxSettings> mailboxes(Section root, Path home) {
        Map<String, MailboxSettings> mailboxes = new LinkedHashMap<>();
        root.named("mailboxes", RELAY_NAME.asMatchPredicate(), "bounces (a–z, 0–9, -)", Set.of())
                .forEach((name, section) -> mailboxes.put(name, MailboxSection.read(section, name, home)));
        return mailboxes;
    }

    private static List<HookSettings> hooks(Section root, SettingsSource source, Path home) {
        List<HookSettings> hooks = new ArrayList<>();
        Set<String> alsoNamed = Arrays.stream(Provider.values())
                .map(Provider::word)
                .filter(word -> source.environmentMentions("hooks." + word))
                .collect(Collectors.toCollection(TreeSet::new));
        String expected = Arrays.stream(Provider.values()).map(Provider::word).collect(Collectors.joining(", "));
        root.named("hooks", word -> Provider.ofWord(word).isPresent(), expected, alsoNamed)
                .forEach((word, section) -> {
                    HookSettings hook =
                            HookSection.read(section, Provider.ofWord(word).orElseThrow(), home);
                    if (hook != null) {
                        hooks.add(hook);
                    }
                });
        return List.copyOf(hooks);
    }

    private static void checkReferences(Settings settings, Section root) {
        for (NewsletterSettings newsletter : settings.newsletters().values()) {
            if (newsletter != null) {
                String path = "newsletters." + newsletter.name() + ".relay";
                settings.traffic()
                        .newsletters()
                        .get(newsletter.name())
                        .relays()
                        .forEach(relay -> unknownRelay(settings, root, path, relay, RelayUse.Role.BULK));
                QuietHours quiet =
                        settings.traffic().newsletters().get(newsletter.name()).quiet();
                if (quiet != null && quiet.contains(newsletter.slot().time())) {
                    root.fault(
                            "newsletters." + newsletter.name() + ".quiet-hours",
                            "bad-value",
                            quiet.from() + "-" + quiet.until(),
                            "without the slot's time, " + newsletter.slot().time());
                }
                if (settings.relays().isEmpty()) {
                    unknownRelay(settings, root, path, newsletter.relay(), RelayUse.Role.BULK);
                }
            }
        }
        unknownRelay(settings, root, "notices.relay", settings.notices().relay(), RelayUse.Role.NOTICES);
        if (settings.alarms().relay() != null) {
            unknownRelay(settings, root, "alarms.relay", settings.alarms().relay(), RelayUse.Role.NOTICES);
        }
    }

    private static void unknownRelay(Settings settings, Section root, String path, String relay, RelayUse.Role role) {
        RelayUse use = settings.traffic().relays().get(relay);
        if (use == null || !use.roles().contains(role)) {
            root.fault(
                    path,
                    "unknown-reference",
                    relay,
                    String.join(", ", RelayUse.carrying(role, settings.traffic().relays())));
        }
    }

    private static URI publicUrl(String text) {
        URI uri = URI.create(text.replaceAll("/+$", ""));
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (!web || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException();
        }
        return uri;
    }

    private static YamlTree read(Path file) throws SettingsProblem {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return YamlTree.parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            throw new SettingsProblem(List.of(new Fault(FILE, "", "not-utf-8", "", "")));
        } catch (IOException e) {
            String code = Files.exists(file) ? "unreadable" : "no-file";
            throw new SettingsProblem(List.of(new Fault(file.toString(), "", code, "", "")));
        } catch (YamlTree.Malformed e) {
            throw new SettingsProblem(List.of(new Fault(FILE + ":" + e.line(), "", "malformed", e.getMessage(), "")));
        }
    }
}
