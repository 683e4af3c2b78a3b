package dev.jcompose.engine.doctor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.doctor.Finding.Verdict;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the doctor says of the rules of others. */
@RequiresRoot(namespaces = true)
class NetworkCheckIT {
    private static final Path NFT = Path.of("/usr/sbin/nft");

    private final Linux linux = Linux.load();

    @Test
    void rulesThatKeepContainersFromTheHostAndThoseByRateAreNamed() throws Exception {
        rules("""
                table inet fw {
                  chain in { type filter hook input priority 0; policy drop; iif lo accept; }
                  chain through { type filter hook forward priority 0; limit rate over 9/second drop; }
                }
                """);
        assertThat(ofOthers())
                .extracting(Finding::verdict, Finding::found, Finding::remedy)
                .contains(
                        tuple(
                                Verdict.WARNING,
                                "containers do not reach this host (host.docker.internal): firewall chain"
                                        + " \"inet fw in\" drops what is for it",
                                "nft insert rule inet fw in iifname '\"jc-*\"' accept"),
                        tuple(
                                Verdict.UNKNOWN,
                                "what these drop cannot be told, as they go by rates, times or chance:"
                                        + " inet fw through: limit",
                                "nft list ruleset shows them"));
    }

    @Test
    void withoutRulesNothingIsFound() throws Exception {
        assertThat(ofOthers()).extracting(Finding::verdict).containsExactly(Verdict.OK);
    }

    private List<Finding> ofOthers() throws IOException {
        Findings findings = new Findings("network");
        new NetworkCheck(linux, Rights.ofThisProcess()).report(findings);
        return findings.all().stream()
                .filter(finding -> finding.subject().equals("rules of others"))
                .toList();
    }

    private static void rules(String text) throws Exception {
        assumeTrue(Files.isExecutable(NFT), "nft is not installed");
        Process nft = new ProcessBuilder(NFT.toString(), "-f", "-")
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        nft.outputWriter(US_ASCII).append(text).close();
        assertThat(nft.waitFor()).isZero();
    }
}
