package dev.jcompose.linux.netlink;

import static dev.jcompose.linux.netlink.RtMessages.IFF_UP;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_ADDRESS;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_AF_SPEC;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_GROUP;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_IFALIAS;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_IFNAME;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_INET6_ADDR_GEN_MODE;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_MASTER;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_MTU;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_NET_NS_FD;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_NET_NS_PID;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_NUM_RX_QUEUES;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_NUM_TX_QUEUES;
import static dev.jcompose.linux.netlink.RtMessages.IN6_ADDR_GEN_MODE_NONE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.jcompose.linux.Fd;
import dev.jcompose.linux.SocketCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * What {@code ip link add} and {@code ip link set} can say of a link; each method adds one setting. Not thread-safe.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/ip-link.8.html">ip-link(8)</a>
 */
public final class LinkSettings {
    private static final int MAX_NAME_BYTES = 15;

    private final List<Consumer<NetlinkRequest>> attributes = new ArrayList<>();
    private final StringJoiner words = new StringJoiner(" ");
    private int flags;
    private int changedFlags;

    /**
     * Checks a name before the kernel sees it.
     *
     * @throws IllegalArgumentException if it is empty, longer than 15 bytes, {@code .} or {@code ..}, or holds a slash,
     *     a colon, white space or anything that is not printable ASCII
     */
    public static String requireName(String name) {
        boolean printable = name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/' && c != ':' && c != '%');
        if (name.isEmpty() || name.getBytes(US_ASCII).length > MAX_NAME_BYTES || !printable) {
            throw new IllegalArgumentException(
                    "interface name \"%s\" is not 1 to 15 printable characters without / : %% or space"
                            .formatted(name));
        }
        if (name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("interface name \"%s\" is reserved".formatted(name));
        }
        return name;
    }

    /** The name, or with {@link RtRequests#setLink(int, LinkSettings)} the new name. */
    public LinkSettings name(String name) {
        requireName(name);
        return add(name, request -> request.string(IFLA_IFNAME, name));
    }

    /** Largest packet in bytes, without the Ethernet header. */
    public LinkSettings mtu(int bytes) {
        return add("mtu " + bytes, request -> request.u32(IFLA_MTU, bytes));
    }

    /** The hardware address, six bytes. */
    public LinkSettings address(byte[] mac) {
        byte[] copy = mac.clone();
        return add("address", request -> request.bytes(IFLA_ADDRESS, copy));
    }

    /** Makes it a port of the bridge with this index; 0 takes it out. */
    public LinkSettings master(int index) {
        return add("master " + index, request -> request.u32(IFLA_MASTER, index));
    }

    /** Puts it into a group, which {@link RtRequests#delGroup} removes as a whole; 0 is that of all others. */
    public LinkSettings group(int group) {
        return add("group " + group, request -> request.u32(IFLA_GROUP, group));
    }

    /** Brings it up. */
    public LinkSettings up() {
        flags |= IFF_UP;
        changedFlags |= IFF_UP;
        return add("up", request -> {});
    }

    /** Takes it down. */
    public LinkSettings down() {
        changedFlags |= IFF_UP;
        return add("down", request -> {});
    }

    /** Makes it in, or moves it into, the network namespace of a process of this pid namespace. */
    public LinkSettings netns(int pid) {
        return add("netns " + pid, request -> request.u32(IFLA_NET_NS_PID, pid));
    }

    /** Makes it in, or moves it into, an open network namespace. */
    public LinkSettings netns(Fd namespace) {
        int number = namespace.number();
        return add("netns fd " + number, request -> request.u32(IFLA_NET_NS_FD, number));
    }

    /** A comment that {@code ip link} shows; only for a link that exists. */
    public LinkSettings alias(String alias) {
        return add("alias \"" + alias + "\"", request -> request.string(IFLA_IFALIAS, alias));
    }

    /** One queue each way: less memory, since the default is one per processor of which a veth uses one. */
    public LinkSettings singleQueue() {
        return add(
                "numtxqueues 1 numrxqueues 1",
                request -> request.u32(IFLA_NUM_TX_QUEUES, 1).u32(IFLA_NUM_RX_QUEUES, 1));
    }

    /** No link-local IPv6 address, and so no IPv6 packets of its own; only for a link that exists. */
    public LinkSettings withoutLinkLocal() {
        return add(
                "addrgenmode none",
                request -> request.nested(
                        IFLA_AF_SPEC,
                        families -> families.nested(
                                SocketCalls.AF_INET6,
                                inet6 -> inet6.u8(IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE))));
    }

    /** Appends an {@code ifinfomsg} and the attributes. */
    void writeTo(NetlinkRequest request, int index) {
        request.putInt(0).putInt(index).putInt(flags).putInt(changedFlags);
        attributes.forEach(attribute -> attribute.accept(request));
    }

    private LinkSettings add(String word, Consumer<NetlinkRequest> attribute) {
        words.add(word);
        attributes.add(attribute);
        return this;
    }

    /** The settings as words of ip(8). */
    @Override
    public String toString() {
        return words.toString();
    }
}
