package dev.rooster.cli;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of the drill: this program, on the drill's installation. It never outlives the drill. */
final class DrillNode implements AutoCloseable {
    private static final long DYING_SECONDS_MAX = 20;

    private final Process process;
    private final long startedNanos = System.nanoTime();

    private DrillNode(Process process) {
        this.process = process;
    }

    /** @param log gets what the process says, after what is there */
    static DrillNode start(Path home, Path log, List<String> command) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-D" + EndWithParent.PROPERTY + "=true",
                Main.class.getName(),
                "--home",
                home.toString(),
                "--lang",
                "en"));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // settings come from the drill's file alone: nothing here may name a real relay or database
        builder.environment().keySet().removeIf(name -> name.startsWith("ROOSTER_"));
        builder.environment().put("CLASSPATH", classPath());
        return new DrillNode(builder.start());
    }

    /** Where this program was loaded from: a loader that was given addresses, or the class path. */
    private static String classPath() {
        List<String> absolute = new ArrayList<>();
        if (Main.class.getClassLoader() instanceof URLClassLoader loader) {
            for (URL url : loader.getURLs()) {
                absolute.add(Path.of(URI.create(url.toString())).toString());
            }
        }
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
            absolute.add(new File(part).getAbsolutePath());
        }
        return String.join(File.pathSeparator, absolute);
    }

    boolean alive() {
        return process.isAlive();
    }

    /** The exit code of a process that has ended. */
    int exit() {
        return process.exitValue();
    }

    double secondsSinceStart() {
        return (System.nanoTime() - startedNanos) / 1e9;
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(DYING_SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** SIGTERM, and SIGKILL if that does not help. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(DYING_SECONDS_MAX, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
