package dev.rooster.web;

import dev.rooster.language.Language;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.template.Url;
import io.javalin.http.Context;
import java.util.List;

/** {@code /}: what can be subscribed to here. */
final class HomePage {
    private final Newsletters newsletters;
    private final Pages pages;

    HomePage(Newsletters newsletters, Pages pages) {
        this.newsletters = newsletters;
        this.pages = pages;
    }

    void get(Context ctx) {
        Language fallback = newsletters.all().stream()
                .findFirst()
                .map(newsletter -> newsletter.settings().language())
                .orElse(Language.KO);
        List<Views.Home.Entry> entries = newsletters.all().stream()
                .map(newsletter -> new Views.Home.Entry(
                        newsletter.settings().title(),
                        newsletter.settings().slotLine(),
                        new Url("/" + newsletter.name())))
                .toList();
        pages.showPublic(
                ctx,
                "home",
                new Views.Home(Frame.bare().withLanguages("/"), entries),
                Pages.language(ctx, null, fallback));
    }
}
