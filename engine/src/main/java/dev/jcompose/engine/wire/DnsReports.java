package dev.jcompose.engine.wire;

import dev.jcompose.engine.api.DnsReport;
import dev.jcompose.engine.json.JsonObject;

/** The answer of {@code /compose/dns}. */
public final class DnsReports {
    private DnsReports() {}

    /** All that it says. */
    public static JsonObject write(DnsReport report) {
        return JsonObject.create()
                .put("container", report.container())
                .put("code", report.code())
                .put("records", report.records())
                .put("reasons", report.reasons());
    }

    /** What {@link #write} wrote. */
    public static DnsReport read(JsonObject json) {
        return new DnsReport(
                json.string("container"), json.string("code"), json.strings("records"), json.strings("reasons"));
    }
}
