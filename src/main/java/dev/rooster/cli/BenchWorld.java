package dev.rooster.cli;

import dev.rooster.issue.IssueId;
import dev.rooster.language.Language;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A throw-away installation with many people of example domains and one personal Korean issue of a wanted size, whose relay is on
 * loopback. Closing it deletes the folder; a database given by URL keeps its rows.
 */
final class BenchWorld implements AutoCloseable {
    private static final List<String> SENTENCES = List.of(
            "이번 주에는 **'일하는 AI'**가 어느새 결재선 안으로 들어온 이야기를 먼저 살펴봅니다.",
            "열 번 맞힌 도구를 열한 번째에도 의심하기란 쉽지 않습니다.",
            "그래서 \"얼마나 많이 맡길까\"보다 **\"어디에서 멈추게 할까\"**를 먼저 정합니다.",
            "거대한 모델이 신기록을 세우는 동안 작은 모델(SLM)은 조용히 자리를 넓히고 있습니다.",
            "자세한 내용은 [새벽일보의 기사](https://example.com/news/2026/12/02)에서 볼 수 있습니다.");

    private final Path home;
    private final App app;
    private final Language language;

    private BenchWorld(Path home, App app, Language language) {
        this.home = home;
        this.app = app;
        this.language = language;
    }

    /** What the installation is made for. */
    record Plan(int relayPort, int connections, boolean signed, String databaseUrl) {}

    static BenchWorld create(Plan plan, Language language) throws IOException {
        Path home = Files.createTempDirectory("rooster-bench-");
        Map<String, String> environment = new HashMap<>(Map.of(
                "ROOSTER_SMTP_HOST",
                "127.0.0.1",
                "ROOSTER_SMTP_PORT",
                Integer.toString(plan.relayPort()),
                "ROOSTER_SMTP_TLS",
                "none",
                "ROOSTER_SMTP_CONNECTIONS",
                Integer.toString(plan.connections())));
        if (plan.databaseUrl() != null) {
            environment.put("ROOSTER_DATABASE_URL", plan.databaseUrl());
        }
        App app = new App(home, environment, InstantSource.system());
        BenchWorld world = new BenchWorld(home, app, language);
        try {
            world.command("init", home.toString());
            if (plan.signed()) {
                world.sign();
            }
            if (plan.databaseUrl() != null) {
                world.command("db", "migrate");
            }
            return world;
        } catch (IOException | RuntimeException | Error e) {
            world.close();
            throw e;
        }
    }

    /** Takes the comment marks off the part that has mails signed. */
    private void sign() throws IOException {
        Path file = home.resolve("config/rooster.yaml");
        Files.writeString(
                file, Files.readString(file).replaceAll("(?m)^(    )# (dkim:|  key: data/keys|  selector:)", "$1$2"));
    }

    App app() {
        return app;
    }

    /** Imports so many people, as an operator would. */
    void people(long count) throws IOException {
        Path file = home.resolve("people.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("email,name\n");
            for (long i = 1; i <= count; i++) {
                out.write("reader" + i + "@mail" + i % 500 + ".example.org,구독자 " + i + "\n");
            }
        }
        command("subscriber", "import", file.toString());
        Files.delete(file);
    }

    /**
     * Adds an issue whose mail is about so large.
     *
     * @return the bytes of the mail that one of its readers gets
     */
    int issue(int bytes) throws IOException {
        int sentences = bytes / 400;
        int size = 0;
        for (int tries = 0; tries < 3; tries++) {
            size = size(add(sentences, tries > 0));
            if (Math.abs(size - bytes) < bytes / 50) {
                break;
            }
            sentences = Math.max(1, (int) ((long) sentences * bytes / size));
        }
        return size;
    }

    private Path add(int sentences, boolean again) throws IOException {
        Path file = home.resolve("bench.md");
        StringBuilder text = new StringBuilder("""
                ---
                제목: 얼마나 빨리 나가는지 재어 보는 호
                메일제목: 얼마나 빨리 나가는지 재어 보는 호
                미리보기: 받는 사람마다 다른 한 통을 만들어 보냅니다
                날짜: 2026. 12. 2.
                ---

                """);
        for (int i = 0; i < sentences; i++) {
            if (i % 60 == 30) {
                text.append("\n\n## 주제 ").append(i / 60 + 1).append("\n\n");
            }
            text.append(SENTENCES.get(i % SENTENCES.size())).append(i % 6 == 5 ? "\n\n" : " ");
        }
        Files.writeString(file, text);
        if (again) {
            command("issue", "add", file.toString(), "--replace", "1");
        } else {
            command("issue", "add", file.toString());
        }
        Path mail = home.resolve("bench.eml");
        command("issue", "preview", "1", "--eml", mail.toString());
        return mail;
    }

    private static int size(Path mail) throws IOException {
        return Math.toIntExact(Files.size(mail));
    }

    static IssueId issueId() {
        return new IssueId(1);
    }

    private void command(String... args) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Console console = new Console(InputStream.nullInputStream(), out, out, home, false, 100, language);
        int exit = new Commands(console, false).run(List.of(args), () -> app, where -> Commands.Answer.notRunning());
        if (exit != Exit.DONE) {
            throw UserProblem.failed(String.join(" ", args) + ": " + said.toString(StandardCharsets.UTF_8), null);
        }
    }

    /** The bytes of the database's file; 0 for a database elsewhere. */
    long fileBytes() throws IOException {
        Path file = app.data().resolve("rooster.mv.db");
        return Files.exists(file) ? Files.size(file) : 0;
    }

    @Override
    public void close() throws IOException {
        app.close();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
