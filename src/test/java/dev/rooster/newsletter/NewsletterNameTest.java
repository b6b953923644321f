package dev.rooster.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.newsletter.NewsletterName.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewsletterNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"ai-weekly", "ab", "2026"})
    void aNameOfLettersDigitsAndHyphensIsFine(String name) {
        assertThat(NewsletterName.problemOf(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"u", "c", "p", "f", "l", "media", "hooks", "admin", "api", "healthz", "readyz", "metrics"})
    void aPathOfOursIsReserved(String name) {
        assertThat(NewsletterName.problemOf(name)).contains(Problem.RESERVED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "b",
                "-ab",
                "ab-",
                "AI",
                "ai weekly",
                "ai/weekly",
                "주간",
                "ai.weekly",
                "ai_weekly",
                "..",
                "favicon.ico"
            })
    void anythingElseIsRefused(String name) {
        assertThat(NewsletterName.problemOf(name)).contains(Problem.FORM);
    }

    @Test
    void sixtyOneLettersAreOneTooMany() {
        assertThat(NewsletterName.problemOf("a".repeat(60))).isEmpty();
        assertThat(NewsletterName.problemOf("a".repeat(61))).contains(Problem.FORM);
    }
}
