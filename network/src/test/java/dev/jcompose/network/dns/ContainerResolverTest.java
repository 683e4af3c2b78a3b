package dev.jcompose.network.dns;

import static dev.jcompose.network.dns.Addresses.ips;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that is answered without asking outside. */
class ContainerResolverTest {
    private static final byte[] NONE = {};
    private static final HexFormat HEX = HexFormat.of();
    private static final Upstream NOBODY = (loop, server, query) -> {
        throw new AssertionError("asks outside");
    };

    private DnsZones zones = DnsZones.of(List.of(
            member("web", "172.20.0.2"),
            member("many", IntStream.range(1, 61).mapToObj(i -> "172.20.1." + i).toArray(String[]::new)),
            member("six", "fd00::2")));
    private final ContainerResolver resolver = new ContainerResolver(
            () -> zones,
            new HostResolvers(Path.of("/nonexistent")),
            new Forwarder(new DefaultEventLoop(), NOBODY, NOBODY, System::nanoTime),
            DnsView.of(List.of("net")).withForwarding(false, false));

    @Test
    void anAddressIsAnsweredWithAShortLifeAndTheQuestionAsItCame() {
        Message answer = ask(Message.query(0xbeef, "WeB", RecordType.A, 0));
        assertThat(answer)
                .isEqualTo(new Message(
                        0xbeef,
                        0x8580,
                        1,
                        "WeB.",
                        RecordType.A,
                        List.of(new Message.Answer(RecordType.A, 2, "172.20.0.2")),
                        false));
    }

    @Test
    void theBytesOfAnAnswerAreThoseOfTheStandard() {
        byte[] answer = askBytes(Message.query(1, "web", RecordType.A, 1232), false);
        assertThat(HEX.formatHex(answer))
                .isEqualTo("0001" + "8580" + "0001000100000001" // header: one question, one answer, one additional
                        + "0377656200" + "00010001" // web. A IN
                        + "c00c" + "00010001" + "00000002" + "0004" + "ac140002" // web. A IN 2 s 172.20.0.2
                        + "00" + "0029" + "04d0" + "00000000" + "0000"); // OPT, 1232 bytes
    }

