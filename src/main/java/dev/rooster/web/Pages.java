package dev.rooster.web;

import dev.rooster.language.Language;
import dev.rooster.template.PageRenderer;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** Renders a view and answers with it: the language, the status and the headers that go with a page. */
final class Pages {
    private static final String STYLE = "<style>";

    private final PageRenderer renderer;

    Pages(PageRenderer renderer) {
        this.renderer = renderer;
    }

    /** Answers with a page that nobody may keep: it was reached by a personal link or holds what was typed. */
    void show(Context ctx, int status, String template, Record view, Language language) {
        String html = renderer.render("pages/" + template, view, language);
        ctx.status(status)
                .header("Cache-Control", "no-store")
                .header("X-Robots-Tag", "noindex")
                .header("Content-Language", language.tag())
                .header("Content-Security-Policy", policy(html))
                .html(html);
    }

    /** Answers with a page that is the same for everybody who reads its language. */
    void showPublic(Context ctx, String template, Record view, Language language) {
        show(ctx, 200, template, view, language);
        ctx.header("Cache-Control", "public, max-age=60")
                .header("Vary", "Accept-Language")
                .removeHeader("X-Robots-Tag");
    }

    String text(String template, Record view, Language language) {
        return renderer.renderText("pages/" + template, view, language).strip();
    }

    /** Nothing may load but pictures of ours, and the one style sheet in the page, named by its hash. */
    private static String policy(String html) {
        int start = html.indexOf(STYLE);
        int end = html.indexOf("</style>");
        String style = start < 0 || end < start ? "" : html.substring(start + STYLE.length(), end);
        return "default-src 'none'; style-src 'sha256-" + sha256(style)
                + "'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The language of a visitor: chosen in the address, else the reader's own, else the browser's, else the newsletter's. */
    static Language language(Context ctx, Language ofReader, Language ofNewsletter) {
        Language chosen = Language.of(ctx.queryParam("lang"), null);
        if (chosen != null) {
            return chosen;
        }
        return ofReader != null ? ofReader : accepted(ctx.header("Accept-Language"), ofNewsletter);
    }

    /** The first language of Accept-Language that we have (RFC 9110 §12.5.4; weights are rare and in order). */
    static Language accepted(String header, Language otherwise) {
        if (header == null) {
            return otherwise;
        }
        for (String range : header.toLowerCase(Locale.ROOT).split(",", 20)) {
            Language found = Language.of(range.split(";", 2)[0].strip(), null);
            if (found != null) {
                return found;
            }
        }
        return otherwise;
    }
}
