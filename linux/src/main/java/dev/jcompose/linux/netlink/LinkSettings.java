package dev.jcompose.linux.netlink;

import static dev.jcompose.linux.netlink.RtMessages.IFF_UP;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_ADDRESS;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_AF_SPEC;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_GROUP;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_IFALIAS;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_IFNAME;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_INET6_ADDR_GEN_MODE;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_LINK;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_MASTER;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_MTU;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_NET_NS_FD;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_NUM_RX_QUEUES;
import static dev.jcompose.linux.netlink.RtMessages.IFLA_NUM_TX_QUEUES;
import static dev.jcompose.linux.netlink.RtMessages.IN6_ADDR_GEN_MODE_NONE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.jcompose.linux.Fd;
import dev.jcompose.linux.SocketCalls;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ip link add} and {@code ip link set} can say of a link; each method adds one setting. Not thread-safe.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/ip-link.8.html">ip-link(8)</a>
 */
public final class LinkSettings {
    private static final int MAX_NAME_BYTES = 15;
    private static final int UNSET = -1;

    private @Nullable String name;
    private int mtuBytes;
    private byte @Nullable [] address;
    private int parent = UNSET;
    private int master = UNSET;
    private int group = UNSET;
    private int netnsFd = UNSET;
    private @Nullable String alias;
    private boolean singleQueue;
    private boolean withoutLinkLocal;
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
        this.name = requireName(name);
        return this;
    }

    /** Largest packet in bytes, without the Ethernet header. */
    public LinkSettings mtu(int bytes) {
        mtuBytes = bytes;
        return this;
    }

    /** The hardware address, six bytes. */
    public LinkSettings address(byte[] mac) {
        address = mac.clone();
        return this;
    }

    /** Makes it a port of the bridge with this index; 0 takes it out. */
    public LinkSettings master(int index) {
        master = index;
        return this;
    }

    /** Makes it over the link with this index of the sender's namespace; only for kinds that need one. */
    public LinkSettings parent(int index) {
        parent = index;
        return this;
    }

    /** Puts it into a group, which {@link RtRequests#delGroup} removes as a whole; 0 is that of all others. */
    public LinkSettings group(int group) {
        this.group = group;
        return this;
    }

    /** Brings it up. */
    public LinkSettings up() {
        flags |= IFF_UP;
        changedFlags |= IFF_UP;
        return this;
    }

    /** Takes it down. */
    public LinkSettings down() {
        flags &= ~IFF_UP;
        changedFlags |= IFF_UP;
        return this;
    }

    /** Makes it in, or moves it into, an open network namespace. */
    public LinkSettings netns(Fd namespace) {
        netnsFd = namespace.number();
        return this;
    }

    /** A comment that {@code ip link} shows; only for a link that exists. */
    public LinkSettings alias(String alias) {
        this.alias = alias;
        return this;
    }

    /** One queue each way: less memory, since the default is one per processor of which a veth uses one. */
    public LinkSettings singleQueue() {
        singleQueue = true;
        return this;
    }

    /** No link-local IPv6 address, and so no IPv6 packets of its own; only for a link that exists. */
    public LinkSettings withoutLinkLocal() {
        withoutLinkLocal = true;
        return this;
    }

    /** Appends an {@code ifinfomsg} and the attributes. */
    void writeTo(NetlinkRequest request, int index) {
        request.putInt(0).putInt(index).putInt(flags).putInt(changedFlags);
        if (name != null) {
            request.string(IFLA_IFNAME, name);
        }
        if (mtuBytes > 0) {
            request.u32(IFLA_MTU, mtuBytes);
        }
        if (address != null) {
            request.bytes(IFLA_ADDRESS, address);
        }
        number(request, IFLA_LINK, parent);
        number(request, IFLA_MASTER, master);
        number(request, IFLA_GROUP, group);
        number(request, IFLA_NET_NS_FD, netnsFd);
        if (alias != null) {
            request.string(IFLA_IFALIAS, alias);
        }
        if (singleQueue) {
            request.u32(IFLA_NUM_TX_QUEUES, 1).u32(IFLA_NUM_RX_QUEUES, 1);
        }
        if (withoutLinkLocal) {
            request.nested(
                    IFLA_AF_SPEC,
                    families -> families.nested(
                            SocketCalls.AF_INET6, inet6 -> inet6.u8(IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE)));
        }
    }

    /** The settings as words of ip(8). */
    @Override
    public String toString() {
        StringJoiner words = new StringJoiner(" ");
        add(words, name != null, name);
        add(words, mtuBytes > 0, "mtu " + mtuBytes);
        add(words, address != null, "address");
        add(words, parent != UNSET, "link " + parent);
        add(words, master != UNSET, "master " + master);
        add(words, group != UNSET, "group " + group);
        add(words, netnsFd != UNSET, "netns fd " + netnsFd);
        add(words, alias != null, "alias \"" + alias + "\"");
        add(words, singleQueue, "numtxqueues 1 numrxqueues 1");
        add(words, withoutLinkLocal, "addrgenmode none");
        add(words, changedFlags != 0, flags != 0 ? "up" : "down");
        return words.toString();
    }

    private static void number(NetlinkRequest request, int type, int value) {
        if (value != UNSET) {
            request.u32(type, value);
        }
    }

    private static void add(StringJoiner words, boolean said, @Nullable String word) {
        if (said) {
            words.add(word);
        }
    }
}
