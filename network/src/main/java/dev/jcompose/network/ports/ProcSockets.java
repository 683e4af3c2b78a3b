package dev.jcompose.network.ports;

import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Protocol;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a network namespace that hold a port, as procfs lists them.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_net.5.html">proc_pid_net(5)</a>
 */
final class ProcSockets {
    private static final String TCP_LISTEN = "0A";
    private static final int LOCAL_COLUMN = 1;
    private static final int STATE_COLUMN = 3;
    private static final int INODE_COLUMN = 9;
    private static final int HEX_WORD = 8;

    private final Path net;

    /** @param net {@code /proc/thread-self/net}, or a directory like it */
    ProcSockets(Path net) {
        this.net = net;
    }

    /** Inodes of the sockets that keep others from binding this port at this address, null for all addresses. */
    List<Long> holding(Protocol protocol, @Nullable IpAddress address, int port) throws IOException {
        List<Long> inodes = new ArrayList<>();
        for (String file : List.of(protocol.toString(), protocol + "6")) {
            Path table = net.resolve(file);
            if (!Files.exists(table)) {
                continue;
            }
            for (String line : Files.readAllLines(table)) {
                String[] columns = line.strip().split("\\s+");
                if (columns.length > INODE_COLUMN
                        && columns[LOCAL_COLUMN].contains(":")
                        && (protocol != Protocol.TCP || columns[STATE_COLUMN].equals(TCP_LISTEN))
                        && holds(columns[LOCAL_COLUMN], address, port)) {
                    inodes.add(Long.parseLong(columns[INODE_COLUMN]));
                }
            }
        }
        return inodes;
    }

    private static boolean holds(String local, @Nullable IpAddress address, int port) {
        int colon = local.indexOf(':');
        if (Integer.parseInt(local.substring(colon + 1), 16) != port) {
            return false;
        }
        IpAddress bound = address(local.substring(0, colon));
        return address == null || address.isAny() || bound.isAny() || bound.equals(address);
    }

    /** Words of 4 bytes, each in the order of the machine; an IPv4 address in an IPv6 socket counts as IPv4. */
    private static IpAddress address(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int word = 0; word < hex.length() / HEX_WORD; word++) {
            byte[] four = HexFormat.of().parseHex(hex, word * HEX_WORD, (word + 1) * HEX_WORD);
            for (int i = 0; i < 4; i++) {
                boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
                bytes[word * 4 + i] = four[little ? 3 - i : i];
            }
        }
        IpAddress address = IpAddress.of(bytes);
        boolean mapped = address.v6() && address.high() == 0 && address.low() >>> 32 == 0xffff;
        return mapped ? new IpAddress(false, 0, address.low() & 0xffffffffL) : address;
    }
}
