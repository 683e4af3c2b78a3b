package dev.jcompose.model;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a service's {@code ports}, in canonical form.
 *
 * @param name a name for people
 * @param mode {@code ingress} (default) or {@code host}; not checked
 * @param hostIp address to bind on the host, null for all of them
 * @param target port in the container, 1 to 65535
 * @param published port on the host, or a range {@code "8000-8010"} from which a free one is taken; null for one that
 *     the kernel picks
 * @param protocol {@code tcp} (default), {@code udp} or {@code sctp}, lower case
 * @param appProtocol {@code app_protocol}
 */
public record PortMapping(
        @Nullable String name,
        String mode,
        @Nullable String hostIp,
        int target,
        @Nullable String published,
        String protocol,
        @Nullable String appProtocol) {}
