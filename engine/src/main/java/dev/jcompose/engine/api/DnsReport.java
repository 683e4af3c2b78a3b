package dev.jcompose.engine.api;

import java.util.List;

/**
 * What a container is answered.
 *
 * @param container its name
 * @param code the response code's name: {@code NOERROR}, {@code NXDOMAIN}, ...
 * @param records the answers, a line each: name, seconds to live, type, value
 * @param reasons how that came about, a sentence each
 */
public record DnsReport(String container, String code, List<String> records, List<String> reasons) {
    public DnsReport {
        records = List.copyOf(records);
        reasons = List.copyOf(reasons);
    }
}
