package dev.jcompose.images.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;

/** A file as the body of a request, with a count of what has gone. */
final class CountedBody implements HttpRequest.BodyPublisher {
    private final long length;
    private final HttpRequest.BodyPublisher publisher;

    /** @throws UncheckedIOException if the file is not there */
    CountedBody(Path file, LongConsumer sent) {
        try {
            length = Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        publisher = HttpRequest.BodyPublishers.ofInputStream(() -> open(file, sent));
    }

    private static InputStream open(Path file, LongConsumer sent) {
        sent.accept(0);
        try {
            return new Counted(Files.newInputStream(file), sent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        publisher.subscribe(subscriber);
    }

    private static final class Counted extends FilterInputStream {
        private final LongConsumer sent;
        private long count;

        Counted(InputStream in, LongConsumer sent) {
            super(in);
            this.sent = sent;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            if (read > 0) {
                count += read;
                sent.accept(count);
            }
            return read;
        }
    }
}
