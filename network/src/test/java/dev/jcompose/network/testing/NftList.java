package dev.jcompose.network.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What nft(8) says of the calling thread's namespace; a test that asks is skipped where nft is not installed. */
public final class NftList {
    private static final Path NFT = Path.of("/usr/sbin/nft");
    private static final Pattern DROPPED = Pattern.compile("packets (\\d+) bytes \\d+ drop");

    private NftList() {}

    /** The whole rule set. */
    public static String ruleset() throws IOException {
        return nft("list", "ruleset");
    }

    /** The tables, one a line. */
    public static String tables() throws IOException {
        return nft("list", "tables");
    }

    /** The kernel's number of a table of IPv4: another one when it is made again. */
    public static long handle(String table) throws IOException {
        String first =
                nft("-a", "list", "table", "ip", table).lines().findFirst().orElseThrow();
        return Long.parseLong(first.replaceAll(".*handle (\\d+).*", "$1"));
    }

    /** Runs one command, as somebody else on the host would. */
    public static void run(String... command) throws IOException {
        assertThat(nft(command)).isEmpty();
    }

    /** How many packets the first rule of {@code prerouting_raw} dropped. */
    public static long dropped(String table) throws IOException {
        Matcher matcher = DROPPED.matcher(nft("list", "chain", "ip", table, "prerouting_raw"));
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private static String nft(String... arguments) throws IOException {
        assumeTrue(Files.isExecutable(NFT), "nft is not installed");
        String[] command = new String[arguments.length + 1];
        command[0] = NFT.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.onExit().join().exitValue()).as(output).isZero();
        return output;
    }
}
