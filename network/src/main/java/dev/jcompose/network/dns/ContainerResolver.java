package dev.jcompose.network.dns;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Answers the queries of one container. Used on its event loop only, but for {@link #view(DnsView)}. */
final class ContainerResolver {
    /** Each costs a descriptor; a container that has more under way at once is told so. */
    static final int MAX_IN_FLIGHT = 1024;

    private static final int MAX_TCP_BYTES = 65_535;
    private static final int FLAGS_AT = 2;
    private static final int RESPONSE = 0x80;
    private static final int CLASS_IN = 1;
    private static final int CLASS_ANY = 255;

    private final Supplier<DnsZones> zones;
    private final HostResolvers hostResolvers;
    private final Forwarder forwarder;
    private final KnownAnswers answers = new KnownAnswers();
    private final ResponseWriter writer = new ResponseWriter();
    private volatile DnsView view;
    private int inFlight;

    ContainerResolver(Supplier<DnsZones> zones, HostResolvers hostResolvers, Forwarder forwarder, DnsView view) {
        this.zones = zones;
        this.hostResolvers = hostResolvers;
        this.forwarder = forwarder;
        this.view = view;
    }

    /** Replaces the view, from any thread. */
    void view(DnsView replacement) {
        view = replacement;
    }

    /**
     * Answers a message, now or later; one that deserves no answer (too short for a header, or itself an answer) gets
     * none.
     *
     * @param message begins with it; the caller's again after the return
     */
    void resolve(byte[] message, int length, Client client) {
        if (length < DnsQuery.HEADER_BYTES || (message[FLAGS_AT] & RESPONSE) != 0) {
            return;
        }
        try {
            resolve(message, length, DnsQuery.parse(message, length), client);
        } catch (MalformedQueryException e) {
            client.answer(writer.bytes(), writer.malformed(message));
        }
    }

    /** Why a name is answered as it is, in words; from any thread. */
    List<String> reasons(String name, int type) {
        return new Reasons(zones.get(), view, hostResolvers.current().servers()).of(name, type);
    }

    private void resolve(byte[] message, int length, DnsQuery query, Client client) {
        if (query.opcode() != 0) {
            answer(message, query, EncodedAnswer.empty(ResponseCode.NOTIMP), client);
        } else if (query.ednsVersion() != 0) {
            answer(message, query, EncodedAnswer.empty(ResponseCode.BADVERS), client);
        } else if (!isOrdinary(query.question())) {
            answer(message, query, EncodedAnswer.empty(ResponseCode.REFUSED), client);
        } else {
            DnsView current = view;
            EncodedAnswer known = answers.find(zones.get(), current, query.question());
            if (known != null) {
                answer(message, query, known, client);
            } else if (inFlight >= MAX_IN_FLIGHT) {
                answer(message, query, EncodedAnswer.empty(ResponseCode.REFUSED), client);
            } else {
                forward(Arrays.copyOf(message, length), query, current, client.later());
            }
        }
    }

    private void answer(byte[] message, DnsQuery query, EncodedAnswer answer, Client client) {
        int length = writer.write(message, query, answer, maxBytes(query, client));
        client.answer(writer.bytes(), length);
    }

    private void forward(byte[] message, DnsQuery query, DnsView current, Client client) {
        List<InetSocketAddress> servers = current.servers().isEmpty()
                ? hostResolvers.current().servers()
                : current.servers().subList(0, Math.min(3, current.servers().size()));
        RawMessage raw = new RawMessage(message, query.questionEnd());
        inFlight++;
        forwarder.forward(raw, servers, client.tcp(), maxBytes(query, client), found -> {
            inFlight--;
            if (found == null) {
                answer(message, query, EncodedAnswer.empty(ResponseCode.SERVFAIL), client);
            } else {
                client.answer(RawMessage.withId(found, query.id()), found.length);
            }
        });
    }

    private static int maxBytes(DnsQuery query, Client client) {
        return client.tcp() ? MAX_TCP_BYTES : query.udpBytes();
    }

    /** Zone transfers and other classes than the internet's are nothing for a resolver. */
    private static boolean isOrdinary(Question question) {
        return (question.dnsClass() == CLASS_IN || question.dnsClass() == CLASS_ANY)
                && question.type() != RecordType.AXFR
                && question.type() != RecordType.IXFR;
    }
}
