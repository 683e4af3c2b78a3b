package dev.jcompose.linux.netlink;

import static dev.jcompose.linux.netlink.RtMessages.IFADDRMSG_BYTES;
import static dev.jcompose.linux.netlink.RtMessages.IFA_ADDRESS;
import static dev.jcompose.linux.netlink.RtMessages.IFA_LOCAL;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * An address of a link, as {@code ip addr show} prints it.
 *
 * @param linkIndex the link that has it
 */
public record AddressInfo(int linkIndex, InetAddress address, int prefixLength) {

    static Optional<AddressInfo> of(NetlinkMessage message) {
        Map<Integer, ByteBuffer> attributes = message.attributes(IFADDRMSG_BYTES);
        ByteBuffer bytes = attributes.getOrDefault(IFA_LOCAL, attributes.get(IFA_ADDRESS));
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByAddress(NetlinkMessage.bytes(bytes));
            return Optional.of(new AddressInfo(
                    message.payload().getInt(4), address, message.payload().get(1) & 0xff));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
