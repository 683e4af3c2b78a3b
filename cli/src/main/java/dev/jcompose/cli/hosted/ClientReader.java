package dev.jcompose.cli.hosted;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.jcompose.cli.delegate.Frame;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Takes what a client sends while its command runs, until one of the two is gone. */
final class ClientReader implements Runnable {
    private final DataInputStream in;
    private final ClientInput input;
    private final ClientSignals signals;
    private final Runnable cancel;

    /** Begins nothing yet; {@code cancel} is called when the client wants the command to end. */
    ClientReader(InputStream in, ClientInput input, ClientSignals signals, Runnable cancel) {
        this.in = new DataInputStream(in);
        this.input = input;
        this.signals = signals;
        this.cancel = cancel;
    }

    @Override
    @SuppressWarnings("EmptyCatch") // either side may end at any time
    public void run() {
        try {
            while (true) {
                int type = in.read();
                if (type < 0) {
                    throw new EOFException();
                }
                in.skipNBytes(3);
                byte[] data = in.readNBytes(in.readInt());
                if (type == Frame.STDIN) {
                    input.received(data);
                } else if (type == Frame.SIGNAL && !signals.received(new String(data, US_ASCII))) {
                    cancel.run();
                }
            }
        } catch (IOException e) {
            // The client is gone, and waits for nothing any more.
        }
        input.end();
        cancel.run();
    }
}
