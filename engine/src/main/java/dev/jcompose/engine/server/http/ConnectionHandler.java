package dev.jcompose.engine.server.http;

import dev.jcompose.engine.api.EngineException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: passes requests to the pool, one at a time. All methods run on the event loop and never block. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which is seen
final class ConnectionHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(ConnectionHandler.class);

    private final Router router;
    private final Executor pool;
    private final AtomicInteger open;
    private final IntPredicate hungUp;
    private @Nullable Exchange exchange;
    private @Nullable RequestTask task;

    /** {@code hungUp} tells of a socket's descriptor whether its other end is closed in both directions. */
    ConnectionHandler(Router router, Executor pool, AtomicInteger open, IntPredicate hungUp) {
        this.router = router;
        this.pool = pool;
        this.open = open;
        this.hungUp = hungUp;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpRequest request) {
                begin(context, request);
            }
            if (exchange == null) {
                return; // the rest of a body that nobody wanted
            }
            if (message instanceof HttpContent content) {
                exchange.input().add(ByteBufUtil.getBytes(content.content()));
                if (content instanceof LastHttpContent) {
                    exchange.input().end();
                }
            } else if (message instanceof ByteBuf bytes) {
                exchange.input().add(ByteBufUtil.getBytes(bytes));
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        if (exchange != null) {
            log.debug("a client sent a request before the last one was answered");
            context.close();
            return;
        }
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        boolean wellFormed = request.decoderResult().isSuccess() && uri.path().startsWith("/");
        Router.Match match = wellFormed
                ? router.find(request.method().name(), uri.path()).orElseGet(ConnectionHandler::unknownPage)
                : new Router.Match(ConnectionHandler::malformed, Map.of());
        Exchange next = new Exchange(context.channel(), request, uri, match.parameters());
        RequestTask work = new RequestTask(
                next, match.endpoint(), complete -> context.executor().execute(() -> finish(next, complete)));
        exchange = next;
        task = work;
        open.incrementAndGet();
        try {
            pool.execute(work);
        } catch (RejectedExecutionException e) {
            next.respond(503, ErrorAnswer.of(EngineException.Kind.FAILED, "the engine is stopping or too busy"));
            finish(next, true);
        }
    }

    private static Router.Match unknownPage() {
        return new Router.Match(
                page -> page.respond(404, ErrorAnswer.of(EngineException.Kind.NOT_FOUND, "page not found")), Map.of());
    }

    private static void malformed(Exchange exchange) {
        exchange.respond(400, ErrorAnswer.of(EngineException.Kind.INVALID, "malformed request"));
    }

    private void finish(Exchange finished, boolean complete) {
        open.decrementAndGet();
        exchange = null;
        task = null;
        finished.finish(complete);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null && exchange.output() != null) {
            exchange.output().drain();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        // Only a connection that was taken over may be closed in one direction.
        if (event instanceof ChannelInputShutdownEvent && exchange != null) {
            if (context.channel() instanceof UnixChannel socket
                    && hungUp.test(socket.fd().intValue())) {
                // Netty would notice it at the next write, which may never come.
                context.close();
            } else {
                exchange.input().end();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.breakOff();
        }
        if (task != null) {
            task.cancel();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("connection failed: {}", cause.toString());
        context.close();
    }
}
