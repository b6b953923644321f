package dev.rooster.mail.hook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With messages that Amazon SNS signed, as they stand in the tests of Amazon's own library. */
class SnsCheckTest {
    private static final String TOPIC = "arn:aws:sns:us-west-2:131990247566:dongie-standard-topic";
    private static final Instant THEN = Instant.parse("2026-03-06T20:01:00Z");
    private final List<URI> fetched = new ArrayList<>();
    private final SnsCheck check = new SnsCheck(List.of(TOPIC), List.of(), this::certificate, Duration.ofHours(2));

    private Optional<X509Certificate> certificate(URI address) {
        fetched.add(address);
        try (InputStream in = SnsCheckTest.class.getResourceAsStream("sns-certificate.pem")) {
            return Optional.of(
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sample(String name) {
        try (InputStream in = SnsCheckTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Checked check(String body) {
        return check.check(new HookRequest(Map.of(), body.getBytes(UTF_8)), THEN);
    }

    @ParameterizedTest
    @CsvSource({
        "sns-version-1.json, Hello! This message has a subject.",
        "sns-version-2.json, This message uses signature version 2."
    })
    void bothSignatureVersionsAreVerified(String file, String message) {
        assertThat(check(sample(file))).isInstanceOfSatisfying(Checked.Genuine.class, genuine -> {
            assertThat(new String(genuine.events(), UTF_8)).isEqualTo(message);
            assertThat(genuine.onceKey()).isNull();
        });
        assertThat(fetched)
                .containsExactly(
                        URI.create(
                                "https://sns.us-west-2.amazonaws.com/SimpleNotificationService-7506a1e35b36ef5a444dd1a8e7cc3ed8.pem"));
    }

    @Test
    void aSubscriptionIsConfirmedAtTheSignedAddress() {
        assertThat(check(sample("sns-subscription.json")))
                .isInstanceOfSatisfying(
                        Checked.Subscription.class,
                        subscription -> assertThat(subscription.confirm().toString())
                                .startsWith("https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&TopicArn="
                                        + TOPIC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sns-version-1.json", "sns-version-2.json", "sns-subscription.json"})
    void nothingThatIsSignedCanBeChanged(String file) {
        String good = sample(file);
        for (String change : List.of(
                "MessageId\" : \"", "Message\" : \"", "Timestamp\" : \"2026-03-06T20:0", "SubscribeURL\" : \"")) {
            int at = good.indexOf(change);
            if (at >= 0) {
                int where = at + change.length() + 1;
                String bad =
                        good.substring(0, where) + (good.charAt(where) == '1' ? '2' : '1') + good.substring(where + 1);
                assertThat(check(bad)).as(change).isInstanceOf(Checked.Refused.class);
            }
        }
        assertThat(check(good.replace("\"Type\" : \"", "\"Type\" : \"Un"))).isInstanceOf(Checked.Refused.class);
        assertThat(check(good.replace("\"Message\"", "\"Subject\" : \"added\", \"Message\""))
                        .equals(check(good)))
                .isEqualTo(file.equals("sns-subscription.json"));
    }

    /** A tree of a million little objects would not fit into the memory, and anybody may post one. */
    @Test
    void whatIsReadBeforeItIsProvenIsOfFewParts() {
        String many = sample("sns-version-2.json")
                .strip()
                .replaceFirst("\\{", "{\"more\": [0" + ", {}".repeat(5_000) + "], ");
        assertThat(check(many)).isInstanceOf(Checked.Refused.class);
        assertThat(check(many.replace(", {}", ""))).isInstanceOf(Checked.Genuine.class);
        assertThat(fetched).hasSize(1);
    }

    @Test
    void everyBitOfTheSignatureCounts() {
        String good = sample("sns-version-2.json");
        int start = good.indexOf("\"Signature\" : \"") + 15;
        String base64 = good.substring(start, good.indexOf('"', start));
        byte[] signature = Base64.getDecoder().decode(base64);
        for (int bit = 0; bit < signature.length * 8; bit += 3) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(check(good.replace(base64, Base64.getEncoder().encodeToString(changed))))
                    .isInstanceOf(Checked.Refused.class);
        }
        assertThat(check(good.replace("\"SignatureVersion\" : \"2\"", "\"SignatureVersion\" : \"1\"")))
                .isInstanceOf(Checked.Refused.class);
        assertThat(check(good.replace("\"SignatureVersion\" : \"2\"", "\"SignatureVersion\" : \"3\"")))
                .isInstanceOf(Checked.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://sns.us-west-2.amazonaws.com/a.pem",
                "https://sns.us-west-2.amazonaws.com.evil.example/a.pem",
                "https://evil.example/a.pem",
                "https://sns.us-west-2.amazonaws.com@evil.example/a.pem",
                "https://evil@sns.us-west-2.amazonaws.com/a.pem",
                "https://sns.us-west-2.amazonaws.com:8443/a.pem",
                "https://s3.us-west-2.amazonaws.com/bucket/a.pem",
                "https://sns.eu-west-1.amazonaws.com/a.pem",
                "https://snsxus-west-2.amazonaws.com/a.pem",
                "https://sns.us-west-2.amazonaws.com/a.pem?x=1",
                "https://sns.us-west-2.amazonaws.com/a",
                "file:///etc/passwd",
                "jar:https://sns.us-west-2.amazonaws.com/a.pem",
                "https:sns",
                "::"
            })
    void aCertificateIsFetchedFromNowhereElse(String address) {
        String good = sample("sns-version-1.json");
        String url =
                "https://sns.us-west-2.amazonaws.com/SimpleNotificationService-7506a1e35b36ef5a444dd1a8e7cc3ed8.pem";
        assertThat(check(good.replace(url, address))).isInstanceOf(Checked.Refused.class);
        assertThat(fetched).isEmpty();
    }

    @Test
    void othersTopicsOldMessagesAndGarbageAreRefusedWithoutAFetch() {
        SnsCheck other = new SnsCheck(
                List.of("arn:aws:sns:us-west-2:131990247566:another"),
                List.of(),
                this::certificate,
                Duration.ofHours(2));
        HookRequest good =
                new HookRequest(Map.of(), sample("sns-version-1.json").getBytes(UTF_8));
        assertThat(other.check(good, THEN)).isInstanceOf(Checked.Refused.class);
        assertThat(check.check(good, THEN.plus(Duration.ofHours(3)))).isInstanceOf(Checked.Refused.class);
        assertThat(check.check(good, THEN.minus(Duration.ofHours(3)))).isInstanceOf(Checked.Refused.class);
        for (String garbage : List.of("", "{}", "[]", "{\"TopicArn\": 3}", "{\"TopicArn\": \"" + TOPIC + "\"}")) {
            assertThat(check(garbage)).isInstanceOf(Checked.Refused.class);
        }
        assertThat(fetched).isEmpty();
    }

    @Test
    void aCertificateOutOfDateProvesNothing() {
        SnsCheck patient = new SnsCheck(List.of(TOPIC), List.of(), this::certificate, Duration.ofDays(1_000));
        HookRequest good =
                new HookRequest(Map.of(), sample("sns-version-1.json").getBytes(UTF_8));
        assertThat(patient.check(good, THEN)).isInstanceOf(Checked.Genuine.class);
        assertThat(patient.check(good, Instant.parse("2026-10-15T00:00:00Z"))).isInstanceOf(Checked.Refused.class);
    }

    @Test
    void withoutTheCertificateItIsToldAgain() {
        SnsCheck cutOff = new SnsCheck(List.of(TOPIC), List.of(), address -> Optional.empty(), Duration.ofHours(2));
        assertThat(cutOff.check(
                        new HookRequest(Map.of(), sample("sns-version-1.json").getBytes(UTF_8)), THEN))
                .isInstanceOf(Checked.Unchecked.class);
    }

    @Test
    void rawDeliveryNeedsAPassword() {
        SnsCheck raw =
                new SnsCheck(List.of(TOPIC), List.of("a-password-of-ours"), this::certificate, Duration.ofHours(2));
        byte[] body = "{\"eventType\": \"Delivery\"}".getBytes(UTF_8);
        String basic = "Basic " + Base64.getEncoder().encodeToString("x:a-password-of-ours".getBytes(UTF_8));
        Map<String, String> header = Map.of("x-amz-sns-rawdelivery", "true", "authorization", basic);
        assertThat(raw.check(new HookRequest(header, body), THEN)).isInstanceOf(Checked.Genuine.class);
        assertThat(raw.asksForPassword()).isTrue();
        assertThat(raw.check(new HookRequest(Map.of("x-amz-sns-rawdelivery", "true"), body), THEN))
                .isInstanceOf(Checked.Refused.class);
        assertThat(check.check(new HookRequest(header, body), THEN)).isInstanceOf(Checked.Refused.class);
    }
}
