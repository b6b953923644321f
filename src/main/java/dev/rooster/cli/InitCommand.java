package dev.rooster.cli;

import dev.rooster.mail.DkimKeys;
import dev.rooster.token.KeyRing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes a new installation: commented settings, templates to change, fresh keys. */
@Command(name = "init", mixinStandardHelpOptions = true)
@CommandKind(CommandKind.Where.HERE)
final class InitCommand extends RoosterCommand {
    @Parameters(paramLabel = "DIR", descriptionKey = "init.dir")
    private Path folder;

    @Override
    protected int run(Session session) throws IOException {
        Path home = session.console().path(folder);
        Path settings = home.resolve("config/rooster.yaml");
        Path keys = home.resolve("data/keys");
        if (Files.exists(settings) || KeyRing.exists(keys)) {
            throw UserProblem.badInput(session.text("init.exists", home), session.text("init.exists.mend"));
        }
        if (Files.exists(home) && !Files.isDirectory(home)) {
            throw UserProblem.badInput(session.text("init.not-a-folder", home), session.text("init.exists.mend"));
        }
        List<Path> made = new ArrayList<>();
        PrivateKey dkim;
        try {
            dkim = make(home, keys, made);
        } catch (IOException | RuntimeException e) {
            takeAway(made);
            session.console().err().println("rooster: " + session.text("init.failed"));
            throw e;
        }
        session.console().println(session.text("init.done", home));
        session.console().println(session.text("init.dkim"));
        session.console().println("  rooster._domainkey  TXT  \"" + DkimKeys.dnsRecord(dkim) + "\"");
        return Exit.DONE;
    }

    /** @param made gets what is new, each folder before what is in it */
    private static PrivateKey make(Path home, Path keys, List<Path> made) throws IOException {
        for (Path folder : List.of(home, home.resolve("config"), home.resolve("templates"), keys.getParent(), keys)) {
            if (!Files.exists(folder) && !folder.equals(keys)) {
                Files.createDirectories(folder);
                made.add(folder);
            } else if (!Files.exists(folder)) {
                made.add(folder);
            }
        }
        KeyRing.files(keys).forEach(made::add);
        KeyRing.create(keys, new SecureRandom());
        for (String name : List.of("config/rooster.yaml", "templates/README.md")) {
            try (InputStream in = InitCommand.class.getResourceAsStream("installation/" + name)) {
                if (!Files.exists(home.resolve(name))) {
                    made.add(home.resolve(name));
                    Files.copy(in, home.resolve(name));
                }
            }
        }
        PrivateKey dkim = DkimKeys.generate(new SecureRandom());
        made.add(keys.resolve("dkim-rooster.pem"));
        writeSecret(keys.resolve("dkim-rooster.pem"), DkimKeys.toPem(dkim));
        return dkim;
    }

    private static void takeAway(List<Path> made) {
        for (int i = made.size() - 1; i >= 0; i--) {
            try {
                Files.deleteIfExists(made.get(i));
            } catch (IOException e) {
                // a folder that holds something of somebody else's stays
            }
        }
    }

    private static void writeSecret(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }
}
