package dev.rooster.web;

import dev.rooster.db.Database;
import dev.rooster.language.Language;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.template.Url;
import io.javalin.http.Context;
import java.net.URI;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Optional;

/** {@code /{newsletter}/archive}, {@code /{newsletter}/archive/{issue}} and {@code /{newsletter}/feed.xml}. */
final class ArchivePages {
    private static final int PAGE = 30;
    private static final int FEED = 20;
    /**
     * An issue is content: its page runs nothing, posts nothing, and lives in an origin of its own, so that whatever an issue holds, it can't
     * touch a reader's pages.
     */
    private static final String ISSUE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation";

    private final Newsletters newsletters;
    private final Database database;
    private final Pages pages;
    private final Messages messages;
    private final URI publicUrl;
    private final JdbiArchive archive = new JdbiArchive();

    ArchivePages(Newsletters newsletters, Database database, Pages pages, Messages messages, URI publicUrl) {
        this.newsletters = newsletters;
        this.database = database;
        this.pages = pages;
        this.messages = messages;
        this.publicUrl = publicUrl;
    }

    void list(Context ctx) {
        Optional<Newsletter> found = newsletters.find(ctx.pathParam("newsletter"));
        if (found.isEmpty()) {
            messages.notFound(ctx);
            return;
        }
        Newsletter newsletter = found.get();
        Language language = Pages.language(ctx, null, newsletter.settings().language());
        List<JdbiArchive.Sent> sent =
                sent(newsletter, number(ctx.queryParam("before")).orElse(Long.MAX_VALUE), PAGE);
        String path = "/" + newsletter.name() + "/archive";
        Url older = new Url(
                sent.size() < PAGE
                        ? ""
                        : path + "?before=" + sent.get(sent.size() - 1).issueId());
        DateTimeFormatter dates =
                DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(language.locale());
        List<Views.Archive.Entry> entries = sent.stream()
                .map(issue -> {
                    var local = issue.releasedAt().atZone(newsletter.settings().zone());
                    return new Views.Archive.Entry(
                            issue.title(),
                            dates.format(local),
                            local.toLocalDate().toString(),
                            new Url(path + "/" + issue.issueId()));
                })
                .toList();
        pages.showPublic(
                ctx,
                "archive",
                new Views.Archive(
                        Frame.of(newsletter).withLanguages(path),
                        newsletter.settings().slotLine(),
                        entries,
                        !entries.isEmpty(),
                        older,
                        new Url("/" + newsletter.name() + "/feed.xml")),
                language);
    }

    void issue(Context ctx) {
        Optional<JdbiArchive.Page> page = newsletters
                .find(ctx.pathParam("newsletter"))
                .flatMap(newsletter -> number(ctx.pathParam("issue"))
                        .flatMap(issue ->
                                database.jdbi().withHandle(handle -> archive.find(handle, newsletter.id(), issue))));
        if (page.isEmpty()) {
            messages.notFound(ctx);
            return;
        }
        ctx.header("Content-Security-Policy", ISSUE_POLICY).header("Cache-Control", "public, max-age=300");
        if (!Cached.unchanged(ctx, page.get().sent().hash())) {
            ctx.html(page.get().html());
        }
    }

    void feed(Context ctx) {
        Optional<Newsletter> newsletter = newsletters.find(ctx.pathParam("newsletter"));
        if (newsletter.isEmpty()) {
            messages.notFound(ctx);
            return;
        }
        AtomFeed feed = new AtomFeed(newsletter.get(), publicUrl, sent(newsletter.get(), Long.MAX_VALUE, FEED));
        ctx.header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("Cache-Control", "public, max-age=300");
        if (!Cached.unchanged(ctx, feed.tag())) {
            ctx.contentType("application/atom+xml; charset=utf-8").result(feed.bytes());
        }
    }

    private List<JdbiArchive.Sent> sent(Newsletter newsletter, long before, int limit) {
        return database.jdbi().withHandle(handle -> archive.list(handle, newsletter.id(), before, limit));
    }

    private static Optional<Long> number(String text) {
        return text != null && text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
