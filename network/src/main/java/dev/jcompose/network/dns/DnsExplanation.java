package dev.jcompose.network.dns;

import java.util.List;

/**
 * What a container is answered, and why.
 *
 * @param code the response code's name: {@code NOERROR}, {@code NXDOMAIN}, ...
 * @param records the answers, a line each: name, seconds to live, type, value
 * @param reasons how that came about, a sentence each
 */
public record DnsExplanation(String code, List<String> records, List<String> reasons) {
    public DnsExplanation {
        records = List.copyOf(records);
        reasons = List.copyOf(reasons);
    }
}
