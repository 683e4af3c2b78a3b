package dev.jcompose.images.transfer;

/** Is told how a pull or push goes on; called from several threads, though not at the same time. */
@FunctionalInterface
public interface TransferListener {
    /** Hears nothing. */
    TransferListener NONE = event -> {};

    void on(TransferEvent event);
}
