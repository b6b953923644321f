package dev.rooster.web;

import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterSettings;
import dev.rooster.template.Url;

/**
 * What every page shows around its own content.
 *
 * @param newsletter its title; empty where a page belongs to none
 * @param home its sign-up page; empty likewise
 * @param sender who answers for it by law
 * @param test the page was opened from a test send: it changes nothing
 * @param korean the same page in Korean; empty where the language is the reader's own
 * @param english likewise
 */
record Frame(
        String newsletter,
        Url home,
        String sender,
        String email,
        String phone,
        String address,
        boolean test,
        Url korean,
        Url english) {
    private static final Url NONE = new Url("");

    /** A page that belongs to no newsletter. */
    static Frame bare() {
        return new Frame("", NONE, "", "", "", "", false, NONE, NONE);
    }

    static Frame of(Newsletter newsletter) {
        NewsletterSettings settings = newsletter.settings();
        String sender = settings.identity().name().isBlank()
                ? settings.fromName()
                : settings.identity().name();
        return new Frame(
                settings.title(),
                new Url("/" + newsletter.name()),
                sender,
                settings.identity().email(),
                settings.identity().phone(),
                settings.identity().address(),
                false,
                NONE,
                NONE);
    }

    Frame asTest(boolean isTest) {
        return new Frame(newsletter, home, sender, email, phone, address, isTest, korean, english);
    }

    /** With links that show the page {@code path} in either language. */
    Frame withLanguages(String path) {
        return new Frame(
                newsletter,
                home,
                sender,
                email,
                phone,
                address,
                test,
                new Url(path + "?lang=ko"),
                new Url(path + "?lang=en"));
    }
}
