package dev.rooster.sandbox;

import dev.rooster.mail.SmtpCommand;
import dev.rooster.sandbox.PeerRule.Moment;
import dev.rooster.sandbox.PeerRule.Reaction;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;

/** The server's side of one SMTP conversation: one state machine, run by one thread. */
final class PeerConnection implements Runnable {
    private static final Pattern MAIL = Pattern.compile("MAIL FROM:<([^<>]*)>((?: \\S+)*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern RCPT = Pattern.compile("RCPT TO:<([^<>]+)>((?: \\S+)*)", Pattern.CASE_INSENSITIVE);

    private final ScriptedSmtpPeer peer;
    private final PeerScript script;
    private final int number;
    private Socket socket;
    private PeerStreams streams;
    private boolean tls;
    private boolean loggedIn;
    private boolean greeted;
    private int messages;
    private String mailFrom;
    private List<String> mailParameters = List.of();
    private final List<String> rcpts = new ArrayList<>();
    private final List<String> rcptParameters = new ArrayList<>();
    private boolean open = true;

    PeerConnection(ScriptedSmtpPeer peer, PeerScript script, int number, Socket socket) {
        this.peer = peer;
        this.script = script;
        this.number = number;
        this.socket = socket;
    }

    @Override
    public void run() {
        try {
            if (script.implicitTls()) {
                upgrade();
            }
            streams = new PeerStreams(socket, script.cutAfterOctetsIn(), script.cutAfterOctetsOut());
            greet();
            while (open) {
                String line = streams.line();
                peer.heard(line);
                obey(line);
            }
            streams.flush();
        } catch (PeerStreams.Cut cut) {
            flushQuietly();
        } catch (IOException e) {
            // The client has gone, or the peer is being closed: this connection has nothing left to do.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
            peer.ended(this);
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Closed is what it should be.
        }
    }

    private void flushQuietly() {
        try {
            streams.flush();
        } catch (IOException e) {
            // The client has gone first.
        }
    }

    private void greet() throws IOException, InterruptedException {
        if (peer.openConnections() > script.connectionsMax()) {
            streams.say("421 4.7.0 peer.test too many connections\r\n");
            open = false;
            return;
        }
        answer(SmtpCommand.CONNECT, null, "220 peer.test ESMTP");
    }

    private void obey(String line) throws IOException, InterruptedException {
        String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        boolean pipelined = streams.hasReadAhead();
        boolean mayBePipelined = verb.equals("MAIL") || verb.equals("RCPT") || verb.equals("RSET");
        if (pipelined && !(mayBePipelined && script.offers("PIPELINING"))) {
            peer.violation("did not wait for the reply to " + verb);
        }
        switch (verb) {
            case "EHLO", "HELO" -> ehlo(verb);
            case "STARTTLS" -> startTls();
            case "AUTH" -> auth(line);
            case "MAIL" -> mail(line);
            case "RCPT" -> rcpt(line);
            case "DATA" -> data();
            case "RSET" -> {
                if (answer(SmtpCommand.RSET, null, "250 2.0.0 Ok")) {
                    forget();
                }
            }
            case "NOOP" -> streams.say("250 2.0.0 Ok\r\n");
            case "QUIT" -> {
                answer(SmtpCommand.QUIT, null, "221 2.0.0 Bye");
                open = false;
            }
            default -> {
                peer.violation("unknown command: " + line);
                streams.say("500 5.5.1 what?\r\n");
            }
        }
    }

    private void ehlo(String verb) throws IOException, InterruptedException {
        forget();
        greeted = true;
        if (verb.equals("HELO")) {
            answer(SmtpCommand.EHLO, null, "250 peer.test");
            return;
        }
        List<String> lines = new ArrayList<>(List.of("peer.test"));
        lines.addAll(script.extensions());
        if (script.certificate() != null && !script.implicitTls() && !tls) {
            lines.add("STARTTLS");
        }
        if (script.user() != null) {
            lines.add("AUTH " + script.mechanisms());
        }
        StringBuilder reply = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            reply.append(i == 0 ? "" : "\r\n").append(i == lines.size() - 1 ? "250 " : "250-");
            reply.append(lines.get(i));
        }
        answer(SmtpCommand.EHLO, null, reply.toString());
    }

