package dev.rooster.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.mail.ReplyVerdict.Disposition;
import dev.rooster.mail.dsn.Category;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReplyClassifierTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // success, and codes nobody has heard of, by the first digit (RFC 5321 §4.3.2)
                "BODY|250 2.0.0 Ok: queued as 4XyZ|ACCEPTED|OTHER",
                "BODY|299 whatever|ACCEPTED|OTHER",
                "BODY|250 5.1.1 odd|ACCEPTED|OTHER",
                "RCPT|251 User not local; will forward|ACCEPTED|OTHER",
                "DATA|354 End data with <CR><LF>.<CR><LF>|ACCEPTED|OTHER",
                "RCPT|499 whatever|DEFER|OTHER",
                "RCPT|599 whatever|REJECT_OTHER|OTHER",
                // a reply that cannot answer this command
                "DATA|250 Ok|RELAY_DOWN|SYSTEM",
                "BODY|354 go on|RELAY_DOWN|SYSTEM",
                // the address
                "RCPT|550 5.1.1 <kim@example.com>: Recipient address rejected: User unknown|REJECT_ADDRESS|UNKNOWN_USER",
                "RCPT|550 No such user here|REJECT_ADDRESS|UNKNOWN_USER",
                "RCPT|556 5.1.10 Recipient address has null MX|REJECT_ADDRESS|UNKNOWN_HOST",
                "RCPT|550 5.1.2 Host unknown|REJECT_ADDRESS|UNKNOWN_HOST",
                "RCPT|550 4.1.1 User unknown|REJECT_ADDRESS|UNKNOWN_USER",
                "RCPT|450 5.1.1 User unknown|DEFER|UNKNOWN_USER",
                // the mailbox, which may come back
                "RCPT|552 5.2.2 Mailbox full|REJECT_OTHER|MAILBOX_FULL",
                "RCPT|550 4.2.2 Over quota|REJECT_OTHER|MAILBOX_FULL",
                "RCPT|452 4.2.2 Mailbox full|DEFER|MAILBOX_FULL",
                "BODY|552 5.2.2 user is over quota|REJECT_OTHER|MAILBOX_FULL",
                "RCPT|550 5.2.1 The email account that you tried to reach is disabled|REJECT_OTHER|DISABLED",
                // an address that this relay cannot carry (RFC 6531): no reason to stop for the others
                "RCPT|553 5.6.7 the address needs SMTPUTF8 (RFC 6531), which this relay does not offer|REJECT_OTHER|CONTENT",
                // greylisting and other patience
                "RCPT|450 4.2.0 Greylisted, try again in 300 seconds|DEFER|GREYLISTED",
                "RCPT|451 4.3.0 Temporary lookup failure|DEFER|SYSTEM",
                "BODY|451 4.4.1 timeout|DEFER|NETWORK",
                // us
                "BODY|550 5.7.26 Your email has been blocked because the sender is unauthenticated|PAUSE_SENDER|AUTHENTICATION",
                "BODY|550 5.7.515 Access denied, sending domain does not meet the required authentication level"
                        + "|PAUSE_SENDER|AUTHENTICATION",
                "RCPT|554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org"
                        + "|PAUSE_SENDER|REPUTATION",
                "RCPT|554 5.7.1 <kim@example.com>: Relay access denied|PAUSE_SENDER|POLICY",
                "RCPT|550 5.7.1 relaying denied|PAUSE_SENDER|POLICY",
                "RCPT|550 5.7.1 something|PAUSE_SENDER|POLICY",
                "RCPT|530 5.7.0 Authentication required|PAUSE_SENDER|AUTHENTICATION",
                "MAIL|530 5.7.0 Must issue a STARTTLS command first|PAUSE_SENDER|AUTHENTICATION",
                "MAIL|535 5.7.8 Error: authentication failed|PAUSE_SENDER|AUTHENTICATION",
                "MAIL|553 5.1.8 Sender address rejected: Domain not found|PAUSE_SENDER|SENDER",
                "MAIL|554 no|PAUSE_SENDER|SENDER",
                "MAIL|550 5.1.1 User unknown|PAUSE_SENDER|UNKNOWN_USER",
                "RCPT|503 5.5.1 Error: need MAIL command|PAUSE_SENDER|CONTENT",
                "RCPT|504 no|PAUSE_SENDER|OTHER",
                // our message
                "BODY|554 5.7.1 Message rejected as spam by content scanning|PAUSE_SENDER|CONTENT",
                "BODY|552 5.3.4 Message size exceeds fixed limit|PAUSE_SENDER|SIZE",
                "MAIL|552 5.3.4 Message size exceeds fixed limit|PAUSE_SENDER|SIZE",
                // the relay
                "CONNECT|554 5.3.2 No SMTP service here|RELAY_DOWN|SYSTEM",
                "CONNECT|421 4.7.0 Too many connections from your host|RELAY_DOWN|RATE",
                "EHLO|550 bad helo name|RELAY_DOWN|AUTHENTICATION",
                "STARTTLS|454 4.7.0 TLS not available due to temporary reason|RELAY_DOWN|POLICY",
                "AUTH|535 5.7.8 authentication failed|RELAY_DOWN|AUTHENTICATION",
                "AUTH|454 4.7.0 Temporary authentication failure|RELAY_DOWN|AUTHENTICATION",
                "RCPT|421 4.3.2 Service shutting down|RELAY_DOWN|SYSTEM",
                "BODY|421 4.7.28 unusual rate of mail|RELAY_DOWN|RATE",
                "MAIL|452 4.3.1 Insufficient system storage|RELAY_DOWN|SYSTEM",
                "RCPT|452 4.3.1 Insufficient system storage|RELAY_DOWN|SYSTEM",
                "RSET|500 what|RELAY_DOWN|OTHER"
            })
    void aReplyMeans(SmtpCommand at, String reply, Disposition disposition, Category category) {
        ReplyVerdict verdict = ReplyClassifier.classify(SmtpReply.parse(reply), at);
        assertThat(verdict.disposition()).isEqualTo(disposition);
        assertThat(verdict.category()).isEqualTo(category);
        assertThat(verdict.hard()).isEqualTo(disposition == Disposition.REJECT_ADDRESS);
    }

    @ParameterizedTest
    @EnumSource(SmtpCommand.class)
    void everyCodeHasAnAnswerAndNothingAboutUsIsBlamedOnAnAddress(SmtpCommand at) {
        for (int code = 200; code <= 599; code++) {
            ReplyVerdict bare = ReplyClassifier.classify(new SmtpReply(code, null, ""), at);
            assertThat(bare.disposition() == Disposition.ACCEPTED && code >= 400)
                    .isFalse();
            ReplyVerdict policy = ReplyClassifier.classify(new SmtpReply(code, "5.7.1", "denied by policy"), at);
            assertThat(policy.disposition()).isNotEqualTo(Disposition.REJECT_ADDRESS);
            boolean recipient = at == SmtpCommand.RCPT || at == SmtpCommand.DATA || at == SmtpCommand.BODY;
            ReplyVerdict unknown = ReplyClassifier.classify(new SmtpReply(code, "5.1.1", "user unknown"), at);
            assertThat(unknown.hard() && !recipient).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "450 4.2.0 Greylisted, please try again in 5 minutes|PT5M",
                "451 4.7.1 Greylisted for 60 seconds, see http://example.com|PT1M",
                "450 Greylisting in action, please come back in 00:04:52|PT4M52S",
                "451 try again later, retry in 300s|PT5M",
                "421 Too many messages, wait 2 hours|PT2H",
                "450 10분 후 다시 시도해 주세요|PT10M",
                "450 retry in 9999 hours|PT24H",
                "450 try again later|",
                "450 retry in 0 seconds|",
                "450 4.2.0 try again. Error 12 minutes|"
            })
    void theTimeThatAServerAsksForIsHeard(String reply, Duration hint) {
        assertThat(ReplyClassifier.classify(SmtpReply.parse(reply), SmtpCommand.RCPT)
                        .retryHint())
                .isEqualTo(Optional.ofNullable(hint));
    }

    @Test
    void aFinalRefusalHasNoTimeToRetry() {
        assertThat(ReplyClassifier.classify(
                                SmtpReply.parse("550 5.1.1 no such user, try in 5 minutes"), SmtpCommand.RCPT)
                        .retryHint())
                .isEmpty();
    }
}
