package dev.jcompose.network.dns;

import io.netty.channel.group.ChannelGroup;

/** The DNS of one container. Thread-safe. */
public final class DnsEndpoint implements AutoCloseable {
    private final ContainerResolver resolver;
    private final ChannelGroup channels;

    DnsEndpoint(ContainerResolver resolver, ChannelGroup channels) {
        this.resolver = resolver;
        this.channels = channels;
    }

    /** Replaces what the container sees, for example when it joins another network. */
    public void view(DnsView replacement) {
        resolver.view(replacement);
    }

    /**
     * Closes the sockets and all connections, and waits until that is done, so that the namespace can go. A second call
     * does nothing. Not to be called on an event loop.
     */
    @Override
    public void close() {
        channels.close().awaitUninterruptibly();
    }
}
