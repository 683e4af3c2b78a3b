package dev.jcompose.linux.xtables;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.linux.netlink.nftables.Family;
import dev.jcompose.linux.netlink.nftables.Hook;
import dev.jcompose.linux.netlink.nftables.RuleInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The filter table of iptables-legacy or ip6tables-legacy, of the calling thread's network namespace. Needs
 * {@code CAP_NET_ADMIN}.
 *
 * @param rules of the base chains {@code INPUT}, {@code FORWARD} and {@code OUTPUT}, with their policies as the last
 *     ones, and of those that they lead to
 */
public record LegacyFilter(List<RuleInfo> rules) {
    private static final String TABLE = "filter";
    private static final int SOL_IP = 0;
    private static final int SOL_IPV6 = 41;
    private static final int IPPROTO_RAW = 255;
    /** {@code IPT_SO_GET_INFO}, and {@code IP6T_SO_GET_INFO}. */
    private static final int GET_INFO = 64;
    /** {@code IPT_SO_GET_ENTRIES}, and {@code IP6T_SO_GET_ENTRIES}. */
    private static final int GET_ENTRIES = 65;

    private static final int NAME_BYTES = 32;
    private static final int INFO_BYTES = 84;
    private static final int HOOKS_AT = 36;
    private static final int UNDERFLOWS_AT = 56;
    private static final int SIZE_AT = 80;
    private static final int ENTRIES_AT = 40;
    private static final List<Hook> HOOKS = List.of(Hook.INPUT, Hook.FORWARD, Hook.OUTPUT);

    public LegacyFilter {
        rules = List.copyOf(rules);
    }

    /**
     * Reads it; empty where there is none. The kernel would make one for whoever asks for its content, so that is not
     * done then.
     */
    public static Optional<LegacyFilter> read(Linux linux, Family family) throws ErrnoException {
        boolean v6 = family == Family.IP6;
        if (!exists(Path.of("/proc/thread-self/net", v6 ? "ip6_tables_names" : "ip_tables_names"))) {
            return Optional.empty();
        }
        SocketCalls calls = linux.sockets();
        int level = v6 ? SOL_IPV6 : SOL_IP;
        try (Fd socket =
                calls.socket(v6 ? SocketCalls.AF_INET6 : SocketCalls.AF_INET, SocketCalls.SOCK_RAW, IPPROTO_RAW)) {
            ByteBuffer info = named(INFO_BYTES);
            calls.getsockopt(socket, level, GET_INFO, info);
            int size = info.getInt(SIZE_AT);
            ByteBuffer entries = named(ENTRIES_AT + size);
            entries.putInt(NAME_BYTES, size);
            calls.getsockopt(socket, level, GET_ENTRIES, entries);
            ByteBuffer blob = entries.slice(ENTRIES_AT, size).order(ByteOrder.nativeOrder());
            LegacyRules rules = new LegacyRules(v6 ? Layout.IPV6 : Layout.IPV4, blob);
            for (Hook hook : HOOKS) {
                int index = hook.number();
                rules.base(hook.name(), info.getInt(HOOKS_AT + 4 * index), info.getInt(UNDERFLOWS_AT + 4 * index));
            }
            return Optional.of(new LegacyFilter(rules.all()));
        } catch (ErrnoException e) {
            // It has been changed or removed between two questions: the next reader sees what it is then.
            if (e.is(Errno.EAGAIN) || e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean exists(Path names) {
        try {
            return Files.exists(names) && Files.readAllLines(names, US_ASCII).contains(TABLE);
        } catch (IOException e) {
            return false;
        }
    }

    private static ByteBuffer named(int bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        buffer.put(0, Arrays.copyOf(TABLE.getBytes(US_ASCII), NAME_BYTES));
        return buffer;
    }
}
