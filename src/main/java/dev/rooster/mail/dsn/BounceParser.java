package dev.rooster.mail.dsn;

import dev.rooster.mail.dsn.JudgeRecipient.Evidence;
import dev.rooster.mail.dsn.NoticeRules.Weights;
import dev.rooster.mail.dsn.ParsedMail.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads a mail that came back. Machine-readable parts are believed first (RFC 3464, RFC 5965), then
 * {@code X-Failed-Recipients}, then the text. Immutable and thread-safe.
 *
 * <p>Any bytes are safe: time and memory are linear in the first {@value MimePart#BYTES_MAX} octets, the rest is not
 * looked at, and nothing is thrown. What it says is not proven: see {@link Original}.
 */
public final class BounceParser {
    private static final BounceParser STANDARD = new BounceParser();
    private static final int RECIPIENTS_MAX = 200;
    /** How many reports around a report are unwrapped. */
    private static final int WRAPPINGS_MAX = 2;

    private final DiagnosticClassifier classifier = DiagnosticClassifier.standard();
    private final LayoutRules layout = LayoutRules.STANDARD;
    private final NoticeRules signs = NoticeRules.STANDARD;

    private BounceParser() {}

    /** The parser with the rules the program ships. */
    public static BounceParser standard() {
        return STANDARD;
    }

    /** Reads one mail; bytes that are no mail at all are {@link Kind#OTHER}. */
    public ParsedMail parse(byte[] message) {
        try {
            return read(message);
        } catch (RuntimeException | StackOverflowError e) {
            // A bug of ours must not stop the collecting of bounces: the mail goes where people look at it.
            Original nothing = new Original(null, null, List.of(), null, null, List.of(), null, null, null);
            return new ParsedMail(
                    Kind.OTHER,
                    List.of(),
                    nothing,
                    "unreadable: " + e.getClass().getSimpleName());
        }
    }

    /** As {@link #parse}, but lets bugs be seen. */
    ParsedMail read(byte[] message) {
        return read(MimePart.read(message), WRAPPINGS_MAX);
    }

    private ParsedMail read(MimePart message, int wrappings) {
        MailContents mail = new MailContents(message);
        Notice notice = Notice.of(mail.notice, layout);
        MailHeaders returned = mail.returned.isEmpty() ? notice.returned() : mail.returned;
        if (mail.feedback != null) {
            return complaint(mail, returned, FeedbackReport.read(mail.feedback));
        }
        SesNotice ses = SesNotice.in(mail.notice);
        if (ses != null && ses.type().equals("Complaint")) {
            List<String> complainers = new ArrayList<>();
            ses.recipients().forEach(group -> complainers.add(group.get("final-recipient")));
            complainers.removeIf(address -> address == null);
            return complaint(mail, returned, new FeedbackReport("abuse", complainers, null, null));
        }
        StatusFields status = ses == null ? status(mail, notice) : new StatusFields(ses.fields(), ses.recipients());
        Original original = Originals.of(mail.top.headers(), returned, status.message(), null);
        RecipientFinder finder = new RecipientFinder(notice.lines(), own(mail, returned), layout);
        List<ReportedRecipient> reported = reported(status, mail, notice, finder, original, returned);
        if (!reported.isEmpty()) {
            return new ParsedMail(kindOf(reported), reported, original, "rfc3464");
        }
        if (!status.recipients().isEmpty() && status.recipients().stream().allMatch(g -> action(g) == null)) {
            return new ParsedMail(Kind.OTHER, List.of(), original, "test report");
        }
        if (mail.disposition) {
            return new ParsedMail(Kind.OTHER, List.of(), original, "receipt");
        }
        return fromWording(mail, notice, returned, original, finder, wrappings);
    }

    private ParsedMail fromWording(
            MailContents mail,
            Notice notice,
            MailHeaders returned,
            Original original,
            RecipientFinder finder,
            int wrappings) {
        MailHeaders top = mail.top.headers();
        String from = orEmpty(top.decoded("from"));
        String text = notice.text();
        Weights weights = signs.weigh(from, orEmpty(top.decoded("subject")), text);
        boolean refusal =
                ReplyCodes.in(text).reply() != null || ReplyCodes.in(text).enhanced() != null;
        Kind kind = NoticeKind.decide(mail, weights, finder.hasSure(), refusal, !returned.isEmpty());
        if (kind == Kind.COMPLAINT) {
            return complaint(mail, returned, new FeedbackReport("abuse", List.of(), null, null));
        }
        if (kind != Kind.BOUNCE && kind != Kind.DELAYED) {
            return new ParsedMail(kind, List.of(), original, "wording");
        }
        if (wrappings > 0 && finder.namesNobody() && returnsReport(returned)) {
            ParsedMail inner = wrapped(mail, notice, wrappings - 1);
            if (!inner.recipients().isEmpty()) {
                return inner;
            }
        }
        Action action = kind == Kind.DELAYED ? Action.DELAYED : Action.FAILED;
        List<ReportedRecipient> recipients = new ArrayList<>();
        List<RecipientFinder.Found> named = named(top, finder, original, returned);
        if (named.isEmpty() && !NoticeKind.showsMachine(mail, weights)) {
            return new ParsedMail(Kind.OTHER, List.of(), original, "wording about nobody");
        }
        JudgeRecipient judge = new JudgeRecipient(classifier, layout, finder, text);
        for (RecipientFinder.Found found : named) {
            if (recipients.size() < RECIPIENTS_MAX) {
                Evidence evidence =
                        new Evidence(found.address(), found.original(), action, null, null, null, found.reason());
                recipients.add(judge.judge(evidence, named.size() == 1));
            }
        }
        return new ParsedMail(kind, recipients, original, "wording");
    }

    /** True if the returned message is a report itself: some providers wrap their servers' reports in one of their own. */
    private boolean returnsReport(MailHeaders returned) {
        String from = orEmpty(returned.decoded("from"));
        return signs.weigh(from, "", "").of(NoticeRules.Sign.BOUNCE, NoticeRules.Place.FROM) == 3;
    }

    private ParsedMail wrapped(MailContents mail, Notice notice, int wrappings) {
        MimePart inner = mail.embedded == null ? MimePart.read(notice.rest()) : mail.embedded;
        return read(inner, wrappings);
    }

    /** Whom a notice names, by its header field, else its text, else the returned message. */
    private static List<RecipientFinder.Found> named(
            MailHeaders top, RecipientFinder finder, Original original, MailHeaders returned) {
        Set<String> addressed = new HashSet<>();
        original.to().forEach(to -> addressed.add(AddressScanner.key(to)));
        List<RecipientFinder.Found> inText = finder.find(addressed);
        List<RecipientFinder.Found> inField = inField(top, finder);
        if (!inField.isEmpty() && !contradicted(inField, inText, finder, addressed)) {
            return inField;
        }
        if (!inText.isEmpty()) {
            return inText;
        }
        String last = Originals.receivedFor(returned);
        String only =
                last != null ? last : original.to().size() == 1 ? original.to().get(0) : null;
        if (only != null) {
            return List.of(new RecipientFinder.Found(only, null, ""));
        }
        Set<String> reporter = new HashSet<>();
        top.all("from").forEach(value -> reporter.addAll(keys(value)));
        return finder.findOwn().stream()
                .filter(found -> !reporter.contains(AddressScanner.key(found.address())))
                .toList();
    }

    private static List<RecipientFinder.Found> inField(MailHeaders top, RecipientFinder finder) {
        Map<String, RecipientFinder.Found> named = new LinkedHashMap<>();
        for (String value : top.all("x-failed-recipients")) {
            for (String address : Originals.addresses(value)) {
                named.putIfAbsent(
                        AddressScanner.key(address),
                        new RecipientFinder.Found(address, null, finder.reasonOf(address)));
            }
        }
        return List.copyOf(named.values());
    }

    /**
     * X-Failed-Recipients repeats what the text says. Where the text does not mention the field's only address, but
     * another one that the returned message was addressed to, two witnesses stand against one.
     */
    private static boolean contradicted(
            List<RecipientFinder.Found> inField,
            List<RecipientFinder.Found> inText,
            RecipientFinder finder,
            Set<String> addressed) {
        return inField.size() == 1
                && inText.size() == 1
                && !finder.mentions(inField.get(0).address())
                && addressed.contains(AddressScanner.key(inText.get(0).address()));
    }

    private StatusFields status(MailContents mail, Notice notice) {
        List<String> lines = new ArrayList<>();
        for (String text : mail.statuses) {
            text.lines().limit(StatusFields.LINES_MAX).forEach(lines::add);
            lines.add("");
        }
        StatusFields status = StatusFields.read(lines);
        if (status.recipients().isEmpty() && StatusFields.occurIn(notice.lines())) {
            return StatusFields.read(notice.lines());
        }
        return status;
    }

    private List<ReportedRecipient> reported(
            StatusFields status,
            MailContents mail,
            Notice notice,
            RecipientFinder finder,
            Original original,
            MailHeaders returned) {
        Map<String, ReportedRecipient> byAddress = new LinkedHashMap<>();
        JudgeRecipient judge = new JudgeRecipient(classifier, layout, finder, notice.text());
        boolean single = status.recipients().size() == 1;
        for (Map<String, String> group : status.recipients()) {
            Action action = action(group);
            if (action == null) {
                continue;
            }
            String last = StatusFields.address(group.get("final-recipient"));
            String first = StatusFields.address(group.get("original-recipient"));
            if (last == null) {
                last = first != null ? first : StatusFields.address(group.get("x-actual-recipient"));
            }
            if (last == null && single) {
                last = onlyOne(mail, finder, original, returned);
            }
            if (last == null) {
                continue;
            }
            String diagnostic = afterType(group.get("diagnostic-code"));
            Evidence evidence = new Evidence(
                    last,
                    first == null || first.equalsIgnoreCase(last) ? null : first,
                    action,
                    ReplyCodes.statusIn(group.get("status")),
                    diagnostic,
                    afterType(group.get("remote-mta")),
                    finder.reasonOf(last));
            ReportedRecipient judged = judge.judge(evidence, single);
            byAddress.merge(AddressScanner.key(last), judged, (a, b) -> a.action() == Action.FAILED ? a : b);
        }
        return List.copyOf(byAddress.values());
    }

    private static String onlyOne(MailContents mail, RecipientFinder finder, Original original, MailHeaders returned) {
        List<RecipientFinder.Found> named = named(mail.top.headers(), finder, original, returned);
        return named.size() == 1 ? named.get(0).address() : null;
    }

    private static Action action(Map<String, String> group) {
        String given = orEmpty(group.get("action")).strip().toLowerCase(Locale.ROOT);
        String status = ReplyCodes.statusIn(group.get("status"));
        char kind = status == null ? 0 : status.charAt(0);
        if (given.startsWith("fail") || given.startsWith("undeliver") || given.startsWith("error")) {
            return Action.FAILED;
        }
        if (given.startsWith("delay") || given.startsWith("deferred")) {
            return Action.DELAYED;
        }
        if (given.startsWith("delivered")) {
            return Action.DELIVERED;
        }
        if (given.startsWith("relay")) {
            return Action.RELAYED;
        }
        if (given.startsWith("expanded")) {
            return Action.EXPANDED;
        }
        if (given.startsWith("deliverable")) {
            return null; // Postfix answering a test: nothing was sent.
        }
        return kind == '2' ? Action.DELIVERED : Action.FAILED;
    }

    private static Kind kindOf(List<ReportedRecipient> recipients) {
        if (recipients.stream().anyMatch(r -> r.action() == Action.FAILED)) {
            return Kind.BOUNCE;
        }
        return recipients.stream().anyMatch(r -> r.action() == Action.DELAYED) ? Kind.DELAYED : Kind.OTHER;
    }

    private static ParsedMail complaint(MailContents mail, MailHeaders returned, FeedbackReport report) {
        Original original = Originals.of(mail.top.headers(), returned, Map.of(), report);
        if (!report.isComplaint()) {
            return new ParsedMail(Kind.OTHER, List.of(), original, "feedback " + report.type());
        }
        Set<String> addresses = new LinkedHashSet<>(report.recipients());
        if (addresses.isEmpty()) {
            addresses.addAll(Originals.addresses(returned.first("x-hmxmroriginalrecipient")));
        }
        if (addresses.isEmpty()) {
            addresses.addAll(original.to());
        }
        List<ReportedRecipient> recipients = new ArrayList<>();
        for (String address : addresses) {
            recipients.add(new ReportedRecipient(
                    address,
                    null,
                    Action.DELIVERED,
                    null,
                    null,
                    "",
                    null,
                    Category.COMPLAINT,
                    Verdict.NONE,
                    "rfc5965"));
        }
        return new ParsedMail(Kind.COMPLAINT, recipients, original, "feedback " + report.type());
    }

    /** Addresses of ours: whom the report was sent to and who sent the message. */
    private static Set<String> own(MailContents mail, MailHeaders returned) {
        Set<String> own = new HashSet<>();
        MailHeaders top = mail.top.headers();
        for (String name : List.of("to", "from", "reply-to")) {
            top.all(name).forEach(value -> own.addAll(keys(value)));
        }
        for (String name : List.of("delivered-to", "x-original-to")) {
            // Where a system notes whom it delivered to it writes a bare address; with a name it is something else.
            top.all(name).stream().filter(value -> value.indexOf('<') < 0).forEach(value -> own.addAll(keys(value)));
        }
        for (String name : List.of("from", "return-path", "sender", "reply-to")) {
            returned.all(name).forEach(value -> own.addAll(keys(value)));
        }
        return own;
    }

    private static List<String> keys(String value) {
        return Originals.addresses(value).stream().map(AddressScanner::key).toList();
    }

    private static String afterType(String field) {
        if (field == null || field.isBlank()) {
            return null;
        }
        int semicolon = field.indexOf(';');
        boolean typed = semicolon > 0
                && semicolon < 20
                && field.substring(0, semicolon).strip().indexOf(' ') < 0;
        String rest = typed ? field.substring(semicolon + 1).strip() : field.strip();
        return rest.isEmpty() ? null : rest;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
