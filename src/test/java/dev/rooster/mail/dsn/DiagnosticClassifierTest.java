package dev.rooster.mail.dsn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.mail.dsn.DiagnosticClassifier.Classified;
import dev.rooster.mail.dsn.DiagnosticClassifier.Stage;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosticClassifierTest {
    private final DiagnosticClassifier classifier = DiagnosticClassifier.standard();

    @TestFactory
    Stream<DynamicTest> eachRuleDecidesItsOwnSamples() {
        return rules().flatMap(rule -> rule.all("sample").stream()
                .map(sample -> DynamicTest.dynamicTest(
                        rule.id() + ": " + sample,
                        () -> assertThat(classifier.classify(null, null, sample).why())
                                .isEqualTo(rule.id()))));
    }

    @TestFactory
    Stream<DynamicTest> eachRuleHasAReasonAndASample() {
        return rules().map(rule -> DynamicTest.dynamicTest(rule.id(), () -> {
            assertThat(rule.one("why")).isNotBlank();
            assertThat(rule.all("sample")).isNotEmpty();
        }));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            550 5.1.1 The email account that you tried to reach does not exist    | UNKNOWN_USER | HARD
            550 5.1.1 No such user (naver)                                         | UNKNOWN_USER | HARD
            550 RCPT ERROR. Mailbox doesn't exist.                                 | UNKNOWN_USER | HARD
            550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found         | UNKNOWN_USER | HARD
            550 Requested action not taken: mailbox unavailable                    | UNKNOWN_USER | HARD
            550 5.4.1 Recipient address rejected: Access denied                    | UNKNOWN_USER | HARD
            550 5.1.2 Host unknown (Name server: example.org: host not found)      | UNKNOWN_HOST | HARD
            550 5.1.6 Recipient no longer on server                                | MOVED        | HARD
            450 4.1.1 <a@example.org>: Recipient address rejected: User unknown    | UNKNOWN_USER | SOFT
            452 4.2.2 The email account that you tried to reach is over quota      | MAILBOX_FULL | SOFT
            550 5.2.2 메일함이 가득 찼습니다                                           | MAILBOX_FULL | SOFT
            552 5.2.2 메일박스 용량 초과                                              | MAILBOX_FULL | SOFT
            550 5.2.1 휴면 상태의 계정입니다                                          | DISABLED     | SOFT
            550 5.7.1 RDENY The receiver denied your mail                          | FILTERED     | SOFT
            450 4.7.1 Greylisting in action, please come back later                | GREYLISTED   | SOFT
            421 4.4.5 CCRT 192.0.2.1: Connection refused. Server is busy           | NETWORK      | SOFT
            421 4.7.0 Too many connections from your IP                            | RATE         | SENDER_FAULT
            550 5.7.26 This mail has been blocked because the sender is unauthenticated | AUTHENTICATION | SENDER_FAULT
            550 5.7.515 Access denied, sending domain does not meet the level      | AUTHENTICATION | SENDER_FAULT
            550 5.7.1 Email rejected per DMARC policy for example.com              | AUTHENTICATION | SENDER_FAULT
            553 5.1.8 <news@example.com>... Domain of sender address does not exist | SENDER      | SENDER_FAULT
            554 5.7.1 <a@example.org>: Relay access denied                         | POLICY       | SENDER_FAULT
            554 5.7.1 Service unavailable; Client host blocked using zen.spamhaus.org | REPUTATION | SENDER_FAULT
            550 5.7.1 Our system detected that this message is likely unsolicited mail | CONTENT  | SENDER_FAULT
            552 5.3.4 Message size exceeds fixed maximum message size              | SIZE         | SENDER_FAULT
            """)
    void aRefusalIsUnderstood(String text, Category category, Verdict verdict) {
        Classified found = classifier.classify(null, null, text);

        assertThat(found.category()).as(found.why()).isEqualTo(category);
        assertThat(found.verdict()).as(found.why()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "550, 5.7.26, AUTHENTICATION, SENDER_FAULT",
        "550, 5.7.515, AUTHENTICATION, SENDER_FAULT",
        "550, 5.7.1, POLICY, SENDER_FAULT",
        "550, 5.1.1, UNKNOWN_USER, HARD",
        "450, 4.1.1, UNKNOWN_USER, SOFT",
        "550, 5.1.2, UNKNOWN_HOST, HARD",
        "556, 5.1.10, UNKNOWN_HOST, HARD",
        "550, 5.2.2, MAILBOX_FULL, SOFT",
        "550, 5.4.7, EXPIRED, SOFT",
        "552, 5.3.4, SIZE, SENDER_FAULT",
        "550, 5.6.0, CONTENT, SENDER_FAULT",
        "550, , OTHER, SOFT",
        "554, , OTHER, SOFT",
        "421, , SYSTEM, SOFT"
    })
    void codesAloneAreEnoughWhereTheyAreClear(String reply, String enhanced, Category category, Verdict verdict) {
        Classified found = classifier.classify(reply, enhanced, null);

        assertThat(found.category()).as(found.why()).isEqualTo(category);
        assertThat(found.verdict()).as(found.why()).isEqualTo(verdict);
    }

    @Test
    void unknownUserAfterTheMessageIsAFiltersAnswer() {
        assertThat(classifier
                        .classify("550", null, "550 Unknown user a@example.ne.jp", Stage.MESSAGE)
                        .verdict())
                .isEqualTo(Verdict.SOFT);
        assertThat(classifier
                        .classify("550", null, "550 Unknown user a@example.ne.jp")
                        .verdict())
                .isEqualTo(Verdict.HARD);
    }

    @Test
    void wordsInsideAnAddressAreNotWording() {
        assertThat(classifier
                        .classify(null, null, "550 5.7.1 <user-unknown.mailbox-full@example.org>: refused by policy")
                        .category())
                .isEqualTo(Category.POLICY);
    }

    @Test
    void codesRepeatedOnEachLineOfAReplyDoNotTearPhrasesApart() {
        Classified found = classifier.classify(
                null, null, "550-5.1.1 The account you tried to reach does 550-5.1.1 not exist. 550 5.1.1 Learn more");

        assertThat(found.why()).isEqualTo("user.unknown");
    }

    @Test
    void anEmptyOrEndlessTextIsHarmless() {
        assertThat(classifier.classify(null, null, "").category()).isEqualTo(Category.OTHER);
        assertThat(classifier.classify(null, null, null).verdict()).isEqualTo(Verdict.SOFT);
        assertThat(classifier.classify(null, null, "@".repeat(1_000_000)).category())
                .isEqualTo(Category.OTHER);
    }

    private static Stream<Rule> rules() {
        return Stream.of("rules-refusal.txt", "rules-code.txt")
                .flatMap(name -> RuleFile.load(name, DiagnosticClassifier.KEYS).stream());
    }
}
