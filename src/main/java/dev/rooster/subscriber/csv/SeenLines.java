package dev.rooster.subscriber.csv;

/**
 * Which line of a file first named a person: a map from public id to line in 12 bytes an entry and spare room, so that a
 * million rows fit in 24 MB. Not thread-safe.
 */
final class SeenLines {
    private static final int CAPACITY_FIRST = 1 << 12;

    private long[] ids = new long[CAPACITY_FIRST];
    private int[] lines = new int[CAPACITY_FIRST];
    private int size;

    /**
     * Notes a line unless the person was seen before.
     *
     * @param line from 1
     * @return the line that was noted first; 0 when this is the first
     */
    int putIfAbsent(long publicId, int line) {
        int slot = slot(ids, lines, publicId);
        if (lines[slot] != 0) {
            return lines[slot];
        }
        ids[slot] = publicId;
        lines[slot] = line;
        if (++size > ids.length / 2) {
            grow();
        }
        return 0;
    }

    private static int slot(long[] ids, int[] lines, long publicId) {
        int mask = ids.length - 1;
        // public ids are hashes already: their lower bits are as good as any
        int slot = (int) publicId & mask;
        while (lines[slot] != 0 && ids[slot] != publicId) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] moreIds = new long[ids.length * 2];
        int[] moreLines = new int[ids.length * 2];
        for (int i = 0; i < ids.length; i++) {
            if (lines[i] != 0) {
                int slot = slot(moreIds, moreLines, ids[i]);
                moreIds[slot] = ids[i];
                moreLines[slot] = lines[i];
            }
        }
        ids = moreIds;
        lines = moreLines;
    }
}
