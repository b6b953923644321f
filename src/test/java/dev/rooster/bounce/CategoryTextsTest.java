package dev.rooster.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.mail.dsn.Category;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each category explains itself to an operator in both languages. */
class CategoryTextsTest {
    @ParameterizedTest
    @EnumSource(Category.class)
    void eachCategoryHasItsSentence(Category category) {
        String key = "category." + category.name().toLowerCase(Locale.ROOT).replace('_', '-');
        for (Language language : Language.values()) {
            assertThat(Messages.of(BounceListener.class, language).text(key)).isNotBlank();
        }
    }
}
