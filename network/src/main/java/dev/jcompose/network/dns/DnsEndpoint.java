package dev.jcompose.network.dns;

import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The DNS of one container. Thread-safe. */
public final class DnsEndpoint implements AutoCloseable {
    /** Longer than it takes to give up on all servers. */
    private static final int PATIENCE_SECONDS = 20;

    private final EventLoop loop;
    private final ContainerResolver resolver;
    private final UdpSocket datagrams;
    private final ChannelGroup channels;

    DnsEndpoint(EventLoop loop, ContainerResolver resolver, UdpSocket datagrams, ChannelGroup channels) {
        this.loop = loop;
        this.resolver = resolver;
        this.datagrams = datagrams;
        this.channels = channels;
    }

    /** Replaces what the container sees, for example when it joins another network. */
    public void view(DnsView replacement) {
        resolver.view(replacement);
    }

    /**
     * Asks as the container would, and says why it is answered so. Waits for the servers outside when they are asked:
     * not to be called on an event loop.
     *
     * @param name with or without a dot at its end
     * @param type a record type's name, {@code A}, or its number, {@code TYPE65}
     * @throws IllegalArgumentException if the name or the type is none
     * @throws IOException if there is no answer at all
     */
    public DnsExplanation explain(String name, String type) throws IOException {
        String asked = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        int number = AnswerReader.type(type);
        byte[] query = DnsQuery.write(asked, number);
        try {
            byte[] answer = answer(query, false);
            AnswerReader read = new AnswerReader(RawMessage.isTruncated(answer) ? answer(query, true) : answer);
            return new DnsExplanation(read.code(), read.records(), resolver.reasons(asked, number));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking for " + name);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no answer for %s %s".formatted(name, type), e);
        }
    }

    private byte[] answer(byte[] query, boolean tcp) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        loop.execute(() -> resolver.resolve(query, query.length, new Asking(tcp, answer)));
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Closes the sockets and all connections, and waits until that is done, so that the namespace can go. A second call
     * does nothing. Not to be called on an event loop.
     */
    @Override
    public void close() {
        try {
            loop.submit(datagrams::close).awaitUninterruptibly();
        } catch (RejectedExecutionException e) {
            // The loop has ended, and has closed it.
        }
        channels.close().awaitUninterruptibly();
    }

    /** Asks as a client that is not there. */
    private record Asking(boolean tcp, CompletableFuture<byte[]> answer) implements Client {
        @Override
        public void answer(byte[] message, int length) {
            answer.complete(Arrays.copyOf(message, length));
        }

        @Override
        public Client later() {
            return this;
        }
    }
}
