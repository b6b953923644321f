package dev.rooster.mail.dsn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One mail for each family of mail systems, each kind of report and each language, from {@code mails.txt}. */
class MailFamiliesTest {
    @TestFactory
    Stream<DynamicTest> eachMailIsUnderstood() {
        return Mails.families().stream()
                .map(mail -> DynamicTest.dynamicTest(mail.name(), () -> {
                    ParsedMail parsed = BounceParser.standard().read(mail.bytes());

                    assertThat(words(parsed)).as(parsed.toString()).isEqualTo(mail.expected());
                }));
    }

    private static String words(ParsedMail mail) {
        StringBuilder words = new StringBuilder(lower(mail.kind()));
        for (ReportedRecipient recipient : mail.recipients()) {
            words.append("; ")
                    .append(recipient.address())
                    .append(' ')
                    .append(lower(recipient.verdict()))
                    .append(' ')
                    .append(lower(recipient.category()));
        }
        return words.toString();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
