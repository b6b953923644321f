package dev.rooster.mail.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Signatures by the vectors that Svix and SendGrid publish; for Mailgun and the generic hook there is none, so by keys of ours. */
class HookChecksTest {
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static HookRequest request(String body, String... headers) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        return new HookRequest(map, bytes(body));
    }

    private static boolean genuine(HookCheck check, HookRequest request, Instant now) {
        Checked checked = check.check(request, now);
        assertThat(checked).isInstanceOfAny(Checked.Genuine.class, Checked.Refused.class);
        return checked instanceof Checked.Genuine;
    }

    /** Flips each bit of the body, and each of a header's value: none may pass. */
    private static void assertEveryBitCounts(HookCheck check, HookRequest good, String header, Instant now) {
        assertThat(genuine(check, good, now)).isTrue();
        for (int bit = 0; bit < good.body().length * 8; bit++) {
            byte[] body = good.body().clone();
            body[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(genuine(check, new HookRequest(good.headers(), body), now))
                    .as("bit %d of the body", bit)
                    .isFalse();
        }
        String value = good.headers().get(header);
        for (int bit = 0; bit < value.length() * 7; bit++) {
            char[] changed = value.toCharArray();
            changed[bit / 7] ^= (char) (1 << bit % 7);
            Map<String, String> headers = new HashMap<>(good.headers());
            headers.put(header, new String(changed));
            assertThat(genuine(check, new HookRequest(headers, good.body()), now))
                    .as("bit %d of %s", bit, header)
                    .isFalse();
        }
    }

    @Test
    void svixAsPublished() {
        SvixCheck check = new SvixCheck(List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), WINDOW);
        Instant then = Instant.ofEpochSecond(1614265330);
        HookRequest good = request(
                "{\"test\": 2432232314}",
                "svix-id",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "svix-timestamp",
                "1614265330",
                "Svix-Signature",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertEveryBitCounts(check, good, "svix-signature", then);
        assertEveryBitCounts(check, good, "svix-id", then);
        assertThat(genuine(check, good, then.plus(WINDOW))).isTrue();
        assertThat(genuine(check, good, then.plus(WINDOW).plusSeconds(1))).isFalse();
        assertThat(genuine(check, good, then.minus(WINDOW).minusSeconds(1))).isFalse();
        assertThat(genuine(new SvixCheck(List.of("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), WINDOW), good, then))
                .isTrue();
        assertThat(genuine(new SvixCheck(List.of("whsec_" + "AAAA".repeat(8)), WINDOW), good, then))
                .isFalse();
    }

    @Test
    void svixMaySendSeveralSignaturesAndKnowsSeveralSecrets() {
        String good = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        String bad = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
        SvixCheck check =
                new SvixCheck(List.of("whsec_" + "AAAA".repeat(8), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), WINDOW);
        for (String signatures : List.of(bad + " " + good, good + " " + bad, "v2,x " + good)) {
            assertThat(genuine(check, svix(signatures), Instant.ofEpochSecond(1614265330)))
                    .isTrue();
        }
        for (String signatures :
                List.of(bad, "", "v2" + good.substring(2), good.substring(3), (bad + " ").repeat(20))) {
            assertThat(genuine(check, svix(signatures), Instant.ofEpochSecond(1614265330)))
                    .isFalse();
        }
        assertThatThrownBy(() -> new SvixCheck(List.of("whsec_%%%"), WINDOW))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SvixCheck(List.of("whsec_AAAA"), WINDOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static HookRequest svix(String signatures) {
        return request(
                "{\"test\": 2432232314}",
                "svix-id",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "svix-timestamp",
                "1614265330",
                "svix-signature",
                signatures);
    }

    private static final String SENDGRID_KEY =
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpV"
                    + "KS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==";
    private static final String SENDGRID_OTHER =
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqTxd43gyp8IOEto2LdIfjRQrIbsd4SXZkLW6jDutdh"
                    + "XSJCWHw8REntlo7aNDthvj+y7GjUuFDb/R1NGe1OPzpA==";

    private static HookRequest sendGrid() {
        return request(
                """
                [{"email":"hello@world.com","event":"dropped","reason":"Bounced Address",\
                "sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA",\
                "sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0",\
                "smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]\r
                """,
                "X-Twilio-Email-Event-Webhook-Timestamp",
                "1600112502",
                "X-Twilio-Email-Event-Webhook-Signature",
                "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=");
    }

    @Test
    void sendGridAsPublished() {
        SendGridCheck check = new SendGridCheck(List.of(SENDGRID_KEY), WINDOW);
        Instant then = Instant.ofEpochSecond(1600112502);
        HookRequest good = sendGrid();
        assertThat(genuine(check, good, then)).isTrue();
        for (int bit = 0; bit < good.body().length * 8; bit += 7) {
            byte[] body = good.body().clone();
            body[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(genuine(check, new HookRequest(good.headers(), body), then))
                    .isFalse();
        }
        assertThat(genuine(check, good, then.plus(WINDOW).plusSeconds(1))).isFalse();
        assertThat(genuine(new SendGridCheck(List.of(SENDGRID_OTHER), WINDOW), good, then))
                .isFalse();
        assertThat(genuine(new SendGridCheck(List.of(SENDGRID_OTHER, SENDGRID_KEY), WINDOW), good, then))
                .isTrue();
    }

    @Test
    void sendGridRefusesOddSignatures() {
        SendGridCheck check = new SendGridCheck(List.of(SENDGRID_KEY), WINDOW);
        Instant then = Instant.ofEpochSecond(1600112502);
        byte[] der = Base64.getDecoder().decode(sendGrid().headers().get("x-twilio-email-event-webhook-signature"));
        for (int bit = 0; bit < der.length * 8; bit++) {
            byte[] changed = der.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            Map<String, String> headers = new HashMap<>(sendGrid().headers());
            headers.put(
                    "x-twilio-email-event-webhook-signature",
                    Base64.getEncoder().encodeToString(changed));
            assertThat(genuine(check, new HookRequest(headers, sendGrid().body()), then))
                    .as("bit %d", bit)
                    .isFalse();
        }
        for (String odd : List.of("", "%", "AAAA", "MAYCAQACAQA=")) {
            Map<String, String> headers = new HashMap<>(sendGrid().headers());
            headers.put("x-twilio-email-event-webhook-signature", odd);
            assertThat(genuine(check, new HookRequest(headers, sendGrid().body()), then))
                    .isFalse();
        }
        assertThatThrownBy(() -> new SendGridCheck(List.of("AAAA"), WINDOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String mailgun(String key, String timestamp, String token) {
        byte[] mac = Signatures.hmac(bytes(key), bytes(timestamp + token));
        return "{\"signature\": {\"timestamp\": \"" + timestamp + "\", \"token\": \"" + token + "\", \"signature\": \""
                + java.util.HexFormat.of().formatHex(mac) + "\"}, \"event-data\": {}}";
    }

    @Test
    void mailgunSignsTimestampAndToken() {
        MailgunCheck check = new MailgunCheck(List.of("an-older-signing-key", "the-webhook-signing-key"), WINDOW);
        Instant then = Instant.ofEpochSecond(1791324301);
        String good =
                mailgun("the-webhook-signing-key", "1791324301", "a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0");
        assertThat(check.check(request(good), then))
                .isInstanceOfSatisfying(
                        Checked.Genuine.class,
                        genuine -> assertThat(genuine.onceKey())
                                .isEqualTo("1791324301 a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0"));
        assertThat(genuine(check, request(good), then.plus(WINDOW).plusSeconds(1)))
                .isFalse();
        assertThat(genuine(check, request(good.replace("1791324301", "1791324302")), then))
                .isFalse();
        assertThat(genuine(check, request(good.replace("a8ce0", "a8ce1")), then))
                .isFalse();
        assertThat(genuine(check, request(mailgun("guessed", "1791324301", "t")), then))
                .isFalse();
        for (String odd : List.of("", "{}", "[]", "{\"signature\": 3}", "{\"signature\": {\"timestamp\": \"x\"}}")) {
            assertThat(genuine(check, request(odd), then)).isFalse();
        }
    }

    @Test
    void whatIsReadBeforeItIsProvenIsOfFewParts() {
        MailgunCheck check = new MailgunCheck(List.of("the-webhook-signing-key"), WINDOW);
        Instant then = Instant.ofEpochSecond(1791324301);
        String good =
                mailgun("the-webhook-signing-key", "1791324301", "a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0");
        for (int parts : List.of(2_000, 5_000)) {
            String many = good.replace("{}}", "{}, \"more\": [0" + ", {}".repeat(parts) + "]}");
            assertThat(genuine(check, request(many), then)).as("%d", parts).isEqualTo(parts == 2_000);
        }
        String big = good.replace("{}}", "{\"words\": \"" + "x".repeat(3 << 20) + "\"}}");
        assertThat(genuine(check, request(big), then)).isTrue();
    }

    @Test
    void theGenericHookSignsTimestampAndBody() {
        GenericCheck check = new GenericCheck(List.of("first-secret-of-ours", "second-secret-of-ours"), WINDOW);
        Instant then = Instant.ofEpochSecond(1791324301);
        String body = "{\"event\": \"delivered\"}";
        String signature = "v1=" + GenericCheck.sign("second-secret-of-ours", "1791324301", bytes(body));
        // The same by another tool: printf '1791324301.{"event": "delivered"}' | openssl dgst -sha256 -hmac …
        HookRequest good = request(body, "Rooster-Timestamp", "1791324301", "Rooster-Signature", signature);
        assertEveryBitCounts(check, good, "rooster-signature", then);
        assertEveryBitCounts(check, good, "rooster-timestamp", then);
        assertThat(genuine(
                        check,
                        request(body, "Rooster-Timestamp", "1791324301", "Rooster-Signature", "v1=00, " + signature),
                        then))
                .isTrue();
        assertThat(genuine(check, request(body), then)).isFalse();
        assertThat(genuine(check, good, then.plus(WINDOW).plusSeconds(1))).isFalse();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString(bytes(user + ":" + password));
    }

    @Test
    void aPasswordComesInOneOfThreeWays() {
        PasswordCheck check = new PasswordCheck(List.of("a-long-password:here", "an-older-password"), "x-token");
        Instant now = Instant.EPOCH;
        for (String good : List.of(
                basic("rooster", "a-long-password:here"),
                basic("", "a-long-password:here"),
                basic("x", "an-older-password"),
                "Bearer a-long-password:here",
                "bearer  an-older-password")) {
            assertThat(genuine(check, request("", "Authorization", good), now))
                    .as(good)
                    .isTrue();
        }
        assertThat(genuine(check, request("", "X-Token", "an-older-password"), now))
                .isTrue();
        for (String bad : List.of(
                "",
                "Basic",
                "Basic ",
                "Basic %%%",
                basic("rooster", ""),
                basic("rooster", "a-long-password"),
                "Bearer ",
                "Bearer wrong",
                "Digest a-long-password:here",
                "a-long-password:here")) {
            assertThat(genuine(check, request("", "Authorization", bad), now))
                    .as(bad)
                    .isFalse();
        }
        assertThat(genuine(check, request("", "X-Token", ""), now)).isFalse();
        assertThat(genuine(
                        new PasswordCheck(List.of("secret-of-ours"), null),
                        request("", "X-Token", "secret-of-ours"),
                        now))
                .isFalse();
    }
}