    private void startTls() throws IOException, InterruptedException {
        if (!answer(SmtpCommand.STARTTLS, null, "220 2.0.0 go ahead")) {
            return;
        }
        streams.flush();
        upgrade();
        streams.moveTo(socket);
        greeted = false;
        loggedIn = false;
    }

    private void upgrade() throws IOException {
        SSLSocket secure = (SSLSocket)
                script.certificate().context().getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        secure.setUseClientMode(false);
        secure.startHandshake();
        socket = secure;
        tls = true;
    }

    private void auth(String line) throws IOException, InterruptedException {
        String[] words = line.split(" ");
        String mechanism = words.length > 1 ? words[1].toUpperCase(Locale.ROOT) : "";
        String initial = words.length > 2 ? decode(words[2]) : null;
        boolean right;
        if (mechanism.equals("LOGIN")) {
            String user = initial == null ? ask("VXNlcm5hbWU6") : initial;
            right = script.user().equals(user) & script.secret().equals(ask("UGFzc3dvcmQ6"));
        } else {
            String credentials = initial == null ? ask("") : initial;
            right = mechanism.equals("PLAIN")
                    ? credentials.endsWith("\0" + script.user() + "\0" + script.secret())
                    : credentials.equals("user=" + script.user() + "\1auth=Bearer " + script.secret() + "\1\1");
        }
        if (!right && mechanism.equals("XOAUTH2")) {
            ask(Base64.getEncoder().encodeToString("{\"status\":\"401\"}".getBytes(StandardCharsets.UTF_8)));
        }
        loggedIn = answer(SmtpCommand.AUTH, null, right ? "235 2.7.0 welcome" : "535 5.7.8 authentication failed")
                && right;
    }

    private String ask(String challenge) throws IOException {
        streams.say("334 " + challenge + "\r\n");
        return decode(streams.line());
    }

