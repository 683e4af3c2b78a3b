package dev.jcompose.network.dns;

import dev.jcompose.linux.DatagramBatch;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.SocketCalls;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries over UDP: what waits is received with one system call, answered where it lies, and what is known at once
 * leaves with another. That is why no channel of netty's is here, only its event loop: objects for each datagram, and a
 * way through a pipeline, take longer than all the rest.
 */
final class UdpSocket implements EpollIoHandle {
    private static final Logger log = LoggerFactory.getLogger(UdpSocket.class);

    private final Fd socket;
    private final FileDescriptor descriptor;
    private final SocketCalls calls;
    private final DatagramBatch batch;
    private final ContainerResolver resolver;
    private final byte[] query;
    private @Nullable IoRegistration registration;

    /**
     * @param socket that does not block; taken over
     * @param batch may be shared by all that have the same event loop
     */
    UdpSocket(Fd socket, SocketCalls calls, DatagramBatch batch, ContainerResolver resolver) {
        this.socket = socket.move();
        this.descriptor = new FileDescriptor(this.socket.number());
        this.calls = calls;
        this.batch = batch;
        this.resolver = resolver;
        this.query = new byte[batch.bytes()];
    }

    /** Answers from now on: also what came before. */
    @SuppressWarnings("FutureReturnValueIgnored") // the listener sees the end of it
    void serve(IoEventLoop loop) {
        loop.register(this).addListener((Future<IoRegistration> registered) -> {
            if (registered.isSuccess()) {
                registration = registered.getNow();
                registration.submit(EpollIoOps.EPOLLIN);
            } else {
                log.error("a container has no dns: register its socket", registered.cause());
                close();
            }
        });
    }

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        try {
            int count = batch.receive(socket);
            for (int i = 0; i < count; i++) {
                resolve(i);
            }
            batch.send(socket);
        } catch (ErrnoException e) {
            log.debug("dns over udp: {}", e.toString());
        }
    }

    /** One that fails must not take the others with it. */
    private void resolve(int index) {
        try {
            resolver.resolve(query, batch.read(index, query), new Waiting(index));
        } catch (RuntimeException e) {
            log.warn("dns over udp", e);
        }
    }

    /** To be called on the event loop. */
    @Override
    public void close() {
        if (registration != null) {
            registration.cancel();
        }
        socket.close();
    }

    /** One of those whose queries have been received together. */
    private final class Waiting implements Client {
        private final int index;

        Waiting(int index) {
            this.index = index;
        }

        @Override
        public boolean tcp() {
            return false;
        }

        @Override
        public void answer(byte[] message, int length) {
            if (length <= batch.bytes()) {
                batch.answer(index, message, length);
            } else {
                later().answer(message, length);
            }
        }

        @Override
        public Client later() {
            return new Remembered(batch.from(index));
        }
    }

    /** One whose answer leaves by itself. */
    private final class Remembered implements Client {
        private final byte[] address;

        Remembered(byte[] address) {
            this.address = address;
        }

        @Override
        public boolean tcp() {
            return false;
        }

        /** Who asks faster than it takes answers loses some, as with any datagram; so does who has gone meanwhile. */
        @Override
        public void answer(byte[] message, int length) {
            try {
                calls.sendTo(socket, message, length, address);
            } catch (ErrnoException | IllegalStateException e) {
                log.debug("dns over udp: {}", e.toString());
            }
        }

        @Override
        public Client later() {
            return this;
        }
    }
}
