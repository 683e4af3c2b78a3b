package dev.jcompose.images.transfer;

/**
 * A step of a pull or push.
 *
 * @param layer the first twelve digits of the layer's digest; empty for the image as a whole
 * @param action one of the constants of {@link Action}, or another sentence about the image
 * @param currentBytes so far
 * @param totalBytes 0 if the action has no size
 */
public record TransferEvent(String layer, String action, long currentBytes, long totalBytes) {

    /** The vocabulary, as Docker has it. */
    public static final class Action {
        public static final String PULLING_LAYER = "Pulling fs layer";
        public static final String WAITING = "Waiting";
        public static final String DOWNLOADING = "Downloading";
        public static final String RETRYING = "Retrying";
        public static final String DOWNLOADED = "Download complete";
        public static final String EXTRACTING = "Extracting";
        public static final String PULLED = "Pull complete";
        public static final String EXISTS = "Already exists";
        public static final String PREPARING = "Preparing";
        public static final String PUSHING = "Pushing";
        public static final String PUSHED = "Pushed";
        public static final String MOUNTED = "Mounted from";
        public static final String THERE = "Layer already exists";

        private Action() {}
    }

    /** A step of a layer without a size. */
    public static TransferEvent of(String layer, String action) {
        return new TransferEvent(layer, action, 0, 0);
    }

    /** About the image as a whole. */
    public static TransferEvent image(String sentence) {
        return of("", sentence);
    }
}
