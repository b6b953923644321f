package dev.rooster.web;

import dev.rooster.language.Language;
import dev.rooster.mail.AddressCheck;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterSettings;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.NewSubscriber;
import dev.rooster.template.Url;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /{newsletter}}: asks for an address, says what for (Personal Information Protection Act of Korea §15(2)), and answers every address
 * in the same way: whether somebody reads this is nobody else's business.
 */
final class SignUpPage {
    /** A field that people don't see: whoever fills it in is a machine. */
    private static final String HONEYPOT = "website";

    private final Newsletters newsletters;
    private final ReaderActs acts;
    private final SignUpLimits limits;
    private final Caller caller;
    private final Pages pages;
    private final Messages messages;
    private final Set<String> marketing;

    SignUpPage(
            Newsletters newsletters,
            ReaderActs acts,
            SignUpLimits limits,
            Caller caller,
            Pages pages,
            Messages messages,
            Set<String> marketing) {
        this.newsletters = newsletters;
        this.acts = acts;
        this.limits = limits;
        this.caller = caller;
        this.pages = pages;
        this.messages = messages;
        this.marketing = marketing;
    }

    private record Typed(String email, String name, boolean badEmail, boolean noConsent, boolean sent) {
        static final Typed NOTHING = new Typed("", "", false, false, false);
    }

    void get(Context ctx) {
        Optional<Newsletter> newsletter = newsletters.find(ctx.pathParam("newsletter"));
        if (newsletter.isEmpty()) {
            messages.notFound(ctx);
        } else {
            Language language = language(ctx, newsletter.get());
            pages.showPublic(ctx, "signup", view(newsletter.get(), Typed.NOTHING, language), language);
        }
    }

    void post(Context ctx) {
        Optional<Newsletter> found = newsletters.find(ctx.pathParam("newsletter"));
        if (found.isEmpty()) {
            messages.notFound(ctx);
            return;
        }
        Newsletter newsletter = found.get();
        Language language = language(ctx, newsletter);
        Form form = Form.of(ctx);
        AddressCheck address = EmailAddress.check(form.text("email"));
        boolean badEmail = !(address instanceof AddressCheck.Valid);
        boolean noConsent = !form.has("consent");
        if (badEmail || noConsent) {
            Typed typed = new Typed(form.text("email"), form.text("name"), badEmail, noConsent, false);
            pages.show(ctx, 422, "signup", view(newsletter, typed, language), language);
            return;
        }
        if (!limits.take(caller.address(ctx))) {
            messages.tooMany(ctx);
            return;
        }
        EmailAddress valid = ((AddressCheck.Valid) address).address();
        if (!form.has(HONEYPOT)) {
            request(ctx, newsletter, valid, form, language);
        }
        Typed sent = new Typed(valid.masked(), "", false, false, true);
        pages.show(ctx, 200, "signup", view(newsletter, sent, language), language);
    }

    private void request(Context ctx, Newsletter newsletter, EmailAddress address, Form form, Language language) {
        boolean alsoMarketing = marketing.contains(newsletter.name()) && form.has("marketing");
        String shown =
                consent(newsletter, language) + (alsoMarketing ? "\n\n" + marketingConsent(newsletter, language) : "");
        String name = form.text("name");
        NewSubscriber person = new NewSubscriber(
                address,
                name.length() <= NewSubscriber.NAME_CHARS_MAX ? name : null,
                language,
                alsoMarketing ? Map.of("marketing", "yes") : Map.of());
        acts.request(
                newsletter, person, language, caller.evidence(ctx, ConsentMethod.FORM, "/" + newsletter.name(), shown));
    }

    private String consent(Newsletter newsletter, Language language) {
        return pages.text("consent", about(newsletter), language);
    }

    private String marketingConsent(Newsletter newsletter, Language language) {
        return pages.text("consent-marketing", about(newsletter), language);
    }

    private static Views.Consent about(Newsletter newsletter) {
        Frame frame = Frame.of(newsletter);
        return new Views.Consent(frame.newsletter(), frame.sender(), frame.email());
    }

    private Views.Signup view(Newsletter newsletter, Typed typed, Language language) {
        NewsletterSettings settings = newsletter.settings();
        boolean askMarketing = marketing.contains(newsletter.name());
        String home = "/" + newsletter.name();
        return new Views.Signup(
                Frame.of(newsletter).withLanguages(home),
                settings.brandLine().equals(settings.title()) ? null : settings.brandLine(),
                settings.slotLine(),
                typed.email(),
                typed.name(),
                lines(consent(newsletter, language)),
                askMarketing ? lines(marketingConsent(newsletter, language)) : List.of(),
                askMarketing,
                typed.badEmail(),
                typed.noConsent(),
                typed.sent(),
                new Url(home + "/archive"),
                new Url(home + "/feed.xml"));
    }

    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).toList();
    }

    private static Language language(Context ctx, Newsletter newsletter) {
        return Pages.language(ctx, null, newsletter.settings().language());
    }
}
