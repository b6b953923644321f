package dev.rooster.mail.dsn;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Mails of a megabyte, each made to hit one weak spot that a parser of this kind may have. */
final class HostileMails {
    private static final int SIZE = 1 << 20;
    private static final String DAEMON =
            "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: b@letter.example\nSubject: failure notice\n";
    private static final String STATUS = DAEMON + "Content-Type: message/delivery-status\n\n";

    private final Map<String, byte[]> mails = new LinkedHashMap<>();

    private HostileMails() {
        addresses();
        fields();
        parts();
        pages();
        statuses();
    }

    /** The mails by what is wrong with them. */
    static Map<String, byte[]> all() {
        return new HostileMails().mails;
    }

    private void addresses() {
        for (String piece : new String[] {"@", "\"@", "@[", "a@", "<a@", "a@b.cc ", "a@b.cc\n", "<a@b.cc>: 550 \n"}) {
            text("text of " + piece.strip(), filled(piece));
        }
        text("long lines of @", filled("@".repeat(1900) + "\n"));
        text("ever new addresses", many(60_000, i -> "a" + i + "@b.cc:\n550 x\n"));
        text("addresses to sum up", many(60_000, i -> "550 <a" + i + "@b.cc>... failed\n"));
        text("every phrase there is", everyPhrase());
        text(
                "every phrase, about one reader",
                "reader@mail.example: " + everyPhrase().replace("\n", " "));
    }

    private void fields() {
        mail("From of words", "From: " + filled("=?utf-8?Q?a?= ") + "\n\nx");
        mail("Subject of openings", "Subject: " + filled("=?"));
        mail("Subject of halves", "Subject: " + filled("=?x?q?"));
        mail(
                "unknown charsets",
                many(390, f -> "To: " + many(250, i -> "=?z" + f + "y" + i + "?q?a=C3?= ") + "\n") + "\n");
        mail("many fields", filled("A: b\n"));
        mail("broken fields", filled("zzz\nA: b\n"));
        mail("many To", ("To: " + "a@b.cc, ".repeat(2000) + "\n").repeat(60) + "\nx");
        mail("long media type", "Content-Type: multipart/mixed; " + filled("boundary ") + "\n\n");
    }

    private void parts() {
        mail("nested parts", many(20_000, i -> "Content-Type: multipart/mixed; boundary=b" + i + "\n\n--b" + i + "\n"));
        mail("parts of one boundary", filled("Content-Type: multipart/mixed; boundary=b\n\n--b\n"));
        mail("mails in mails", filled("Content-Type: message/rfc822\n\n"));
        mail("reports in reports", filled(DAEMON + "\n--- Original message ---\n\n"));
        mail("no boundary", "Content-Type: multipart/mixed\n\n" + filled("--\n"));
        mail("boundaries of nobody", "Content-Type: multipart/mixed; boundary=x\n\n" + filled("--y\nno\n"));
        mail(
                "base64 of nothing",
                DAEMON + "Content-Transfer-Encoding: base64\n\n"
                        + Base64.getEncoder().encodeToString(new byte[700_000]));
        mail("carriage returns", filled("\r"));
        text("nothing but NUL", filled("\0"));
        text("half characters", filled("\u00b0\u00a1"));
    }

    private void pages() {
        for (String piece : new String[] {
            "<br>",
            "<p>",
            "<b>",
            "<a>",
            "<table>",
            "<table><tr><td>",
            "<a><b><i><p>",
            "<",
            "&",
            "&amp;&#1;&zz",
            "<ul><li>",
            "<!--",
            "<b><p></b>",
            "<svg><math>",
            "<select><option>",
            "<form><button>",
            "<a href=x><table><a href=y>"
        }) {
            mail("page of " + piece, DAEMON + "Content-Type: text/html\n\n" + filled(piece));
        }
        mail("page of attributes", DAEMON + "Content-Type: text/html\n\n<a " + filled("b=c "));
    }

    private void statuses() {
        mail(
                "endless diagnostic",
                STATUS + "Final-Recipient: rfc822; a@b.cc\nDiagnostic-Code: smtp; " + filled("550 5.1.1 x "));
        mail("endless folding", STATUS + "Final-Recipient: rfc822; a@b.cc\nDiagnostic-Code: x\n" + filled(" y\n"));
        mail("short lines", STATUS + filled("a\n"));
        String words =
                "Action: failed\nDiagnostic-Code: smtp; 550 " + "account mailbox quota strange ".repeat(120) + "\n\n";
        mail("many long refusals", STATUS + many(250, i -> "Final-Recipient: rfc822; a" + i + "@b.cc\n" + words));
        mail(
                "JSON without end",
                "{\"notificationType\":\"Bounce\",\"mail\":{},\"bouncedRecipients\":[" + filled("{\"emailAddress\":"));
    }

    private void text(String name, String text) {
        mail(name, DAEMON + "\n" + text);
    }

    private void mail(String name, String mail) {
        mails.put(name, Mails.bytes(mail));
    }

    private static String filled(String piece) {
        return piece.repeat(SIZE / piece.length());
    }

    private static String many(int count, IntFunction<String> piece) {
        return IntStream.range(0, count).mapToObj(piece).collect(Collectors.joining());
    }

    private static String everyPhrase() {
        return Arrays.stream(new String[] {"rules-refusal.txt", "rules-notice.txt", "rules-layout.txt"})
                .flatMap(file -> RuleFile.load(
                        file,
                        file.equals("rules-refusal.txt")
                                ? DiagnosticClassifier.KEYS
                                : file.equals("rules-notice.txt") ? NoticeRules.KEYS : LayoutRules.KEYS)
                        .stream())
                .flatMap(rule -> rule.all("phrase").stream())
                .map(phrases -> phrases.replace(" | ", "  ").replace(" * ", " "))
                .collect(Collectors.joining("\n"));
    }
}
