package dev.rooster.mail.dsn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mails for tests, written for this project after the forms that mail systems use. */
final class Mails {
    static final String TOKEN_ADDRESS = "b-abcdefghij234567@bounce.letter.example";

    static final String RETURNED = """
            Return-Path: <b-abcdefghij234567@bounce.letter.example>
            Received: from out.letter.example by mx.example.org with ESMTPS; Wed, 2 Dec 2026 07:00:03 +0900
            Message-ID: <issue-12.k4t2@letter.example>
            List-Unsubscribe: <https://letter.example/u/zzz234>
            From: Weekly <weekly@letter.example>
            To: reader@mail.example
            Subject: =?UTF-8?B?MTLsm5Qg7IaM7Iud?=

            """;

    /** A mail of {@code mails.txt} and what the parser must say of it. */
    record Family(String name, String expected, byte[] bytes) {}

    private Mails() {}

    /** The mails of {@code mails.txt}. */
    static List<Family> families() {
        try (InputStream in = Mails.class.getResourceAsStream("mails.txt")) {
            List<Family> families = new ArrayList<>();
            for (String entry : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^##### ")) {
                if (!entry.startsWith("#")) {
                    String[] lines = entry.split("\n", 3);
                    families.add(new Family(lines[0], lines[1].substring("X-Expect: ".length()), bytes(lines[2])));
                }
            }
            return families;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String mail) {
        return mail.getBytes(StandardCharsets.UTF_8);
    }

    /** A plain mail. Headers as {@code Name: value} lines. */
    static String plain(String headers, String body) {
        return headers.strip() + "\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n" + body;
    }

    static String daemon(String subject, String body) {
        return plain("""
                Return-Path: <>
                Delivered-To: %s
                From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
                To: %s
                Subject: %s
                """.formatted(TOKEN_ADDRESS, TOKEN_ADDRESS, subject), body);
    }

    /** A text bounce in a charset and base64. */
    static byte[] base64(String from, String subject, String charset, String body) {
        Charset used = Charset.forName(charset);
        String encoded = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(body.getBytes(used));
        String title = "=?" + charset + "?B?" + Base64.getEncoder().encodeToString(subject.getBytes(used)) + "?=";
        return bytes("""
                Return-Path: <>
                From: %s
                To: %s
                Subject: %s
                MIME-Version: 1.0
                Content-Type: text/plain; charset="%s"
                Content-Transfer-Encoding: base64

                %s
                """.formatted(from, TOKEN_ADDRESS, title, charset, encoded));
    }

    /** A full RFC 3464 report. */
    static final class Report {
        private final Map<String, String> parts = new LinkedHashMap<>();
        private String subject = "Undelivered Mail Returned to Sender";
        private String notice = "The mail could not be delivered.\n";
        private String perMessage = "Reporting-MTA: dns; mx.example.org\nOriginal-Envelope-Id: env-77\n";
        private String type = "multipart/report; report-type=delivery-status";
        private String statusType = "message/delivery-status";
        private String returnedType = "message/rfc822";
        private String groups = "";

        Report subject(String text) {
            subject = text;
            return this;
        }

        Report notice(String text) {
            notice = text;
            return this;
        }

        Report type(String text) {
            type = text;
            return this;
        }

        Report statusType(String text) {
            statusType = text;
            return this;
        }

        Report returnedType(String text) {
            returnedType = text;
            return this;
        }

        Report group(String fields) {
            groups += "\n" + fields.stripTrailing() + "\n";
            return this;
        }

        Report part(String contentType, String body) {
            parts.put(contentType, body);
            return this;
        }

        String text() {
            StringBuilder mail = new StringBuilder("""
                    Return-Path: <>
                    X-Original-To: %s
                    From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
                    To: %s
                    Subject: %s
                    Auto-Submitted: auto-replied
                    MIME-Version: 1.0
                    Content-Type: %s; boundary="=-7b/x"

                    This is a MIME-encapsulated message.

                    --=-7b/x
                    Content-Type: text/plain; charset=utf-8

                    %s
                    """.formatted(TOKEN_ADDRESS, TOKEN_ADDRESS, subject, type, notice));
            if (!groups.isEmpty()) {
                mail.append("--=-7b/x\nContent-Type: ").append(statusType).append("\n\n");
                mail.append(perMessage).append(groups).append('\n');
            }
            parts.forEach((contentType, body) -> mail.append("--=-7b/x\nContent-Type: ")
                    .append(contentType)
                    .append("\n\n")
                    .append(body)
                    .append('\n'));
            mail.append("--=-7b/x\nContent-Type: ")
                    .append(returnedType)
                    .append("\n\n")
                    .append(RETURNED);
            return mail.append("--=-7b/x--\n").toString();
        }
    }
}
