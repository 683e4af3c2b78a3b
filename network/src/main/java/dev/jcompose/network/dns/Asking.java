package dev.jcompose.network.dns;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * A client in this process.
 *
 * @param tcp whether to treat it as one that asks over TCP, which takes answers of any length
 * @param answer what it is answered, completed once
 */
record Asking(boolean tcp, CompletableFuture<byte[]> answer) implements Client {

    @Override
    public void answer(byte[] message, int length) {
        answer.complete(Arrays.copyOf(message, length));
    }

    @Override
    public Client later() {
        return this;
    }
}
