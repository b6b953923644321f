package dev.rooster.web;

import dev.rooster.language.Language;
import io.javalin.http.Context;

/** Pages that only say something. */
final class Messages {
    private final Pages pages;

    Messages(Pages pages) {
        this.pages = pages;
    }

    /** For an address that is not genuine, a person who is gone, and everything else that is not there: always the same. */
    void notFound(Context ctx) {
        show(ctx, 404, new Views.Message(Frame.bare(), true, false, false, false));
    }

    void tooMany(Context ctx) {
        ctx.header("Retry-After", "3600");
        show(ctx, 429, new Views.Message(Frame.bare(), false, true, false, false));
    }

    void tooLarge(Context ctx) {
        show(ctx, 413, new Views.Message(Frame.bare(), false, false, true, false));
    }

    /** Nothing was changed; it may be tried again. */
    void broken(Context ctx, int status) {
        show(ctx, status, new Views.Message(Frame.bare(), false, false, false, true));
    }

    private void show(Context ctx, int status, Views.Message view) {
        pages.show(ctx, status, "message", view, Pages.language(ctx, null, Language.KO));
    }
}
