package dev.rooster.mail.hook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rooster.mail.event.JsonTree;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amazon SNS, which carries what Amazon SES tells: RSA over the message's fields, with SHA-1 (signature version 1) or SHA-256
 * (version 2). Only topics of the settings are listened to, since everybody can have SNS sign something; a certificate is
 * taken from the host of SNS in the topic's region and from nowhere else. With raw delivery SNS signs nothing: then a
 * password of ours in the subscription's address has to prove the caller.
 */
public final class SnsCheck implements HookCheck {
    private static final Pattern TOPIC =
            Pattern.compile("arn:(aws|aws-cn|aws-us-gov):sns:([a-z0-9-]{3,30}):[0-9]{12}:[A-Za-z0-9_.-]{1,256}");
    private static final Pattern CERTIFICATE = Pattern.compile("/[A-Za-z0-9_-]{1,100}\\.pem");
    private static final byte[] NOTHING = "{}".getBytes(UTF_8);
    private static final List<String> NOTIFICATION =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> CONFIRMATION =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

    private final Set<String> topics;
    private final PasswordCheck raw;
    private final CertificateSource certificates;
    private final Duration window;

    /**
     * @param topics ARNs
     * @param secrets for raw delivery; empty: that is refused
     */
    public SnsCheck(List<String> topics, List<String> secrets, CertificateSource certificates, Duration window) {
        this.topics = Set.copyOf(topics);
        this.raw = secrets.isEmpty() ? null : new PasswordCheck(secrets, null);
        this.certificates = certificates;
        this.window = window;
    }

    /** Whether a text is the ARN of a topic. */
    public static boolean isTopic(String arn) {
        return TOPIC.matcher(arn).matches();
    }

    @Override
    public boolean asksForPassword() {
        return raw != null;
    }

    @Override
    public Checked check(HookRequest request, Instant now) {
        if (raw != null && request.header("x-amz-sns-rawdelivery").equals("true")) {
            return raw.check(request, now);
        }
        return JsonTree.parseFromStranger(request.body())
                .map(message -> check(message, now))
                .orElseGet(Checked.Refused::new);
    }

    private Checked check(JsonTree message, Instant now) {
        String topic = message.whole("TopicArn");
        String type = message.whole("Type");
        URI address = address(message.whole("SigningCertURL"), topic);
        if (topic == null || type == null || !topics.contains(topic) || address == null || !isFresh(message, now)) {
            return new Checked.Refused();
        }
        // Everything that needs no certificate comes first: what it is fetched for should be worth it.
        byte[] signature = signature(message);
        String algorithm = algorithm(message);
        if (!CERTIFICATE.matcher(address.getPath()).matches()
                || address.getQuery() != null
                || signature == null
                || algorithm == null
                || message.whole("Message") == null
                || fields(type).isEmpty()) {
            return new Checked.Refused();
        }
        Optional<X509Certificate> certificate = certificates.find(address);
        if (certificate.isEmpty()) {
            return new Checked.Unchecked("the certificate of Amazon SNS can't be had");
        }
        if (!isSigned(text(message, type), signature, algorithm, certificate.get(), now)) {
            return new Checked.Refused();
        }
        certificates.proven(address);
        return taken(message, type, topic);
    }

    /** The signature; null when there is none of RSA's usual lengths. */
    private static byte[] signature(JsonTree message) {
        try {
            byte[] signature = Base64.getDecoder().decode(String.valueOf(message.whole("Signature")));
            return signature.length == 256 || signature.length == 384 || signature.length == 512 ? signature : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** How it was made; null when nobody knows. */
    private static String algorithm(JsonTree message) {
        return switch (String.valueOf(message.whole("SignatureVersion"))) {
            case "1" -> "SHA1withRSA";
            case "2" -> "SHA256withRSA";
            default -> null;
        };
    }

    /** What is signed. */
    private static String text(JsonTree message, String type) {
        StringBuilder signed = new StringBuilder();
        for (String field : fields(type)) {
            if (message.whole(field) != null) {
                signed.append(field).append('\n').append(message.whole(field)).append('\n');
            }
        }
        return signed.toString();
    }

    private static List<String> fields(String type) {
        return switch (type) {
            case "Notification" -> NOTIFICATION;
            case "SubscriptionConfirmation", "UnsubscribeConfirmation" -> CONFIRMATION;
            default -> List.of();
        };
    }

    private static Checked taken(JsonTree message, String type, String topic) {
        if (type.equals("SubscriptionConfirmation")) {
            URI confirm = address(message.whole("SubscribeURL"), topic);
            return confirm == null ? new Checked.Refused() : new Checked.Subscription(confirm);
        }
        byte[] events =
                type.equals("Notification") ? message.whole("Message").strip().getBytes(UTF_8) : NOTHING;
        return new Checked.Genuine(events, null);
    }

    /** An https address at SNS in the topic's region; null for any other. */
    private static URI address(String text, String topic) {
        Matcher arn = TOPIC.matcher(topic == null ? "" : topic);
        if (text == null || !arn.matches()) {
            return null;
        }
        String host = "sns." + arn.group(2) + (arn.group(1).equals("aws-cn") ? ".amazonaws.com.cn" : ".amazonaws.com");
        try {
            URI address = URI.create(text);
            boolean good = "https".equals(address.getScheme())
                    && host.equals(address.getHost())
                    && address.getRawUserInfo() == null
                    && (address.getPort() == -1 || address.getPort() == 443)
                    && address.getPath() != null;
            return good ? address : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private boolean isFresh(JsonTree message, Instant now) {
        try {
            Instant at = Instant.parse(String.valueOf(message.whole("Timestamp")));
            return Duration.between(at, now).abs().compareTo(window) <= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isSigned(
            String text, byte[] signature, String algorithm, X509Certificate certificate, Instant now) {
        try {
            certificate.checkValidity(Date.from(now));
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(text.getBytes(UTF_8));
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // out of date, or made with another key
        }
    }
}
