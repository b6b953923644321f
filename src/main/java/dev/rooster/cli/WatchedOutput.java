package dev.rooster.cli;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output that remembers what went wrong with it: a print stream swallows that, and a script would take half an export on a
 * full disk for a whole one.
 */
final class WatchedOutput extends OutputStream {
    private final OutputStream out;
    private volatile IOException failure;

    WatchedOutput(OutputStream out) {
        this.out = out;
    }

    /** Why not all was written; null when it was, or when the reader had enough ({@code | head}). */
    IOException failure() {
        IOException failed = failure;
        return failed == null || String.valueOf(failed.getMessage()).contains("Broken pipe") ? null : failed;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
