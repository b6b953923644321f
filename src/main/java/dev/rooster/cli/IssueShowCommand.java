package dev.rooster.cli;

import dev.rooster.delivery.FrozenVersion;
import dev.rooster.delivery.JdbiEditionProviders;
import dev.rooster.delivery.JdbiEditionVersions;
import dev.rooster.delivery.JdbiEditions;
import dev.rooster.delivery.ProviderTally;
import dev.rooster.issue.IssueDifference;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.Outline;
import dev.rooster.issue.ParsedIssue;
import dev.rooster.issue.ReadIssue;
import dev.rooster.issue.StoredIssue;
import dev.rooster.language.DisplayWidth;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Slot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows an issue: its state, its slot, and what was understood of its text. */
@Command(name = "show", mixinStandardHelpOptions = true)
final class IssueShowCommand extends RoosterCommand {
    @Parameters(paramLabel = "ID", descriptionKey = "issue.id")
    private long id;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) {
        IssueTexts texts = new IssueTexts(session);
        StoredIssue issue = texts.issue(id);
        Newsletter newsletter = texts.newsletter(issue);
        Optional<Slot> slot = session.app().issueQueue().plan(newsletter).slotOf(issue.id());
        ParsedIssue parsed = session.app()
                .database()
                .jdbi()
                .withHandle(handle -> new ReadIssue().find(handle, newsletter, issue.id(), slot.map(Slot::date)))
                .orElseThrow();
        String outline = Outline.of(parsed.document(), session.language());
        List<FrozenVersion> versions = versions(session, issue.id());
        Optional<ForecastLines> forecast = forecast(session, newsletter, issue.id(), slot);
        ReviewLines reviews = ReviewLines.of(session, newsletter, issue.id());
        if (json.asked) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("id", issue.id().value());
            result.put("newsletter", newsletter.name());
            result.put("state", issue.state().word());
            result.put("title", issue.title());
            result.put("subject", issue.subject());
            result.put("advertising", parsed.document().advertising());
            result.put("week", parsed.document().weekLabel());
            result.put("file", issue.sourceName());
            result.put("slot", slot.map(at -> at.date().toString()).orElse(null));
            result.put("forecast", forecast.map(ForecastLines::json).orElse(null));
            result.put("review", reviews.json());
            result.put("outline", outline);
            result.put("versions", versions.stream().map(IssueShowCommand::json).toList());
            result.put(
                    "paused_providers",
                    pausedProviders(session, issue).stream()
                            .collect(Collectors.toMap(ProviderTally::provider, ProviderTally::pauseReason)));
            result.put("warnings", texts.json(parsed.warnings()));
            session.json(result);
            return Exit.DONE;
        }
        Console console = session.console();
        console.println(issue.id() + "  " + issue.title());
        line(console, texts.text("show.state"), texts.state(issue.state()));
        line(console, texts.text("show.subject"), issue.subject());
        slot.ifPresent(at -> line(console, texts.text("show.slot"), IssueTexts.time(newsletter, at)));
        line(console, texts.text("show.week"), parsed.document().weekLabel());
        line(console, texts.text("show.file"), issue.sourceName());
        String forecastName = texts.text("show.forecast");
        for (String each : forecast.map(ForecastLines::lines).orElse(List.of())) {
            line(console, forecastName, each);
            forecastName = "";
        }
        reviews.print(console);
        line(console, texts.text("show.outline"), outline);
        String name = texts.text("show.versions");
        for (FrozenVersion version : versions.size() > 1 ? versions : List.<FrozenVersion>of()) {
            String number = String.valueOf(version.version());
            line(console, name, texts.text("show.version", number, difference(session, version)));
            name = "";
        }
        for (ProviderTally paused : pausedProviders(session, issue)) {
            String at = LocalTimes.of(session).text(paused.pausedAt());
            line(
                    console,
                    texts.text("show.paused"),
                    session.text("show.paused-provider", paused.provider(), at, paused.pauseReason()));
        }
        texts.warn(parsed.warnings());
        return Exit.DONE;
    }

    private static List<FrozenVersion> versions(Session session, IssueId issue) {
        JdbiEditions editions = new JdbiEditions(List.of());
        return session.app()
                .database()
                .jdbi()
                .withHandle(handle -> editions.findByIssue(handle, issue)
                        .map(edition -> new JdbiEditionVersions().list(handle, edition.id()))
                        .orElse(List.of()));
    }

    /** What a version says otherwise than the one before it; its subject for the first. */
    private static String difference(Session session, FrozenVersion version) {
        return version.changes() == null
                ? version.subject()
                : IssueDifference.line(version.changes(), session.language());
    }

    private static Map<String, Object> json(FrozenVersion version) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", version.version());
        json.put("released", version.releasedAt().toString());
        json.put("subject", version.subject());
        json.put("changes", version.changes());
        return json;
    }

    private static List<ProviderTally> pausedProviders(Session session, StoredIssue issue) {
        return session.app()
                .database()
                .jdbi()
                .withHandle(handle -> new JdbiEditions(List.of())
                                .findByIssue(handle, issue.id())
                                .map(edition -> new JdbiEditionProviders().tallies(handle, edition.id()))
                                .orElse(List.of())
                                .stream()
                                .filter(ProviderTally::paused)
                                .toList());
    }

    /** Of what is left while it is being sent; of today's readers while it waits for its slot. */
    private static Optional<ForecastLines> forecast(
            Session session, Newsletter newsletter, IssueId issue, Optional<Slot> slot) {
        Delivering delivering = session.app().delivering();
        return delivering
                .editions()
                .find(issue)
                .flatMap(delivering.forecasts()::live)
                .or(() -> slot.flatMap(at -> delivering.forecasts().planned(newsletter, at.at())))
                .map(forecast -> new ForecastLines(session, newsletter, forecast));
    }

    private static void line(Console console, String name, String value) {
        if (!value.isEmpty()) {
            console.println("  " + DisplayWidth.pad(name, 10) + value);
        }
    }
}
