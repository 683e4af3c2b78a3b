package dev.jcompose.engine.memory;

import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives memory back to the system after operations.
 *
 * <p>Of the heap: with a young generation as small as the engine's, some of what an operation has left moves to the old
 * one, where nothing looks before that is full: ten times up and down of 50 containers left 50 MB. A collection takes
 * some 20 ms, and what it gives back has to be had again: so it waits until the heap has not grown for a while.
 *
 * <p>Of files that are mapped: see {@link FilePages}.
 */
public final class MemoryReturn {
    private static final Logger log = LoggerFactory.getLogger(MemoryReturn.class);

    private final Linux linux;
    private final FilePages pages;
    private final Growth heap;
    private final Growth files;

    /** @param pages those that may go */
    public MemoryReturn(Linux linux, FilePages pages, Clock clock) {
        this.linux = linux;
        this.pages = pages;
        this.heap = new Growth(1 << 20, clock);
        this.files = new Growth(8 << 20, clock);
    }

    /** Gives back what has grown since the last time and does not grow any more; called once a second or so. */
    public void check() {
        try {
            heap.now(Runtime.getRuntime().totalMemory());
            files.now(FilePages.residentBytes());
            if (heap.isOver() || files.isOver()) {
                if (heap.matters()) {
                    System.gc();
                }
                // Afterwards, because a collection uses many of them.
                pages.release(linux);
                heap.restart(Runtime.getRuntime().totalMemory());
                files.restart(FilePages.residentBytes());
            }
        } catch (IOException e) {
            log.debug("memory is not given back: {}", e.getMessage());
        }
    }
}
