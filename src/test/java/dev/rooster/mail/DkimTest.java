package dev.rooster.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.Test;
import org.simplejavamail.utils.mail.dkim.Canonicalization;
import org.simplejavamail.utils.mail.dkim.DkimMessage;
import org.simplejavamail.utils.mail.dkim.DkimSigner;
import org.simplejavamail.utils.mail.dkim.SigningAlgorithm;

class DkimTest {
    private static final PrivateKey KEY = DkimKeys.generate(new SecureRandom());
    private static final DkimKey DKIM = new DkimKey("example.com", "rooster1", KEY);
    private final MessageBuffer out = new MessageBuffer(64);

    @Provide
    Arbitrary<Skeleton> skeletons() {
        return MailTexts.skeletons();
    }

    @Provide
    Arbitrary<MergeValues> values() {
        return MailTexts.values();
    }

    @Provide
    Arbitrary<String> names() {
        return MailTexts.lines();
    }

    @Test
    void theLibrarysVerifierAcceptsTheMessage() throws Exception {
        assertThat(verified(signed())).hasSize(1);
        StrictMime.assertWireForm(signed().getBytes(StandardCharsets.US_ASCII), 998);
        for (String line : StrictMime.field(signed(), "DKIM-Signature").split("\r\n")) {
            assertThat(line).hasSizeLessThanOrEqualTo(76);
        }
    }

    @Property(tries = 60)
    void anyTextsAndNamesAreSignedSoThatTheyVerify(
            @ForAll("skeletons") Skeleton text,
            @ForAll("skeletons") Skeleton html,
            @ForAll("values") MergeValues values,
            @ForAll("names") String name)
            throws Exception {
        MessagePlan plan = MessagePlan.compile(Samples.headers("제목 " + name), text, html, Optional.of(DKIM));
        plan.write(values, Samples.copy("kim@naver.com", name), out);
        assertThat(verified(new String(out.array(), 0, out.length(), StandardCharsets.US_ASCII)))
                .hasSize(1);
    }

    @Test
    void everyHeaderIsSignedAndBothUnsubscribeHeadersTwice() throws Exception {
        String message = signed();
        List<String> names = verified(message).get(0).getHeaders().stream()
                .map(CharSequence::toString)
                .toList();
        for (String field : StrictMime.fields(message)) {
            String name = field.substring(0, field.indexOf(':'));
            assertThat(names.contains(name)).as(name).isEqualTo(!name.equals("DKIM-Signature"));
        }
        for (String name : List.of(
                "From",
                "To",
                "Subject",
                "Date",
                "Reply-To",
                "Message-ID",
                "MIME-Version",
                "Content-Type",
                "List-Unsubscribe",
                "List-Unsubscribe-Post",
                "List-Id",
                "Feedback-ID")) {
            assertThat(names.stream().filter(name::equals)).as(name).hasSize(2);
        }
        assertThat(names).contains("Cc").doesNotContain("Return-Path", "Received", "Comments", "Keywords");
        assertThat(StrictMime.field(message, "DKIM-Signature"))
                .contains("a=rsa-sha256; c=relaxed/relaxed")
                .doesNotContain("l=");
    }

    @Test
    void aChangeToAnySignedHeaderOrToTheBodyBreaksIt() {
        String message = signed();
        for (String field : StrictMime.fields(message)) {
            if (field.startsWith("DKIM-Signature")) {
                continue;
            }
            String name = field.substring(0, field.indexOf(':'));
            assertBroken(name + " changed", message.replace(field, field + "x"));
            assertBroken(name + " removed", message.replace(field + "\r\n", ""));
        }
        int middle = message.indexOf("\r\n\r\n") + 400;
        char other = message.charAt(middle) == 'A' ? 'B' : 'A';
        assertBroken("body", message.substring(0, middle) + other + message.substring(middle + 1));
        assertBroken("body longer", message + "more\r\n");
    }

    @Test
    void aSecondHeaderOfAnOversignedNameBreaksIt() {
        String message = signed();
        for (String name : List.of(
                "From",
                "To",
                "Subject",
                "Date",
                "Reply-To",
                "Message-ID",
                "MIME-Version",
                "Content-Type",
                "List-Unsubscribe",
                "List-Unsubscribe-Post",
                "List-Id",
                "Feedback-ID",
                "Cc")) {
            String second = name + ": evil@example.net\r\n";
            assertBroken("second " + name + " first", second + message);
            assertBroken("second " + name + " last", message.replaceFirst("\r\n\r\n", "\r\n" + second + "\r\n"));
        }
    }

