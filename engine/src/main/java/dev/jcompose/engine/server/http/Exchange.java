package dev.jcompose.engine.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.host.Peer;
import dev.jcompose.engine.json.Json;
import dev.jcompose.engine.json.JsonFormatException;
import dev.jcompose.engine.json.JsonObject;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.PeerCredentials;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, for the endpoint that handles it. An endpoint gives one answer: {@link #respond},
 * {@link #respondEmpty}, {@link #respondText}, {@link #stream} or {@link #upgrade}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which is seen
public final class Exchange {
    private static final Set<String> NO = Set.of("", "0", "no", "false", "none");

    private static final int MAX_JSON_BYTES = 64 << 20;

    private final Channel channel;
    private final HttpRequest request;
    private final Map<String, String> parameters;
    private final Map<String, List<String>> query;
    private final Map<String, String> headers = new ConcurrentHashMap<>();
    private volatile RequestBody body;
    private volatile @Nullable ResponseStream stream;
    private volatile @Nullable FullHttpResponse whole;
    private volatile Runnable whenSent = () -> {};
    private volatile boolean answered;
    private volatile boolean raw;

    Exchange(Channel channel, HttpRequest request, QueryStringDecoder uri, Map<String, String> parameters) {
        this.channel = channel;
        this.request = request;
        this.parameters = parameters;
        this.query = uri.parameters();
        this.body = new RequestBody(channel.config());
    }

    /** What a segment in braces of the route matched. */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no parameter " + name);
        }
        return value;
    }

    /** For example {@code GET}; a {@code HEAD} comes to the endpoint of {@code GET}, and its answer has no body. */
    public String method() {
        return request.method().name();
    }

    /** Adds a header to the answer, before that is given. */
    public void header(String name, String value) {
        headers.put(name, value);
    }

    /** A value of the query string, the first of that name. */
    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** All values of that name of the query string. */
    public List<String> queries(String name) {
        return query.getOrDefault(name, List.of());
    }

    /** A header of the request, the first of that name in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.headers().get(name));
    }

    /** A truth of the query string as Docker reads it: all but nothing and the words for no, in any case. */
    public boolean queryFlag(String name) {
        return query(name)
                .filter(value -> !NO.contains(value.strip().toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    /** The request's body. */
    public InputStream body() {
        return body;
    }

    /**
     * The request's body as a JSON object; an empty body is an empty object.
     *
     * @throws JsonFormatException if it is something else
     */
    public JsonObject json() throws IOException {
        byte[] bytes = body.readNBytes(MAX_JSON_BYTES + 1);
        if (bytes.length > MAX_JSON_BYTES) {
            throw new JsonFormatException("the request is larger than %d bytes".formatted(MAX_JSON_BYTES));
        }
        return bytes.length == 0 ? JsonObject.create() : JsonObject.parse(new String(bytes, UTF_8));
    }

    /** Who asks. */
    public Peer peer() throws IOException {
        PeerCredentials credentials = ((EpollDomainSocketChannel) channel).peerCredentials();
        return new Peer(credentials.pid(), credentials.uid(), credentials.gids()[0]);
    }

    /** Whether the client asks to take the connection over. */
    public boolean wantsUpgrade() {
        return request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    }

    /** Answers with JSON: a tree that {@link Json#write} knows. */
    public void respond(int status, Object json) {
        send(status, "application/json", Json.write(json) + "\n");
    }

    /** Has something done when the answer is out, on the event loop: it must not block. Not for streams. */
    public void whenSent(Runnable action) {
        whenSent = action;
    }

    /** Answers with plain text. */
    public void respondText(int status, String text) {
        send(status, "text/plain; charset=utf-8", text);
    }

    /** Answers without a body. */
    public void respondEmpty(int status) {
        send(status, "", "");
    }

    private void send(int status, String contentType, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(bytes));
        if (!contentType.isEmpty()) {
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        }
        if (status != HttpResponseStatus.NO_CONTENT.code() && status != HttpResponseStatus.NOT_MODIFIED.code()) {
            HttpUtil.setContentLength(response, bytes.length);
        }
        begin(response);
        whole = response;
    }

    /**
     * Answers 200 with a body that is written bit by bit; it ends when the endpoint returns. The stream is thread-safe
     * and blocks while the client does not read.
     */
    public OutputStream stream(String contentType) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        HttpUtil.setTransferEncodingChunked(response, true);
        ResponseStream out = new ResponseStream(channel, DefaultHttpContent::new);
        stream = out;
        begin(response);
        channel.writeAndFlush(response);
        return out;
    }

    /**
     * Answers 101 and takes the connection over. Read the request's body before.
     *
     * @return what goes to the client; what comes from it is in {@link #body()} from now on
     */
    public OutputStream upgrade(String contentType) {
        HttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.UPGRADE, "tcp");
        ResponseStream out = new ResponseStream(channel, bytes -> bytes);
        begin(response);
        raw = true;
        RequestBody input = new RequestBody(channel.config());
        body = input;
        stream = out;
        channel.eventLoop().execute(() -> {
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            channel.writeAndFlush(response);
            channel.pipeline().remove(HttpServerCodec.class);
        });
        return out;
    }

    private void begin(HttpResponse response) {
        if (answered) {
            throw new IllegalStateException("the request has been answered already");
        }
        answered = true;
        headers.forEach(response.headers()::set);
        response.headers().set(HttpHeaderNames.SERVER, "jcompose").set("Api-Version", "1.44");
        if (!raw && !HttpUtil.isKeepAlive(request)) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    boolean isAnswered() {
        return answered;
    }

    RequestBody input() {
        return body;
    }

    @Nullable
    ResponseStream output() {
        return stream;
    }

    /**
     * Sends the answer, or its end. On the event loop, and not before: a client that has the whole answer may send its
     * next request, which must find this one gone.
     */
    void finish(boolean complete) {
        channel.config().setAutoRead(true);
        if (raw) {
            // Somebody may still wait for what the client will not send any more.
            body.breakOff();
        }
        FullHttpResponse response = whole;
        if (response != null) {
            channel.writeAndFlush(response).addListener(sent -> whenSent.run());
        }
        ResponseStream out = stream;
        if (out != null) {
            out.drainAll();
            if (!raw && complete) {
                channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
            }
        }
        if (raw || !complete || !HttpUtil.isKeepAlive(request)) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> channel.close());
        }
    }

    /** The client is gone. On the event loop. */
    void breakOff() {
        body.breakOff();
        ResponseStream out = stream;
        if (out != null) {
            out.breakOff();
        }
    }
}
