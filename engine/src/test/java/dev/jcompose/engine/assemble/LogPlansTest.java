package dev.jcompose.engine.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.logs.LogLimits;
import dev.jcompose.model.Logging;
import dev.jcompose.model.Service;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogPlansTest {

    @Test
    void withoutOptionsThereIsALimitAndLocalAndSyslogCompress() {
        assertThat(plan(null, Map.of())).isEqualTo(new LogPlan(LogLimits.DEFAULT, true, null));
        assertThat(plan("json-file", Map.of())).isEqualTo(new LogPlan(LogLimits.DEFAULT, true, null));
        assertThat(plan("local", Map.of()).limits()).isEqualTo(new LogLimits(20_000_000, 5, true));
        assertThat(plan("syslog", Map.of()).limits()).isEqualTo(new LogLimits(20_000_000, 5, true));
    }

    @Test
    void sizesFilesAndCompressionAreReadAsDockerReadsThem() {
        assertThat(plan("json-file", Map.of("max-size", "10k", "max-file", "2", "compress", "true"))
                        .limits())
                .isEqualTo(new LogLimits(10_000, 2, true));
        assertThat(plan("local", Map.of("max-size", "3m", "compress", "false")).limits())
                .isEqualTo(new LogLimits(3_000_000, 5, false));
        assertThat(plan("syslog", Map.of("cache-max-size", "1g", "cache-max-file", "1"))
                        .limits())
                .isEqualTo(new LogLimits(1_000_000_000, 1, true));
    }

    @Test
    void whatIsNotKeptIsThereForThoseWhoFollow() {
        assertThat(plan("none", Map.of()).kept()).isFalse();
        assertThat(plan("syslog", Map.of("cache-disabled", "true")).kept()).isFalse();
        assertThat(plan("syslog", Map.of("cache-disabled", "true")).syslog()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json-file | max-size | ten | max-size \"ten\" is not a size as 10m or 500k",
                "json-file | max-file | x | max-file \"x\" is not a number",
                "local | compress | maybe | compress \"maybe\" is not true or false",
                "json-file | syslog-address | udp://a | \"syslog-address\" is not an option of driver \"json-file\"; it has max-size, max-file, compress",
                "syslog | syslog-facility | local8 | syslog-facility \"local8\" is not a name as daemon or local0, nor 0 to 23",
                "syslog | syslog-format | gelf | syslog-format \"gelf\" is not rfc3164, rfc5424 or rfc5424micro",
                "syslog | syslog-address | tcp://:99999 | syslog-address \"tcp://:99999\" is not tcp://host:port",
                "syslog | syslog-address | tls://a | syslog-address \"tls://a\" is not tcp://, tcp+tls://, udp://, unix:// or unixgram://",
                "syslog | syslog-address | unix://log | syslog-address \"unix://log\" has no absolute path",
            })
    void aMistakeIsNamed(String driver, String option, String value, String problem) {
        assertThatThrownBy(() -> plan(driver, Map.of(option, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("services.web.logging.options: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "syslog-tls-cert | /a.pem | syslog-tls-cert and syslog-tls-key are of use only together",
                "syslog-tls-ca-cert | a.pem | syslog-tls-ca-cert \"a.pem\" is not an absolute path",
                "syslog-tls-skip-verify | 1 | syslog-tls-skip-verify \"1\" is not true or false",
            })
    void aMistakeAboutTlsIsNamedWhereTlsIsAskedFor(String option, String value, String problem) {
        assertThatThrownBy(() -> plan("syslog", Map.of("syslog-address", "tcp+tls://a", option, value)))
                .hasMessage("services.web.logging.options: " + problem);
        assertThat(plan("syslog", Map.of("syslog-address", "tcp://a", option, value))
                        .syslog())
                .isNotNull();
    }

    @Test
    void aTagHasOnlyPlacesThatAreKnown() {
        assertThatThrownBy(() -> plan("syslog", Map.of("tag", "{{.Nmae}}")))
                .hasMessageContaining("tag \"{{.Nmae}}\" has a place that is not known");
        assertThatThrownBy(() -> plan("syslog", Map.of("tag", "{{index .ContainerLabels \"a\"}}")))
                .hasMessageContaining("not known");
    }

    private static LogPlan plan(@Nullable String driver, Map<String, String> options) {
        return LogPlans.of(Service.builder("web")
                .image("i")
                .logging(driver == null ? null : new Logging(driver, options))
                .build());
    }
}
