package dev.rooster.inbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** As much of an IMAP server as logging in and IDLE need (RFC 9051, RFC 2177), with a mailbox that grows on command. */
final class ScriptedImapPeer implements AutoCloseable {
    private final ServerSocket server;
    private final String capabilities;
    /** Commands as they come, without their tags: "IDLE", "DONE", "NOOP" … */
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private volatile String goodLogin = "";
    private volatile int mails;
    private volatile Socket client;

    ScriptedImapPeer(String capabilities) {
        try {
            this.server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.capabilities = capabilities;
        Thread thread = new Thread(this::accept, "scripted-imap");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Takes only this base64 response of AUTHENTICATE; any, if it is empty. */
    ScriptedImapPeer takes(String response) {
        goodLogin = response;
        return this;
    }

    /** One more mail is there, and whoever idles is told. */
    void mail() throws IOException {
        mails++;
        send("* " + mails + " EXISTS");
    }

    void hangUp() throws IOException {
        client.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                client = server.accept();
                converse(new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1)));
            } catch (IOException e) {
                // The client or the test is gone.
            }
        }
    }

    private void converse(BufferedReader in) throws IOException {
        send("* OK [CAPABILITY " + capabilities + "] ready");
        String idling = null;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals("DONE")) {
                heard.add("DONE");
                send(idling + " OK IDLE ended");
                continue;
            }
            String[] words = line.split(" ", 3);
            String command = words[1].toUpperCase(Locale.ROOT);
            if (command.equals("IDLE")) {
                idling = words[0];
                send("+ idling");
                heard.add(command); // only now is it one that a new mail ends
            } else {
                heard.add(command);
                answer(words[0], command, line, in);
            }
        }
    }

    private void answer(String tag, String command, String line, BufferedReader in) throws IOException {
        switch (command) {
            case "CAPABILITY" -> send("* CAPABILITY " + capabilities);
            case "LIST" -> send("* LIST () \"/\" INBOX");
            case "SELECT", "EXAMINE" -> {
                send("* FLAGS (\\Deleted)");
                send("* " + mails + " EXISTS");
                send("* 0 RECENT");
                send("* OK [UIDVALIDITY 1] .");
            }
            case "AUTHENTICATE" -> {
                String response = line.split(" ").length > 3 ? line.split(" ")[3] : ask(in);
                if (!goodLogin.isEmpty() && !response.equals(goodLogin)) {
                    send("+ eyJzdGF0dXMiOiI0MDEifQ==");
                    in.readLine();
                    send(tag + " NO [AUTHENTICATIONFAILED] invalid token");
                    return;
                }
            }
            default -> List.of();
        }
        send(tag + " OK done");
    }

    private String ask(BufferedReader in) throws IOException {
        send("+ ");
        return in.readLine();
    }

    private synchronized void send(String line) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (client != null) {
            client.close();
        }
    }
}