    @Test
    void whatRelaysAddOrRefoldDoesNotBreakIt() throws Exception {
        String message = signed();
        assertThat(verified("Return-Path: <b+x@bounce.example.com>\r\nReceived: from a by b;\r\n\tWed, 2 Dec 2026\r\n"
                        + message))
                .hasSize(1);
        assertThat(verified(message.replace("Subject: ", "SUBJECT:   ").replace(" <ai-weekly", "\t  <ai-weekly")))
                .hasSize(1);
        assertThat(verified(message + "\r\n\r\n")).hasSize(1);
    }

    @Test
    void anotherSignerHashesTheBodyToTheSameValue() throws Exception {
        String message = signed();
        MimeMessage parsed = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(message.getBytes(StandardCharsets.US_ASCII)));
        parsed.removeHeader("DKIM-Signature");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        DkimSigner signer = new DkimSigner("example.com", "other", (java.security.interfaces.RSAPrivateKey)
                generator.generateKeyPair().getPrivate());
        signer.setHeaderCanonicalization(Canonicalization.RELAXED);
        signer.setBodyCanonicalization(Canonicalization.RELAXED);
        signer.setSigningAlgorithm(SigningAlgorithm.SHA256_WITH_RSA);
        signer.setCheckDomainKey(false);
        signer.setLengthParam(false);
        java.io.ByteArrayOutputStream other = new java.io.ByteArrayOutputStream();
        new DkimMessage(parsed, signer).writeTo(other);
        assertThat(bodyHash(other.toString(StandardCharsets.US_ASCII))).isEqualTo(bodyHash(message));
    }

    @Test
    void aSingleMessageIsSignedToo() throws Exception {
        SingleMessage message = new SingleMessage(
                EmailAddress.of("notice@example.com"),
                "소식",
                null,
                EmailAddress.of("kim@naver.com"),
                null,
                "구독 확인",
                OffsetDateTime.parse("2026-12-02T07:00:00+09:00"),
                "n1@example.com",
                "본문입니다.  \n\n\n",
                null);
        message.write(Optional.of(DKIM), out);
        String text = new String(out.array(), 0, out.length(), StandardCharsets.US_ASCII);
        assertThat(verified(text)).hasSize(1);
        assertBroken("a Reply-To where there was none", "Reply-To: evil@example.net\r\n" + text);
    }

    @Test
    void aKeySurvivesItsPemForm() throws Exception {
        PrivateKey read = DkimKeys.fromPem("comment\n" + DkimKeys.toPem(KEY).replace("\n", "\r\n"));
        assertThat(read).isEqualTo(KEY);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(read);
        assertThat(signature.sign()).hasSize(256);
        assertThat(DkimKeys.dnsRecord(read)).startsWith("v=DKIM1; k=rsa; p=MIIBIjAN");
        assertThat(DkimKeys.zoneLine(DKIM))
                .startsWith("rooster1._domainkey.example.com. IN TXT ( \"v=DKIM1; k=rsa; p=")
                .matches("[^\"]*(\"[^\"]{1,255}\" ?)+\\)");
        assertThat(DKIM).hasToString("DkimKey[rooster1._domainkey.example.com]");
    }

    @Test
    void whatIsNoKeyIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> DkimKeys.fromPem("nothing")).hasMessageContaining("BEGIN PRIVATE KEY");
        assertThatThrownBy(
                        () -> DkimKeys.fromPem("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"))
                .hasMessageContaining("openssl pkcs8 -topk8");
        String junk = Base64.getEncoder().encodeToString("junk".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(
                        () -> DkimKeys.fromPem("-----BEGIN PRIVATE KEY-----\n" + junk + "\n-----END PRIVATE KEY-----"))
                .hasMessageContaining("no RSA private key");
        assertThatThrownBy(() -> new DkimKey("exa mple.com", "s", KEY)).isInstanceOf(IllegalArgumentException.class);
    }

    private String signed() {
        MessagePlan plan =
                MessagePlan.compile(Samples.headers("이번 주 AI 소식"), Samples.text(), Samples.html(), Optional.of(DKIM));
        plan.write(Samples.JIU, Samples.copy(), out);
        return new String(out.array(), 0, out.length(), StandardCharsets.US_ASCII);
    }

    private static List<SignatureRecord> verified(String message) throws Exception {
        DKIMVerifier verifier = new DKIMVerifier((methods, selector, domain) -> List.of(DkimKeys.dnsRecord(KEY)));
        List<SignatureRecord> records =
                verifier.verify(new ByteArrayInputStream(message.getBytes(StandardCharsets.US_ASCII)));
        return records == null ? List.of() : records;
    }

    private static void assertBroken(String what, String message) {
        assertThatThrownBy(() -> verified(message)).as(what).isInstanceOf(FailException.class);
    }

    private static String bodyHash(String message) {
        return StrictMime.field(message, "DKIM-Signature")
                .replaceAll("(?s).*bh=([^;]+);.*", "$1")
                .replaceAll("\\s", "");
    }
}
