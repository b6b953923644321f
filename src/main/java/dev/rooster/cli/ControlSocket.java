package dev.rooster.cli;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the running process of an installation listens: {@code data/control.sock}, or, where that path is longer than the
 * system allows for a socket (about 100 bytes), a private temporary folder that {@code data/control.path} names.
 */
final class ControlSocket {
    private static final int PATH_BYTES_MAX = 100;

    private final Path socket;
    private final Path pointer;

    private ControlSocket(Path socket, Path pointer) {
        this.socket = socket;
        this.pointer = pointer;
    }

    static ControlSocket of(Path data) {
        return new ControlSocket(data.resolve("control.sock"), data.resolve("control.path"));
    }

    /** The address to connect to; null when no process has listened here. */
    UnixDomainSocketAddress find() throws IOException {
        if (Files.exists(socket)) {
            return UnixDomainSocketAddress.of(socket);
        }
        if (Files.exists(pointer)) {
            return UnixDomainSocketAddress.of(Files.readString(pointer).strip());
        }
        return null;
    }

    /** The address to bind, with what a dead process left there cleared away. */
    UnixDomainSocketAddress claim() throws IOException {
        clear();
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= PATH_BYTES_MAX) {
            return UnixDomainSocketAddress.of(socket);
        }
        Path folder = Files.createTempDirectory("rooster-");
        Path elsewhere = folder.resolve("control.sock");
        Files.writeString(pointer, elsewhere.toString());
        return UnixDomainSocketAddress.of(elsewhere);
    }

    void clear() throws IOException {
        if (Files.exists(pointer)) {
            Path elsewhere = Path.of(Files.readString(pointer).strip());
            Files.deleteIfExists(elsewhere);
            Files.deleteIfExists(elsewhere.getParent());
            Files.delete(pointer);
        }
        Files.deleteIfExists(socket);
    }
}
