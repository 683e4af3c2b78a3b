package dev.jcompose.network.bridge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The networks over which a container's way to everywhere else leads, by their names.
 *
 * @param ipv4 null when there is none
 * @param ipv6 null when there is none
 */
public record Outside(@Nullable String ipv4, @Nullable String ipv6) {

    /** As the gateways of these attachments say. */
    public static Outside of(List<Attachment> attachments) {
        return new Outside(name(attachments, false), name(attachments, true));
    }

    /** Whether a family's way leads over this network. */
    boolean isOver(String network, boolean v6) {
        return network.equals(v6 ? ipv6 : ipv4);
    }

    private static @Nullable String name(List<Attachment> attachments, boolean v6) {
        return attachments.stream()
                .filter(attachment -> attachment.addresses().stream()
                        .anyMatch(assigned -> assigned.address().v6() == v6 && assigned.gateway() != null))
                .map(Attachment::networkName)
                .findFirst()
                .orElse(null);
    }
}
