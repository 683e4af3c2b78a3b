package dev.jcompose.images.transfer;

import dev.jcompose.images.oci.Digest;
import java.util.HashMap;
import java.util.Map;

/** Hands events on one by one, and of those that only count bytes no more than anybody wants to see. Thread-safe. */
final class Progress {
    private static final long INTERVAL_NANOS = 100_000_000;

    private final TransferListener listener;
    private final Map<String, Long> last = new HashMap<>();

    Progress(TransferListener listener) {
        this.listener = listener;
    }

    synchronized void image(String sentence) {
        listener.on(TransferEvent.image(sentence));
    }

    synchronized void layer(Digest digest, String action) {
        last.remove(digest.hex());
        listener.on(TransferEvent.of(digest.shortHex(), action));
    }

    synchronized void bytes(Digest digest, String action, long current, long total) {
        long now = System.nanoTime();
        Long before = last.get(digest.hex());
        if (before == null || now - before >= INTERVAL_NANOS) {
            last.put(digest.hex(), now);
            listener.on(new TransferEvent(digest.shortHex(), action, current, total));
        }
    }
}
