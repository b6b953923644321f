package dev.rooster.sandbox;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The sandbox's inbox in the browser, on loopback: every mail that was taken, as HTML at phone or desktop width, as text and as
 * source, with its unsubscribe link, beside the ledger's numbers as they move. Needs no JavaScript.
 */
public final class InboxPages implements AutoCloseable {
    private static final int PHONE = 375;
    private static final int DESKTOP = 800;
    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#8884;--accent:light-dark(#b02e1a,#ff9d7a)}
            body{font:16px/1.6 system-ui,'Noto Sans KR',sans-serif;margin:0;word-break:keep-all}
            header{padding:16px 24px;border-bottom:1px solid var(--line);display:flex;gap:24px;flex-wrap:wrap;align-items:baseline}
            h1{font-size:20px;margin:0}h1 a{color:inherit;text-decoration:none}
            main{padding:16px 24px;max-width:1100px;margin:auto}
            .ledger{display:flex;gap:8px 20px;flex-wrap:wrap;margin:0 0 16px;padding:0;list-style:none}
            .ledger b{font-size:22px;display:block;line-height:1.2}
            table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:10px 8px;border-bottom:1px solid var(--line)}
            td a{display:block;padding:4px 0}a{color:var(--accent)}
            nav a,nav strong{display:inline-block;padding:10px 12px}table a{white-space:nowrap}td:nth-child(2) a{white-space:normal}th{white-space:nowrap}
            iframe{border:1px solid var(--line);border-radius:12px;background:#fff;height:78vh;max-width:100%}
            pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);border-radius:12px;padding:16px;font-size:14px}
            """;

    private final Sandbox sandbox;
    private final Supplier<Map<String, Long>> ledger;
    private final Messages messages;
    private final Javalin server;

    private InboxPages(Sandbox sandbox, Supplier<Map<String, Long>> ledger, Language language, int port) {
        this.sandbox = sandbox;
        this.ledger = ledger;
        this.messages = Messages.of(InboxPages.class, language);
        this.server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.jetty.host = "127.0.0.1";
            config.jetty.port = port;
            config.routes.get("/", context -> html(context, list()));
            config.routes.get("/mail/{number}", context -> html(context, mail(context)));
            config.routes.get("/mail/{number}/html", this::body);
        });
    }

    /**
     * Serves the pages.
     *
     * @param ledger the deliveries of the newest edition by state, in the order to show
     * @param port 0: any free one
     */
    public static InboxPages start(Sandbox sandbox, Supplier<Map<String, Long>> ledger, Language language, int port) {
        InboxPages pages = new InboxPages(sandbox, ledger, language, port);
        pages.server.start();
        return pages;
    }

    public String url() {
        return "http://127.0.0.1:" + server.port() + "/";
    }

    @Override
    public void close() {
        server.stop();
    }

    private String list() {
        Document page = page(messages.text("inbox.title"));
        page.head().appendElement("meta").attr("http-equiv", "refresh").attr("content", "3");
        Element main = page.body().appendElement("main");
        Element states = main.appendElement("ul").addClass("ledger");
        ledger.get().forEach((state, count) -> {
            Element item = states.appendElement("li");
            item.appendElement("b").text(String.valueOf(count));
            item.appendText(messages.has("state." + state) ? messages.text("state." + state) : state);
        });
        Element table = main.appendElement("table");
        Element head = table.appendElement("thead").appendElement("tr");
        for (String column : List.of("inbox.to", "inbox.subject", "inbox.unsubscribe")) {
            head.appendElement("th").text(messages.text(column));
        }
        Element rows = table.appendElement("tbody");
        List<CaughtMail> mails = sandbox.mails();
        for (int i = mails.size() - 1; i >= 0; i--) {
            CaughtMail mail = mails.get(i);
            Element row = rows.appendElement("tr");
            row.appendElement("td").text(mail.recipient());
            row.appendElement("td")
                    .appendElement("a")
                    .attr("href", "/mail/" + mail.number())
                    .text(mail.subject());
            Element cell = row.appendElement("td");
            if (mail.unsubscribe() != null) {
                cell.appendElement("a")
                        .attr("href", mail.unsubscribe().toString())
                        .text(messages.text("inbox.unsubscribe"));
            }
        }
        if (mails.isEmpty()) {
            main.appendElement("p").text(messages.text("inbox.empty"));
        }
        return page.outerHtml();
    }

    private String mail(Context context) {
        CaughtMail mail = mailOf(context);
        String view = context.queryParam("view") == null ? "phone" : context.queryParam("view");
        Document page = page(mail.subject());
        Element main = page.body().appendElement("main");
        main.appendElement("p").text(messages.text("inbox.to") + ": " + mail.recipient());
        Element nav = main.appendElement("nav");
        for (String name : List.of("phone", "desktop", "text", "source")) {
            if (name.equals(view)) {
                nav.appendElement("strong").text(messages.text("view." + name));
            } else {
                nav.appendElement("a").attr("href", "?view=" + name).text(messages.text("view." + name));
            }
        }
        if (mail.unsubscribe() != null) {
            nav.appendElement("a").attr("href", mail.unsubscribe().toString()).text(messages.text("inbox.unsubscribe"));
        }
        switch (view) {
            case "text" -> main.appendElement("pre").text(String.valueOf(mail.text()));
            case "source" -> main.appendElement("pre").text(mail.source());
            default ->
                main.appendElement("iframe")
                        .attr("title", mail.subject())
                        .attr("sandbox", "allow-popups allow-popups-to-escape-sandbox")
                        .attr("width", String.valueOf(view.equals("desktop") ? DESKTOP : PHONE))
                        .attr("src", "/mail/" + mail.number() + "/html");
        }
        return page.outerHtml();
    }

    private void body(Context context) {
        context.header(
                "Content-Security-Policy", "default-src 'none'; img-src http: https:; style-src 'unsafe-inline'");
        String html = mailOf(context).html();
        html(context, html == null ? "" : html.replaceFirst("(?i)<head>", "<head><base target=\"_blank\">"));
    }

    private static void html(Context context, String page) {
        context.contentType("text/html; charset=utf-8").result(page);
    }

    private CaughtMail mailOf(Context context) {
        try {
            return sandbox.find(Integer.parseInt(context.pathParam("number"))).orElseThrow(NotFoundResponse::new);
        } catch (NumberFormatException e) {
            throw new NotFoundResponse();
        }
    }

    private Document page(String title) {
        Document page = Document.createShell("");
        page.selectFirst("html").attr("lang", messages.language().tag());
        page.prependChild(new org.jsoup.nodes.DocumentType("html", "", ""));
        page.title(title + " · Rooster");
        page.head().prependElement("meta").attr("charset", "utf-8");
        page.head()
                .appendElement("meta")
                .attr("name", "viewport")
                .attr("content", "width=device-width, initial-scale=1");
        page.head().appendElement("style").appendChild(new org.jsoup.nodes.DataNode(STYLE));
        Element header = page.body().appendElement("header");
        header.appendElement("h1").appendElement("a").attr("href", "/").text("🐔 " + messages.text("inbox.title"));
        header.appendElement("span").text(messages.text("inbox.note"));
        return page;
    }
}
