package dev.rooster.cli;

import me.tongfei.progressbar.ProgressBarConsumer;

/** Where no terminal watches. */
final class NoProgress implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
        return 0;
    }

    @Override
    public void accept(String rendered) {}

    @Override
    public void close() {}
}