    @ParameterizedTest
    @CsvSource({"web, 28, 0", "six, 1, 0", "web, 16, 0", "nope, 1, 3", "nope, 28, 3", "example.org, 1, 3"})
    void missingFamiliesAreEmptyAndMissingNamesAreErrors(String name, int type, int code) {
        Message answer = ask(Message.query(7, name, type, 0));
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.answers()).isEmpty();
    }

    @Test
    void replicasAreGivenInRotatedOrderWhateverElseIsAskedBetween() {
        Set<String> firsts = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            firsts.add(
                    ask(Message.query(i, "many", RecordType.A, 4096)).values().get(0));
            assertThat(ask(Message.query(i, "Many", RecordType.AAAA, 0)).answers())
                    .isEmpty();
        }
        assertThat(firsts).hasSize(60);
    }

    @Test
    void aNewTableOrViewIsSeenByTheNextQuery() {
        assertThat(ask(Message.query(7, "web", RecordType.A, 0)).values()).containsExactly("172.20.0.2");
        zones = DnsZones.of(List.of(member("web", "172.20.0.3")));
        assertThat(ask(Message.query(7, "web", RecordType.A, 0)).values()).containsExactly("172.20.0.3");
        resolver.view(DnsView.of(List.of("other")));
        assertThat(ask(Message.query(7, "web", RecordType.A, 0)).code()).isEqualTo(3);
    }

    @Test
    void moreNamesThanAreKeptAreAnsweredAllTheSame() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 300; i++) {
                assertThat(ask(Message.query(i, "nope" + i, RecordType.A, 0)).code())
                        .isEqualTo(3);
            }
            assertThat(ask(Message.query(7, "web", RecordType.A, 0)).values()).containsExactly("172.20.0.2");
        }
    }

    @Test
    void anAddressAnswersWithItsName() {
        assertThat(ask(Message.query(7, "2.0.20.172.in-addr.arpa", RecordType.PTR, 0))
                        .values())
                .containsExactly("shop-web-1.net.");
    }

    @Test
    void whatDoesNotFitIsTruncatedAtTheSizeThatTheClientTakes() {
        Message classic = ask(Message.query(7, "many", RecordType.A, 0));
        assertThat(classic.truncated()).isTrue();
        assertThat(classic.answers()).hasSize((512 - 22) / 16);

        Message larger = ask(Message.query(7, "many", RecordType.A, 800));
        assertThat(larger.truncated()).isTrue();
        assertThat(larger.answers()).hasSize((800 - 22 - 11) / 16);

        assertThat(ask(Message.query(7, "many", RecordType.A, 4096)).answers()).hasSize(60);
        Message overTcp = Message.read(askBytes(Message.query(7, "many", RecordType.A, 0), true));
        assertThat(overTcp.answers()).hasSize(60);
        assertThat(overTcp.truncated()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "000101000002000000000000, 1", // two questions
        "000101000001000000000000, 1", // a question that is not there
        "0001010000010000000000000377656200, 1", // without type
        "000101000001000000000000c00c00010001, 1", // a name that points at itself
        "00012100000100000000000003776562000001 0001, 4", // opcode 4
        "0001010000010000000000000377656200 00fc 0001, 5", // zone transfer
        "0001010000010000000000000377656200 0010 0003, 5", // class CHAOS
    })
    void whatIsNoOrdinaryQueryIsAnsweredWithACode(String query, int code) {
        byte[] answer = askBytes(HEX.parseHex(query.replace(" ", "")), false);
        assertThat(answer).hasSizeGreaterThanOrEqualTo(12);
        assertThat(answer[3] & 0xf).isEqualTo(code);
        assertThat(answer[1]).isEqualTo((byte) 1);
        assertThat(Message.read(answer).answers()).isEmpty();
    }

    @Test
    void anEdnsVersionThatIsNotKnownIsRefused() {
        byte[] query = Message.query(1, "web", RecordType.A, 1232);
        query[query.length - 5] = 1;
        byte[] answer = askBytes(query, false);
        assertThat(answer[3] & 0xf).isZero();
        assertThat(answer[answer.length - 6]).isEqualTo((byte) 1);
    }

    @Test
    void answersAndFragmentsGetNoAnswer() {
        assertThat(askBytes(HEX.parseHex("0001818000010000000000000377656200000100 01".replace(" ", "")), false))
                .isEmpty();
        assertThat(askBytes(new byte[11], false)).isEmpty();
        assertThat(askBytes(new byte[0], false)).isEmpty();
    }

    @Test
    void noMutationOfAQueryThrowsOrMakesABadAnswer() {
        Random random = new Random(42);
        byte[] good = Message.query(0x1234, "web.example.many", RecordType.A, 1232);
        int answered = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 8));
            for (int change = random.nextInt(4); change > 0 && bytes.length > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            byte[] answer = askBytes(bytes, false);
            if (answer != NONE) {
                Message.read(answer);
                answered++;
            }
        }
        assertThat(answered).isGreaterThan(10_000);
    }

    private Message ask(byte[] query) {
        return Message.read(askBytes(query, false));
    }

    private byte[] askBytes(byte[] query, boolean tcp) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        // Behind the message are bytes that must not be looked at.
        byte[] buffer = Arrays.copyOf(query, query.length + 40);
        Arrays.fill(buffer, query.length, buffer.length, (byte) 1);
        resolver.resolve(buffer, query.length, new Asking(tcp, answer));
        return answer.getNow(NONE);
    }

    private static DnsMember member(String service, String... addresses) {
        return new DnsMember(
                "net", "shop-" + service + "-1", "0".repeat(64), "shop", service, List.of(), ips(addresses));
    }
}
