package dev.jcompose.network.dns;

import static dev.jcompose.network.dns.FakeUpstream.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names that are not ours, against name servers on the loopback interface. */
class ForwardingTest {
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final FakeUpstream.Behaviour SILENCE = (query, tcp) -> List.of();

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Forwarder forwarder = new Forwarder(
            loop,
            UpstreamChannel.udp(TIMEOUT, new SecureRandom()),
            UpstreamChannel.tcp(TIMEOUT, new SecureRandom()),
            System::nanoTime);

    @AfterEach
    void stopLoop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void anAnswerComesBackUnderTheClientsIdAndTheQueryUsedAnother() throws Exception {
        try (FakeUpstream upstream = new FakeUpstream(FakeUpstream.address("192.0.2.1"))) {
            List<Integer> ids = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Message answer = ask("example.org", 0, false, upstream.address());
                assertThat(answer.id()).isEqualTo(0x7777);
                assertThat(answer.values()).containsExactly("192.0.2.1");
            }
            upstream.queries.forEach(query -> ids.add(Message.read(query).id()));
            assertThat(ids).doesNotHaveDuplicates().doesNotContain(0x7777);
        }
    }

    @Test
    void aSilentServerIsGivenUpForTheNextAndAskedLastAfterwards() throws Exception {
        try (FakeUpstream silent = new FakeUpstream(SILENCE);
                FakeUpstream good = new FakeUpstream(FakeUpstream.address("192.0.2.1"))) {
            for (int i = 0; i < 3; i++) {
                assertThat(ask("example.org", 0, false, silent.address(), good.address())
                                .values())
                        .containsExactly("192.0.2.1");
            }
            assertThat(silent.queries).hasSize(1);
        }
    }

    @Test
    void aClosedPortIsGivenUpAtOnce() throws Exception {
        InetSocketAddress closed;
        try (FakeUpstream gone = new FakeUpstream(SILENCE)) {
            closed = gone.address();
        }
        try (FakeUpstream good = new FakeUpstream(FakeUpstream.address("192.0.2.1"))) {
            assertThat(ask("example.org", 0, false, closed, good.address()).values())
                    .containsExactly("192.0.2.1");
        }
        assertThat(ask("example.org", 0, false, closed).code()).isEqualTo(ResponseCode.SERVFAIL.number());
    }

    @Test
    void silenceEverywhereEndsInServfail() throws Exception {
        try (FakeUpstream silent = new FakeUpstream(SILENCE)) {
            Message answer = ask("example.org", 1232, false, silent.address());
            assertThat(answer.code()).isEqualTo(ResponseCode.SERVFAIL.number());
            assertThat(answer.question()).isEqualTo("example.org.");
            assertThat(answer.edns()).isTrue();
            assertThat(silent.queries).hasSize(3);
        }
    }

    @Test
    void aServerThatFailsOrRefusesIsFollowedByTheNextAndOneThatKnowsNoSuchNameIsNot() throws Exception {
        try (FakeUpstream failing = new FakeUpstream(FakeUpstream.code(2));
                FakeUpstream refusing = new FakeUpstream(FakeUpstream.code(5));
                FakeUpstream unknown = new FakeUpstream(FakeUpstream.code(3));
                FakeUpstream good = new FakeUpstream(FakeUpstream.address("192.0.2.1"))) {
            assertThat(ask("example.org", 0, false, failing.address(), refusing.address(), good.address())
                            .values())
                    .containsExactly("192.0.2.1");
            assertThat(ask("example.org", 0, false, unknown.address(), good.address())
                            .code())
                    .isEqualTo(ResponseCode.NXDOMAIN.number());
            assertThat(ask("example.org", 0, false, failing.address(), refusing.address())
                            .code())
                    .isEqualTo(ResponseCode.REFUSED.number());
        }
    }

    @Test
    void aTruncatedAnswerIsFetchedOverTcpAndGivenWholeToAClientThatTakesIt() throws Exception {
        FakeUpstream.Behaviour large = (query, tcp) -> {
            List<byte[]> records = new ArrayList<>();
            for (int i = 0; i < (tcp ? 50 : 2); i++) {
                records.add(new byte[] {(byte) 192, 0, 2, (byte) i});
            }
            return List.of(answer(query, tcp ? 0x8180 : 0x8380, records));
        };
        try (FakeUpstream upstream = new FakeUpstream(large)) {
            Message whole = ask("example.org", 4096, false, upstream.address());
            assertThat(whole.answers()).hasSize(50);
            assertThat(whole.truncated()).isFalse();

            Message part = ask("example.org", 0, false, upstream.address());
            assertThat(part.answers()).hasSize(2);
            assertThat(part.truncated()).isTrue();

            assertThat(ask("example.org", 0, true, upstream.address()).answers())
                    .hasSize(50);
        }
    }

    @Test
    void anAnswerThatIsTooLongForTheClientIsCutToItsQuestion() throws Exception {
        FakeUpstream.Behaviour careless = (query, tcp) ->
                List.of(answer(query, 0x8180, java.util.Collections.nCopies(60, new byte[] {(byte) 192, 0, 2, 1})));
        try (FakeUpstream upstream = new FakeUpstream(careless)) {
            Message answer = ask("example.org", 0, false, upstream.address());
            assertThat(answer.truncated()).isTrue();
            assertThat(answer.answers()).isEmpty();
            assertThat(answer.question()).isEqualTo("example.org.");
        }
    }

    @Test
    void forgedAnswersAreWaitedThrough() throws Exception {
        FakeUpstream.Behaviour noisy = (query, tcp) -> {
            byte[] good = answer(query, 0x8180, List.of(new byte[] {(byte) 192, 0, 2, 1}));
            byte[] otherId = RawMessage.withId(good, Message.read(query).id() ^ 1);
            byte[] otherQuestion =
                    answer(Message.query(Message.read(query).id(), "example.com", RecordType.A, 0), 0x8180, List.of());
            return List.of(otherId, otherQuestion, query, new byte[3], good);
        };
        try (FakeUpstream upstream = new FakeUpstream(noisy)) {
            assertThat(ask("example.org", 0, false, upstream.address()).values())
                    .containsExactly("192.0.2.1");
        }
    }

    @Test
    void moreQueriesThanTheBoundAreRefusedAndTheOthersStillEnd() throws Exception {
        try (FakeUpstream silent = new FakeUpstream(SILENCE)) {
            ContainerResolver resolver = resolver(List.of(silent.address()));
            Queue<Message> refused = new ConcurrentLinkedQueue<>();
            List<CompletableFuture<Message>> answers = new ArrayList<>();
            for (int i = 0; i < ContainerResolver.MAX_IN_FLIGHT + 20; i++) {
                CompletableFuture<Message> answer =
                        ask(resolver, Message.query(i, "example.org", RecordType.A, 0), false);
                answers.add(answer.thenApply(message -> {
                    if (message.code() == ResponseCode.REFUSED.number()) {
                        refused.add(message);
                    }
                    return message;
                }));
            }
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            assertThat(refused).hasSize(20);
        }
    }

    private Message ask(String name, int ednsBytes, boolean tcp, InetSocketAddress... servers) throws Exception {
        return ask(resolver(List.of(servers)), Message.query(0x7777, name, RecordType.A, ednsBytes), tcp)
                .get(60, TimeUnit.SECONDS);
    }

    private CompletableFuture<Message> ask(ContainerResolver resolver, byte[] query, boolean tcp) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        loop.execute(() -> resolver.resolve(query, query.length, new Asking(tcp, answer)));
        return answer.thenApply(Message::read);
    }

    private ContainerResolver resolver(List<InetSocketAddress> servers) throws IOException {
        return new ContainerResolver(
                DnsZones::empty,
                new HostResolvers(Path.of("/nonexistent")),
                forwarder,
                DnsView.of(List.of()).withServers(servers));
    }
}
