package dev.rooster.subscriber.csv;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes a window on a thread of its own, in transactions of {@value JdbiImportBatch#ROWS_MAX} rows, while its caller reads the
 * next. For one caller, who lets go of a window from {@link #begin} to {@link #await}; closing it waits for what was begun.
 */
final class WriteWindow implements AutoCloseable {
    private final JdbiImportBatch batches;
    private final ReadRow reader;
    private final boolean dryRun;
    private final ImportProgress progress;
    private final long total;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "rooster-import"));
    private Future<Written> running;
    private long rowsBefore;

    /**
     * @param reader for the thread that writes, and nobody else
     * @param total rows in the file
     */
    WriteWindow(JdbiImportBatch batches, ReadRow reader, boolean dryRun, ImportProgress progress, long total) {
        this.batches = batches;
        this.reader = reader;
        this.dryRun = dryRun;
        this.progress = progress;
        this.total = total;
    }

    /**
     * What became of a window.
     *
     * @param window which knows the rows that were left out
     * @param changes how many of the other rows did what
     */
    record Written(ImportWindow window, Map<ImportChange, Integer> changes) {}

    /**
     * Begins to write; what was begun before has been waited for.
     *
     * @param rows of the file up to the window's end, bad ones included
     */
    void begin(ImportWindow window, long rows) {
        long before = rowsBefore;
        rowsBefore = rows;
        running = thread.submit(() -> write(window, before, rows));
    }

    /** Waits for the window that was begun; empty when there is none. */
    Optional<Written> await() {
        if (running == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(running.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the import was interrupted; run again, it takes the rest", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("rows could not be written", e.getCause());
        } finally {
            running = null;
        }
    }

    private Written write(ImportWindow window, long before, long rows) {
        Map<ImportChange, Integer> changes = new EnumMap<>(ImportChange.class);
        int[] order = window.inOrder();
        for (int done = 0; done < order.length; ) {
            int next = Math.min(order.length, done + JdbiImportBatch.ROWS_MAX);
            List<ImportRow.Person> batch = new ArrayList<>(next - done);
            for (int i = done; i < next; i++) {
                batch.add(window.get(order[i], reader));
            }
            List<DecideRow.Decision> decisions = batches.apply(batch, dryRun);
            for (int i = done; i < next; i++) {
                DecideRow.Decision decision = decisions.get(i - done);
                if (decision.change() == null) {
                    window.leaveOut(order[i], decision.problem());
                } else {
                    changes.merge(decision.change(), 1, Integer::sum);
                }
            }
            done = next;
            progress.at(before + (rows - before) * done / order.length, total);
        }
        return new Written(window, changes);
    }

    /** Not interrupted: what is being written is not to be torn, and ends soon. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            await();
        } catch (RuntimeException e) {
            // its caller is on the way out with a failure already, and the next run takes these rows
        }
    }
}
