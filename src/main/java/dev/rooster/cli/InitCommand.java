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
        Files.createDirectories(settings.getParent());
        Files.createDirectories(home.resolve("templates"));
        KeyRing.create(keys, new SecureRandom());
        for (String name : List.of("config/rooster.yaml", "templates/README.md")) {
            try (InputStream in = InitCommand.class.getResourceAsStream("installation/" + name)) {
                Files.copy(in, home.resolve(name));
            }
        }
        PrivateKey dkim = DkimKeys.generate(new SecureRandom());
        writeSecret(keys.resolve("dkim-rooster.pem"), DkimKeys.toPem(dkim));
        session.console().println(session.text("init.done", home));
        session.console().println(session.text("init.dkim"));
        session.console().println("  rooster._domainkey  TXT  \"" + DkimKeys.dnsRecord(dkim) + "\"");
        return Exit.DONE;
    }

    private static void writeSecret(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }
}
