package dev.rooster.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Shows a file in the program that the desktop has for it, where there is a desktop.
 *
 * @param environment where the desktop and its programs are looked for
 * @param system name of the operating system, as in the property {@code os.name}
 */
record DesktopOpener(Map<String, String> environment, String system) {
    private static final long WAIT_SECONDS_MAX = 5;

    static DesktopOpener ofThisProcess() {
        return new DesktopOpener(System.getenv(), System.getProperty("os.name", ""));
    }

    /** Asks for the file to be shown; false when there is nobody to ask, or the asked one refuses. */
    boolean open(Path file) {
        Optional<List<String>> command = command(file);
        if (command.isEmpty()) {
            return false;
        }
        try {
            Process process = new ProcessBuilder(command.get())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // some openers stay as long as the program they started: that is no refusal
            return !process.waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What would be run; empty when there is no desktop. */
    Optional<List<String>> command(Path file) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return Optional.of(List.of("/usr/bin/open", file.toString()));
        }
        if (name.startsWith("windows")) {
            return Optional.of(List.of(
                    "rundll32", "url.dll,FileProtocolHandler", file.toUri().toString()));
        }
        boolean desktop = environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
        return desktop
                ? program("xdg-open").map(program -> List.of(program.toString(), file.toString()))
                : Optional.empty();
    }

    private Optional<Path> program(String name) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
                return Optional.of(Path.of(folder, name));
            }
        }
        return Optional.empty();
    }
}
