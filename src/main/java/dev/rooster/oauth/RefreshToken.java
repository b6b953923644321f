package dev.rooster.oauth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The refresh token of one login, in a file or in memory. Some providers exchange it at each use (RFC 6749 §6): the new one
 * replaces the old in the file; from the environment or the settings it is lost with the process. Not thread-safe.
 */
final class RefreshToken {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshToken.class);
    private static final int FILE_BYTES_MAX = 64 * 1024;

    private final Path file;
    private String inMemory;

    RefreshToken(OAuthSettings settings) {
        this.file = settings.refreshTokenFile();
        this.inMemory = settings.refreshToken();
    }

    String read() throws TokenUnavailable {
        if (inMemory != null) {
            return inMemory;
        }
        try {
            String text = Files.size(file) > FILE_BYTES_MAX
                    ? ""
                    : Files.readString(file).strip();
            if (!AccessTokens.isToken(text)) {
                throw new TokenUnavailable(file + " holds no refresh token");
            }
            return text;
        } catch (IOException e) {
            throw new TokenUnavailable("the refresh token's file can't be read (" + e + ")");
        }
    }

    void replace(String exchanged) {
        if (file == null) {
            inMemory = exchanged;
            LOG.warn(
                    "The provider exchanged the refresh token, which a restart forgets; put it into refresh-token-file");
            return;
        }
        try {
            // createTempFile makes it readable by its owner only.
            Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), ".", ".part");
            Files.writeString(whole, exchanged + "\n");
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            inMemory = exchanged;
            LOG.warn(
                    "The exchanged refresh token can't be written to {}; it is lost at a restart: {}",
                    file,
                    e.toString());
        }
    }
}