    private static String decode(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private void mail(String line) throws IOException, InterruptedException {
        Matcher matcher = MAIL.matcher(line);
        if (!matcher.matches()) {
            peer.violation("malformed: " + line);
            streams.say("501 5.5.4 syntax\r\n");
            return;
        }
        String refusal = refusalOfMail(line, matcher.group(2));
        if (answer(SmtpCommand.MAIL, null, refusal == null ? "250 2.1.0 Ok" : refusal) && refusal == null) {
            mailFrom = matcher.group(1);
            mailParameters = words(matcher.group(2));
        }
    }

    private String refusalOfMail(String line, String parameters) {
        if (!greeted) {
            return "503 5.5.1 say EHLO first";
        }
        if (mailFrom != null) {
            peer.violation("MAIL inside a transaction");
            return "503 5.5.1 nested MAIL command";
        }
        if (script.user() != null && !loggedIn) {
            return "530 5.7.0 authentication required";
        }
        if (messages >= script.messagesPerConnection()) {
            open = false;
            return "421 4.7.0 peer.test too many messages on this connection";
        }
        return refusalOfParameters(line, parameters);
    }

    private String refusalOfParameters(String line, String parameters) {
        for (String word : words(parameters)) {
            String name = word.split("=", 2)[0].toUpperCase(Locale.ROOT);
            String extension = switch (name) {
                case "RET", "ENVID", "NOTIFY", "ORCPT" -> "DSN";
                case "BODY" -> "8BITMIME";
                default -> name;
            };
            if (!script.offers(extension)) {
                peer.violation("parameter that was not offered: " + line);
                return "555 5.5.4 unsupported parameter";
            }
        }
        return null;
    }

    private static List<String> words(String parameters) {
        return parameters.isBlank() ? List.of() : List.of(parameters.strip().split(" "));
    }

    private void rcpt(String line) throws IOException, InterruptedException {
        Matcher matcher = RCPT.matcher(line);
        if (!matcher.matches()) {
            peer.violation("malformed: " + line);
            streams.say("501 5.5.4 syntax\r\n");
            return;
        }
        String rcpt = matcher.group(1);
        String refusal = mailFrom == null ? "503 5.5.1 say MAIL first" : refusalOfParameters(line, matcher.group(2));
        if (refusal == null && peer.isGreylisted(mailFrom, rcpt)) {
            refusal = "450 4.2.0 <" + rcpt + ">: greylisted";
        }
        if (answer(SmtpCommand.RCPT, rcpt, refusal == null ? "250 2.1.5 Ok" : refusal) && refusal == null) {
            rcpts.add(rcpt);
            rcptParameters.addAll(words(matcher.group(2)));
        }
    }

    private void data() throws IOException, InterruptedException {
        String refusal = rcpts.isEmpty() ? "554 5.5.1 no valid recipients" : null;
        if (!answer(SmtpCommand.DATA, null, refusal == null ? "354 go ahead" : refusal)) {
            return;
        }
        boolean eightBit = mailParameters.stream().anyMatch(word -> word.equalsIgnoreCase("BODY=8BITMIME"));
        PeerBody body = new PeerBody(streams, script.octetsKept(), eightBit, peer::violation);
        byte[] octets = body.read();
        if (streams.hasReadAhead() && !script.offers("PIPELINING")) {
            peer.violation("did not wait for the reply to the message");
        }
        messages++;
        PeerMessage message = new PeerMessage(
                number,
                mailFrom == null ? "" : mailFrom,
                mailParameters,
                List.copyOf(rcpts),
                List.copyOf(rcptParameters),
                octets,
                body.size());
        String rcpt = rcpts.isEmpty() ? null : rcpts.get(rcpts.size() - 1);
        Reaction reaction = script.reactionTo(new Moment(SmtpCommand.BODY, number, mailFrom, rcpt));
        if (reaction instanceof Reaction.Hold hold) {
            streams.flush();
            peer.await(hold.until(), hold.longest());
            reaction = null;
        }
        forget();
        if (reaction instanceof Reaction.Cut cut) {
            if (cut.accepting()) {
                peer.accept(message);
            }
            throw new PeerStreams.Cut();
        }
        if (reaction instanceof Reaction.Say say) {
            if (say.wire().startsWith("2")) {
                peer.accept(message);
            }
            say(say);
            return;
        }
        if (message.rcpts().isEmpty()) {
            streams.say("554 5.5.1 no valid recipients\r\n");
            return;
        }
        long queued = peer.accept(message);
        streams.say("250 2.0.0 Ok: queued as P" + queued + "\r\n");
    }

    /**
     * Says what the script says here, or else the usual.
     *
     * @return whether the answer was positive (2xx or 3xx)
     */
    private boolean answer(SmtpCommand command, String rcpt, String usual) throws IOException, InterruptedException {
        String about = rcpt != null || rcpts.isEmpty() ? rcpt : rcpts.get(rcpts.size() - 1);
        Reaction reaction = script.reactionTo(new Moment(command, number, mailFrom, about));
        if (reaction instanceof Reaction.Say say) {
            say(say);
            return say.wire().startsWith("2") || say.wire().startsWith("3");
        }
        if (reaction instanceof Reaction.Cut) {
            throw new PeerStreams.Cut();
        }
        if (reaction instanceof Reaction.CutInBody cut) {
            streams.say("354 go ahead\r\n");
            streams.skipThenCut(cut.octets());
        }
        if (reaction instanceof Reaction.Hold hold) {
            streams.flush();
            peer.await(hold.until(), hold.longest());
        }
        streams.say(usual + "\r\n");
        return usual.startsWith("2") || usual.startsWith("3");
    }

    private void say(Reaction.Say say) throws IOException {
        streams.say(say.wire());
        if (say.thenCut()) {
            throw new PeerStreams.Cut();
        }
    }

    private void forget() {
        mailFrom = null;
        mailParameters = List.of();
        rcpts.clear();
        rcptParameters.clear();
    }
}
