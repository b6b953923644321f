package dev.rooster.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Reads a body that a stranger sends: none that is too large, and none that takes too long. Thread-safe. */
final class HookBody {
    private static final double NANOS_A_SECOND = 1e9;

    private final int bytesMax;
    private final HookLimits limits;
    private final LongSupplier nanos;

    /** @param nanos a clock that only goes forward */
    HookBody(int bytesMax, HookLimits limits, LongSupplier nanos) {
        this.bytesMax = bytesMax;
        this.limits = limits;
        this.nanos = nanos;
    }

    /** Why a body is not read to its end. */
    enum Trouble {
        TOO_LARGE,
        TOO_SLOW,
        /** The caller hung up. */
        BROKEN_OFF
    }

    /** Empty when all of it is in {@code body}. */
    Optional<Trouble> read(InputStream in, ByteArrayOutputStream body) {
        long began = nanos.getAsLong();
        byte[] part = new byte[16_384];
        try {
            for (int length = in.read(part); length >= 0; length = in.read(part)) {
                if (body.size() + length > bytesMax) {
                    return Optional.of(Trouble.TOO_LARGE);
                }
                body.write(part, 0, length);
                if (isTooSlow(nanos.getAsLong() - began, body.size())) {
                    return Optional.of(Trouble.TOO_SLOW);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(isTimeout(e) ? Trouble.TOO_SLOW : Trouble.BROKEN_OFF);
        }
    }

    private boolean isTooSlow(long elapsedNanos, int bytes) {
        double counted = (elapsedNanos - limits.grace().toNanos()) / NANOS_A_SECOND;
        return elapsedNanos > limits.within().toNanos() || bytes < counted * limits.bytesPerSecondMin();
    }

    /** How the server says that nothing came for too long. */
    private static boolean isTimeout(Throwable trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }
}
