package dev.rooster.mail.dsn;

import static dev.rooster.mail.dsn.Mails.bytes;
import static dev.rooster.mail.dsn.Mails.daemon;
import static dev.rooster.mail.dsn.Mails.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.mail.dsn.Mails.Report;
import dev.rooster.mail.dsn.ParsedMail.Kind;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BounceParserTest {
    private static final String FAILED = """
            Final-Recipient: rfc822; reader@mail.example
            Action: failed
            Status: 5.1.1
            Remote-MTA: dns; mx.mail.example
            Diagnostic-Code: smtp; 550 5.1.1 <reader@mail.example>: User unknown
            """;

    private final BounceParser parser = BounceParser.standard();

    private ParsedMail parse(String mail) {
        return parser.parse(bytes(mail));
    }

    private static ReportedRecipient only(ParsedMail mail) {
        assertThat(mail.recipients()).as(mail.why()).hasSize(1);
        return mail.recipients().get(0);
    }

    @Nested
    class MachineReadableReports {
        @Test
        void aFailureNamesRecipientCodesAndVerdict() {
            ParsedMail mail = parse(new Report().group(FAILED).text());

            assertThat(mail.kind()).isEqualTo(Kind.BOUNCE);
            ReportedRecipient recipient = only(mail);
            assertThat(recipient.address()).isEqualTo("reader@mail.example");
            assertThat(recipient.action()).isEqualTo(Action.FAILED);
            assertThat(recipient.status()).isEqualTo("5.1.1");
            assertThat(recipient.replyCode()).isEqualTo("550");
            assertThat(recipient.remoteHost()).isEqualTo("mx.mail.example");
            assertThat(recipient.category()).isEqualTo(Category.UNKNOWN_USER);
            assertThat(recipient.hard()).isTrue();
        }

        @Test
        void whatItTellsAboutOurMessageIsGathered() {
            Original original = parse(new Report().group(FAILED).text()).original();

            assertThat(original.envelopeId()).isEqualTo("env-77");
            assertThat(original.messageId()).isEqualTo("<issue-12.k4t2@letter.example>");
            assertThat(original.deliveredTo()).containsExactly(Mails.TOKEN_ADDRESS);
            assertThat(original.envelopeSender()).isEqualTo(Mails.TOKEN_ADDRESS);
            assertThat(original.from()).isEqualTo("weekly@letter.example");
            assertThat(original.to()).containsExactly("reader@mail.example");
            assertThat(original.subject()).isEqualTo("12월 소식");
            assertThat(original.listUnsubscribe()).isEqualTo("<https://letter.example/u/zzz234>");
        }

        @Test
        void severalRecipientsAreToldApart() {
            ParsedMail mail = parse(new Report().group(FAILED).group("""
                            Original-Recipient: rfc822;kim@company.example
                            Final-Recipient: rfc822; kim.minsu@naver.example
                            Action: failed
                            Status: 5.2.2
                            Diagnostic-Code: smtp; 552 5.2.2 mailbox full
                            """).text());

            assertThat(mail.recipients()).hasSize(2);
            ReportedRecipient second = mail.recipients().get(1);
            assertThat(second.address()).isEqualTo("kim.minsu@naver.example");
            assertThat(second.originalAddress()).isEqualTo("kim@company.example");
            assertThat(second.category()).isEqualTo(Category.MAILBOX_FULL);
            assertThat(second.hard()).isFalse();
        }

        @Test
        void internationalAddressesAreRead() {
            ParsedMail mail = parse(new Report()
                    .statusType("message/global-delivery-status")
                    .returnedType("message/global-headers")
                    .group("""
                            Original-Recipient: utf-8;\\x{AE40}@\\x{D68C}\\x{C0AC}.example
                            Final-Recipient: utf-8; 김@회사.example
                            Action: failed
                            Status: 5.1.1
                            """)
                    .text());

            assertThat(only(mail).address()).isEqualTo("김@회사.example");
            assertThat(only(mail).originalAddress()).isNull();
        }

        @Test
        void escapedInternationalAddressesAreUndone() {
            assertThat(StatusFields.address("utf-8; \\x{AE40}@example.org")).isEqualTo("김@example.org");
        }

        @Test
        void anAddressThatWasAnUndecodedEncodedWordIsKeptAsItWas() {
            ParsedMail mail = parse(new Report()
                    .group(FAILED.replace("reader@", "=?utf-8?Q?reader+=F0=9F=90=88?=@"))
                    .text());

            assertThat(only(mail).address()).isEqualTo("=?utf-8?Q?reader+=F0=9F=90=88?=@mail.example");
        }

        @Test
        void aDelayIsNoBounce() {
            ParsedMail mail = parse(new Report()
                    .subject("Delayed Mail (still being retried)")
                    .group("""
                            Final-Recipient: rfc822; reader@mail.example
                            Action: delayed
                            Status: 4.4.1
                            Diagnostic-Code: x-postfix; connect to mx.mail.example: Connection timed out
                            Will-Retry-Until: Mon, 7 Dec 2026 07:00:00 +0900
                            """)
                    .text());

            assertThat(mail.kind()).isEqualTo(Kind.DELAYED);
            assertThat(only(mail).verdict()).isEqualTo(Verdict.NONE);
            assertThat(only(mail).category()).isEqualTo(Category.NETWORK);
        }

        @ParameterizedTest
        @ValueSource(strings = {"delivered", "relayed", "expanded"})
        void aSuccessReportIsToldApart(String action) {
            ParsedMail mail = parse(new Report()
                    .subject("Successful Mail Delivery Report")
                    .group("""
                            Final-Recipient: rfc822; reader@mail.example
                            Action: %s
                            Status: 2.1.5
                            """.formatted(action))
                    .text());

            assertThat(mail.kind()).isEqualTo(Kind.OTHER);
            assertThat(only(mail).action().success()).isTrue();
            assertThat(only(mail).verdict()).isEqualTo(Verdict.NONE);
        }

        @Test
        void damagedFieldsAreStillRead() {
            ParsedMail mail = parse(new Report().group("""
                    Final-Recipient : RFC822;reader@mail.example

                    Action : failed

                    Status : 5.2.2 (mailbox full)
                    Diagnostic-Code: smtp; 552-5.2.2 The recipient has
                    552 5.2.2 no room left: quota exceeded
                    """).text());

            assertThat(only(mail).status()).isEqualTo("5.2.2");
            assertThat(only(mail).category()).isEqualTo(Category.MAILBOX_FULL);
        }

        @Test
        void groupsWithoutAnEmptyLineBetweenAreTwo() {
            ParsedMail mail = parse(new Report()
                    .group(FAILED + FAILED.replace("reader@", "second@"))
                    .text());

            assertThat(mail.recipients())
                    .extracting(ReportedRecipient::address)
                    .containsExactly("reader@mail.example", "second@mail.example");
        }

        @Test
        void theOuterTypeNeedNotBeReport() {
            assertThat(parse(new Report().type("multipart/mixed").group(FAILED).text())
                            .kind())
                    .isEqualTo(Kind.BOUNCE);
        }

        @Test
        void aWrongBoundaryIsRepaired() {
            String mail = new Report().group(FAILED).text().replace("boundary=\"=-7b/x\"", "boundary=\"other\"");

            assertThat(only(parse(mail)).status()).isEqualTo("5.1.1");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\r", "\r\n", "\r\r\n"})
        void anyLineEndsWillDo(String lineEnd) {
            String mail = new Report().group(FAILED).text().replace("\n", lineEnd);

            assertThat(only(parse(mail)).status()).isEqualTo("5.1.1");
        }

        @Test
        void aReportQuotedInAnotherBounceIsNotTheNews() {
            String inner =
                    new Report().group(FAILED.replace("reader@", "inner@")).text();
            String mail = """
                    Return-Path: <>
                    From: MAILER-DAEMON@relay.example
                    To: postmaster@mx.example.org
                    Subject: failure notice
                    MIME-Version: 1.0
                    Content-Type: multipart/mixed; boundary=outer

                    --outer
                    Content-Type: text/plain

                    Hi. This is the qmail-send program at relay.example.
                    I'm afraid I wasn't able to deliver your message to the following addresses.

                    <outer@elsewhere.example>:
                    Sorry, no mailbox here by that name. (#5.1.1)

                    --outer
                    Content-Type: message/rfc822

                    %s
                    --outer--
                    """.formatted(inner);

            assertThat(only(parse(mail)).address()).isEqualTo("outer@elsewhere.example");
        }

        @Test
        void aTestOfAnAddressIsNoReport() {
            ParsedMail mail = parse(new Report()
                    .group("Final-Recipient: rfc822; reader@mail.example\nAction: deliverable\nStatus: 2.1.5\n")
                    .text());

            assertThat(mail.kind()).isEqualTo(Kind.OTHER);
            assertThat(mail.recipients()).isEmpty();
        }

        @Test
        void aRefusalOfUsNeverCondemnsTheReader() {
            ParsedMail mail = parse(new Report().group("""
                    Final-Recipient: rfc822; reader@gmail.example
                    Action: failed
                    Status: 5.7.26
                    Diagnostic-Code: smtp; 550-5.7.26 Your email has been blocked because the sender is
                     550-5.7.26 unauthenticated. 550 5.7.26 user not found in allow list
                    """).text());

            assertThat(only(mail).verdict()).isEqualTo(Verdict.SENDER_FAULT);
        }
    }

    @Nested
    class NoticesForPeople {
        @Test
        void eximListsAddressesWithTheirReasons() {
            ParsedMail mail = parse(daemon("Mail delivery failed: returning message to sender", """
                    This message was created automatically by mail delivery software.

                    A message that you sent could not be delivered to one or more of its
                    recipients. This is a permanent error. The following address(es) failed:

                      gone@mail.example
                        host mx.mail.example [192.0.2.9]
                        SMTP error from remote mail server after RCPT TO:<gone@mail.example>:
                        550 5.1.1 <gone@mail.example>: no such user here

                      full@mail.example
                        mailbox is full: retry timeout exceeded

                    ------ This is a copy of your message, including all the headers. ------

                    """ + Mails.RETURNED));

            assertThat(mail.kind()).isEqualTo(Kind.BOUNCE);
            assertThat(mail.recipients()).extracting(ReportedRecipient::hard).containsExactly(true, false);
            assertThat(mail.recipients().get(1).category()).isEqualTo(Category.MAILBOX_FULL);
            assertThat(mail.original().messageId()).isEqualTo("<issue-12.k4t2@letter.example>");
        }

        @Test
        void theHeaderFieldWithFailedRecipientsIsBelieved() {
            String mail = daemon("Delivery Status Notification (Failure)", """
                    Délai dépassé pour ce destinataire.
                    Écrivez à help@provider.example pour en savoir plus.
                    """)
                    .replace("Subject:", "X-Failed-Recipients: reader@mail.example\nSubject:");

            assertThat(only(parse(mail)).address()).isEqualTo("reader@mail.example");
        }

        @Test
        void theTextAndTheReturnedMessageTogetherOutweighTheHeaderField() {
            String mail = daemon("Mail delivery failed: returning message to sender", """
                    A message that you sent could not be delivered to one or more of its
                    recipients. This is a permanent error. The following address(es) failed:

                      reader@mail.example
                        550 5.1.1 User unknown

                    ------ This is a copy of the message, including all the headers. ------

                    """ + Mails.RETURNED)
                    .replace("Subject: Mail", "X-Failed-Recipients: reader@rewritten.example\nSubject: Mail");

            assertThat(only(parse(mail)).address()).isEqualTo("reader@mail.example");
        }

        @Test
        void aReturnedMailToOneselfNamesOneself() {
            ParsedMail mail = parse(daemon(
                    "failure notice", "<" + Mails.TOKEN_ADDRESS + ">:\nSorry, no mailbox here by that name. (#5.1.1)"));

            assertThat(only(mail).address()).isEqualTo(Mails.TOKEN_ADDRESS);
        }

        @Test
        void qmailIsRead() {
            ParsedMail mail = parse(daemon("failure notice", """
                    Hi. This is the qmail-send program at out.example.
                    I'm afraid I wasn't able to deliver your message to the following addresses.
                    This is a permanent error; I've given up. Sorry it didn't work out.

                    <reader@mail.example>:
                    192.0.2.9 does not like recipient.
                    Remote host said: 550 5.1.1 User unknown
                    Giving up on 192.0.2.9.

                    --- Below this line is a copy of the message.

                    """ + Mails.RETURNED));

            assertThat(only(mail).status()).isEqualTo("5.1.1");
            assertThat(only(mail).hard()).isTrue();
        }

        @Test
        void postfixWithoutAStatusPartIsRead() {
            ParsedMail mail = parse(daemon("Undelivered Mail Returned to Sender", """
                    This is the Postfix program at host mx.example.org.

                    I'm sorry to have to inform you that the message returned
                    below could not be delivered to one or more destinations.

                    For further assistance, please send mail to <postmaster@mx.example.org>

                    <reader@mail.example>: host mx.mail.example[192.0.2.9] said: 554 5.7.1
                        Service unavailable; Client host [192.0.2.1] blocked using
                        bl.example (in reply to RCPT TO command)
                    """));

            assertThat(only(mail).category()).isEqualTo(Category.REPUTATION);
            assertThat(only(mail).verdict()).isEqualTo(Verdict.SENDER_FAULT);
        }

        @Test
        void sendmailTranscriptsAreRead() {
            ParsedMail mail = parse(daemon("Returned mail: see transcript for details", """
                    The original message was received at Wed, 2 Dec 2026 07:00:03 +0900
                    from localhost [127.0.0.1]

                       ----- The following addresses had permanent fatal errors -----
                    <reader@mail.example>
                        (reason: 550 5.1.1 <reader@mail.example>... User unknown)

                       ----- Transcript of session follows -----
                    ... while talking to mx.mail.example.:
                    >>> RCPT To:<reader@mail.example>
                    <<< 550 5.1.1 <reader@mail.example>... User unknown
                    """));

            assertThat(only(mail).hard()).isTrue();
        }

        @Test
        void exchangeIsRead() {
            ParsedMail mail = parse(plain("""
                    From: System Administrator <postmaster@corp.example>
                    To: %s
                    Subject: Undeliverable: December news
                    """.formatted(Mails.TOKEN_ADDRESS), """
                    Your message

                      To:      reader@corp.example
                      Subject: December news
                      Sent:    Wed, 2 Dec 2026 07:00:03 +0900

                    did not reach the following recipient(s):

                    reader@corp.example on Wed, 2 Dec 2026 07:00:05 +0900
                        The recipient name is not recognized
                        MSEXCH:IMS:Corp:SITE:HOST 0 (000C05A6) Unknown Recipient
                    """));

            assertThat(only(mail).address()).isEqualTo("reader@corp.example");
            assertThat(only(mail).hard()).isTrue();
        }

        @Test
        void notesIsRead() {
            ParsedMail mail =
                    parse(daemon("DELIVERY FAILURE: User reader (reader@corp.example) not listed in Directory", """
                    Your message

                      Subject: December news

                    was not delivered to:

                      reader@corp.example

                    because:

                      User reader (reader@corp.example) not listed in Domino Directory
                    """));

            assertThat(only(mail).hard()).isTrue();
        }

        @Test
        void anAliasLeadsBackToTheAddressWeWroteTo() {
            ParsedMail mail = parse(daemon("Mail delivery failed", """
                    This message was created automatically by mail delivery software.
                    The following address(es) failed:

                      box77@store.example
                        (generated from reader@mail.example)
                        user unknown
                    """));

            assertThat(only(mail).originalAddress()).isEqualTo("reader@mail.example");
        }

        @Test
        void whereNobodyIsNamedTheReturnedMessageTells() {
            ParsedMail mail = parse(daemon("Undeliverable message", """
                    The message could not be delivered: no such user.

                    ------ Original message ------
                    """ + Mails.RETURNED));

            assertThat(only(mail).address()).isEqualTo("reader@mail.example");
        }

        @Test
        void eximWarningsAreDelays() {
            ParsedMail mail = parse(daemon("Warning: message 1abcDE-0001-XY delayed 24 hours", """
                    This message was created automatically by mail delivery software.
                    A message that you sent has not yet been delivered to one or more of its
                    recipients after more than 24 hours on the queue on mx.example.org.

                    The address to which the message has not yet been delivered is:

                      reader@mail.example

                    No action is required on your part. Delivery attempts will continue for
                    some time.
                    """));

            assertThat(mail.kind()).isEqualTo(Kind.DELAYED);
            assertThat(only(mail).action()).isEqualTo(Action.DELAYED);
        }

        @Test
        void amazonNoticesByMailAreRead() {
            ParsedMail mail = parse(plain("""
                    From: AWS Notifications <no-reply@sns.amazonaws.com>
                    To: bounces@letter.example
                    Subject: AWS Notification Message
                    """, """
                    {"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":
                    [{"emailAddress":"reader@mail.example","action":"failed","status":"5.1.1",
                    "diagnosticCode":"smtp; 550 5.1.1 user \\"reader\\" unknown"}],"feedbackId":"1"},
                    "mail":{"messageId":"ses-1","commonHeaders":{"messageId":"<issue-12.k4t2@letter.example>"}}}
                    """));

            assertThat(only(mail).hard()).isTrue();
            assertThat(mail.original().messageId()).isEqualTo("<issue-12.k4t2@letter.example>");
        }
    }

    @Nested
    class OtherLanguages {
        @Test
        void koreanNoticesInBase64AreRead() {
            ParsedMail mail =
                    parser.parse(Mails.base64("postmaster@mail.example", "[반송] 메일을 전달하지 못했습니다", "utf-8", """
                    보내신 메일을 아래 수신자에게 전달하지 못했습니다.

                      받는 사람 : reader@naver.example
                      실패 사유 : 존재하지 않는 사용자입니다. (550 5.1.1)

                    ------ 원본 메일 ------
                    From: weekly@letter.example
                    To: reader@naver.example
                    """));

            assertThat(mail.kind()).isEqualTo(Kind.BOUNCE);
            assertThat(only(mail).address()).isEqualTo("reader@naver.example");
            assertThat(only(mail).hard()).isTrue();
        }

        @Test
        void koreanNoticesInEucKrAreRead() {
            ParsedMail mail = parser.parse(Mails.base64("postmaster@nate.example", "메일 발송 실패 안내", "euc-kr", """
                    다음 수신자에게 메일을 보내지 못했습니다.

                    <full@nate.example>
                       받는 분의 메일함 용량이 초과되어 수신할 수 없습니다.
                    <asleep@nate.example>
                       휴면 계정입니다.
                    <shy@nate.example>
                       수신자가 수신 거부한 발신자입니다.
                    """));

            assertThat(mail.recipients())
                    .extracting(ReportedRecipient::category)
                    .containsExactly(Category.MAILBOX_FULL, Category.DISABLED, Category.FILTERED);
        }

        @Test
        void eucKrMailThatDeclaresNothingIsRead() {
            byte[] mail =
                    daemon("failure notice", """
                    메일을 전달하지 못했습니다.
                    <reader@daum.example>: 없는 계정입니다.
                    """).replace("; charset=utf-8", "").getBytes(Charset.forName("euc-kr"));

            assertThat(only(parser.parse(mail)).hard()).isTrue();
        }

        @Test
        void japaneseNoticesInIso2022AreRead() {
            ParsedMail mail =
                    parser.parse(Mails.base64("MAILER-DAEMON@mx.example.jp", "配信不能のお知らせ", "iso-2022-jp", """
                    次の宛先にメールを配信できませんでした。

                    <reader@example.jp>
                    宛先のユーザーは存在しません。
                    """));

            assertThat(only(mail).hard()).isTrue();
        }
    }

    @Nested
    class Complaints {
        private static final String ARF = """
                From: fbl@provider.example
                To: abuse@letter.example
                Subject: Email Feedback Report
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report; boundary=fbl

                --fbl
                Content-Type: text/plain

                This is an email abuse report for an email message received from 192.0.2.1.

                --fbl
                Content-Type: message/feedback-report

                Feedback-Type: %s
                User-Agent: FBL/1.0
                Version: 1
                Original-Mail-From: <b-abcdefghij234567@bounce.letter.example>
                %s
                --fbl
                Content-Type: message/rfc822

                %s
                --fbl--
                """;

        @Test
        void aComplaintNamesWhoComplained() {
            ParsedMail mail = parse(ARF.formatted("abuse", "Original-Rcpt-To: <other@mail.example>\n", Mails.RETURNED));

            assertThat(mail.kind()).isEqualTo(Kind.COMPLAINT);
            assertThat(only(mail).address()).isEqualTo("other@mail.example");
            assertThat(only(mail).category()).isEqualTo(Category.COMPLAINT);
            assertThat(only(mail).hard()).isFalse();
            assertThat(mail.original().envelopeSender()).isEqualTo(Mails.TOKEN_ADDRESS);
        }

        @Test
        void aRedactedComplaintStillTellsOurTokens() {
            ParsedMail mail = parse(ARF.formatted(
                    "abuse", "", Mails.RETURNED.replace("reader@mail.example", "undisclosed-recipients:;")));

            assertThat(mail.kind()).isEqualTo(Kind.COMPLAINT);
            assertThat(mail.recipients()).isEmpty();
            assertThat(mail.original().envelopeSender()).isEqualTo(Mails.TOKEN_ADDRESS);
            assertThat(mail.original().listUnsubscribe()).contains("zzz234");
        }

        @ParameterizedTest
        @ValueSource(strings = {"abuse", "Fraud", "opt-out", "opt-out-list", " "})
        void aPersonComplainsInThese(String type) {
            assertThat(parse(ARF.formatted(type, "", Mails.RETURNED)).kind()).isEqualTo(Kind.COMPLAINT);
        }

        @ParameterizedTest
        @ValueSource(strings = {"auth-failure", "not-spam", "virus", "other", "something-new"})
        void nobodyComplainedInTheseReports(String type) {
            assertThat(parse(ARF.formatted(type, "", Mails.RETURNED)).kind()).isEqualTo(Kind.OTHER);
        }

        @Test
        void aComplaintWithoutAReportPartIsRecognised() {
            ParsedMail mail = parse(
                    """
                    From: staff@hotmail.example
                    To: abuse@letter.example
                    Subject: complaint about message from 192.0.2.1
                    MIME-Version: 1.0
                    Content-Type: multipart/mixed; boundary=jmr

                    --jmr
                    Content-Type: message/rfc822

                    X-HmXmrOriginalRecipient: reader@hotmail.example
                    %s
                    --jmr--
                    """.replace("staff@hotmail.example", "staff@hotmail.com").formatted(Mails.RETURNED));

            assertThat(mail.kind()).isEqualTo(Kind.COMPLAINT);
            assertThat(only(mail).address()).isEqualTo("reader@hotmail.example");
        }
    }

    @Nested
    class NoBounces {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Automatic reply: December news",
                    "부재중 자동응답: 12월 소식",
                    "自動返信: 不在のお知らせ",
                    "自动回复：十二月新闻",
                    "Abwesenheitsnotiz: Neuigkeiten",
                    "Réponse automatique : nouvelles"
                })
        void autoRepliesAreKnownByTheirTitle(String subject) {
            ParsedMail mail = parse(plain(
                    "From: reader@mail.example\nTo: " + Mails.TOKEN_ADDRESS
                            + "\nIn-Reply-To: <issue-12.k4t2@letter.example>\nSubject: " + subject,
                    "I am away. For urgent matters write to colleague@mail.example."));

            assertThat(mail.kind()).isEqualTo(Kind.AUTOREPLY);
            assertThat(mail.recipients()).isEmpty();
            assertThat(mail.original().messageId()).isEqualTo("<issue-12.k4t2@letter.example>");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Auto-Submitted: auto-replied", "Precedence: auto_reply", "X-Autoreply: yes"})
        void autoRepliesAreKnownByTheirFields(String field) {
            ParsedMail mail = parse(
                    plain("From: reader@mail.example\nSubject: Thanks\n" + field, "Your letter has been received."));

            assertThat(mail.kind()).isEqualTo(Kind.AUTOREPLY);
        }

        @Test
        void autoSubmittedDoesNotHideABounce() {
            assertThat(parse(daemon("failure notice", "<reader@mail.example>:\nuser unknown")
                                    .replace("Subject:", "Auto-Submitted: auto-replied\nSubject:"))
                            .kind())
                    .isEqualTo(Kind.BOUNCE);
        }

        @Test
        void aPersonWhoTalksAboutABounceIsAPerson() {
            ParsedMail mail = parse(plain("""
                    From: Minsu Lee <minsu@company.example>
                    To: bounces@letter.example
                    In-Reply-To: <a@letter.example>
                    Subject: Re: 메일 반송 문의
                    """, """
                    보내주신 메일이 550 5.1.1 User unknown 으로 반송되었다고 하는데 확인 부탁드립니다.
                    반송 주소: gildong@naver.example
                    > This message was created automatically by mail delivery software.
                    """));

            assertThat(mail.kind()).isEqualTo(Kind.OTHER);
        }

        @Test
        void aNewsletterIsOrdinaryMail() {
            ParsedMail mail = parse(plain(
                    """
                    From: Other Letter <hello@other.example>
                    Subject: Why was your mail returned? All about delivery failure
                    List-Unsubscribe: <https://other.example/u>
                    """, "Mail could not be delivered? Write to help@other.example. User unknown means 550 5.1.1."));

            assertThat(mail.kind()).isEqualTo(Kind.OTHER);
        }

        @Test
        void aReadReceiptIsNoBounce() {
            ParsedMail mail = parse(new Report()
                    .type("multipart/report; report-type=disposition-notification")
                    .subject("Not read: December news")
                    .part(
                            "message/disposition-notification",
                            "Final-Recipient: rfc822; reader@mail.example\nDisposition: automatic-action/MDN-sent-automatically; deleted\n")
                    .text());

            assertThat(mail.kind()).isEqualTo(Kind.OTHER);
            assertThat(mail.recipients()).isEmpty();
        }

        @Test
        void anAggregateReportIsNoBounce() {
            ParsedMail mail = parse("""
                    From: noreply-dmarc-support@google.example
                    Subject: Report domain: letter.example Submitter: google.example Report-ID: 123
                    MIME-Version: 1.0
                    Content-Type: application/zip; name=report.zip
                    Content-Transfer-Encoding: base64

                    UEsDBAoAAAAIAA==
                    """);

            assertThat(mail.kind()).isEqualTo(Kind.OTHER);
        }
    }

    @Nested
    class AnyBytes {
        @Test
        void nothingIsOrdinaryMail() {
            assertThat(parser.parse(new byte[0]).kind()).isEqualTo(Kind.OTHER);
            assertThat(parser.parse(new byte[100_000]).kind()).isEqualTo(Kind.OTHER);
        }

        @Test
        void endlessNestingEnds() {
            StringBuilder mail = new StringBuilder();
            for (int i = 0; i < 20_000; i++) {
                mail.append("Content-Type: multipart/mixed; boundary=b")
                        .append(i)
                        .append("\n\n--b")
                        .append(i)
                        .append('\n');
            }

            assertThat(parse(mail.toString()).kind()).isEqualTo(Kind.OTHER);
        }

        @Test
        void aHugeMailIsReadFromItsBeginning() {
            String mail = new Report().group(FAILED).text() + "x".repeat(5_000_000);

            assertThat(only(parse(mail)).hard()).isTrue();
        }

        @Test
        void brokenBase64IsReadAsFarAsItGoes() {
            String text = Base64.getEncoder()
                    .encodeToString("<reader@mail.example>:\nuser unknown\n".getBytes(StandardCharsets.UTF_8));
            String mail = daemon("failure notice", text.substring(0, text.length() - 3) + "***=")
                    .replace("MIME-Version", "Content-Transfer-Encoding: base64\nMIME-Version");

            assertThat(only(parse(mail)).address()).isEqualTo("reader@mail.example");
        }
    }
}
