package dev.jcompose.images.testing;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request to a {@link TestServer} and its answer, for one thread, which may block. */
public final class Exchange {
    private final ChannelHandlerContext context;
    private final FullHttpRequest request;
    private final QueryStringDecoder uri;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private boolean begun;
    private long missing;

    Exchange(ChannelHandlerContext context, FullHttpRequest request) {
        this.context = context;
        this.request = request;
        uri = new QueryStringDecoder(request.uri());
    }

    public String method() {
        return request.method().name();
    }

    /** Without the query. */
    public String path() {
        return uri.path();
    }

    /** The values of a parameter of the query. */
    public List<String> parameters(String name) {
        return uri.parameters().getOrDefault(name, List.of());
    }

    /** A parameter of the query; null if it is not there. */
    public @Nullable String parameter(String name) {
        return parameters(name).stream().findFirst().orElse(null);
    }

    /** A header of the request. */
    public @Nullable String header(String name) {
        return request.headers().get(name);
    }

    /** The content of the request. */
    public byte[] body() {
        byte[] bytes = new byte[request.content().readableBytes()];
        request.content().getBytes(request.content().readerIndex(), bytes);
        return bytes;
    }

    /** Sets a header of the answer, before it begins. */
    public Exchange set(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Sends the head of the answer, which promises this many bytes. */
    public Exchange begin(int status, long bytes) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        headers.forEach(response.headers()::set);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, bytes);
        context.writeAndFlush(response).syncUninterruptibly();
        begun = true;
        missing = method().equals("HEAD") ? 0 : bytes;
        return this;
    }

    /** Sends some of the content; it has left when this returns. */
    public Exchange write(byte[] bytes, int from, int length) {
        context.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(bytes, from, length)))
                .syncUninterruptibly();
        missing -= length;
        return this;
    }

    /** A whole answer. */
    public void send(int status, byte[] content) {
        begin(status, content.length);
        if (missing > 0) {
            write(content, 0, content.length);
        }
    }

    /** Ends the answer; the connection, too, if something that was promised has not come. */
    void end() {
        if (begun && missing == 0) {
            ChannelFuture last = context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
            if (!HttpUtil.isKeepAlive(request)) {
                last.addListener(ChannelFutureListener.CLOSE);
            }
        } else {
            context.channel().close();
        }
        request.release();
    }
}
