package dev.jcompose.linux.netlink.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.netlink.NetlinkRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NftBatchTest {

    @Test
    void aBatchIsFramedByItsMarks() {
        List<NetlinkRequest> requests = new NftBatch(Family.IP, "t").addTable().requests();

        assertThat(hex(requests.get(0)))
                .isEqualTo("1400000010000100" + "0700000000000000" // nlmsghdr: NFNL_MSG_BATCH_BEGIN
                        + "0000000a"); // nfgenmsg: the subsystem in network order
        assertThat(hex(requests.get(1)))
                .isEqualTo("24000000000a0104" + "0700000000000000" // nlmsghdr: NFT_MSG_NEWTABLE, create
                        + "02000000" // nfgenmsg: NFPROTO_IPV4
                        + "0600010074000000" // NFTA_TABLE_NAME "t"
                        + "0800020000000000"); // NFTA_TABLE_FLAGS 0
        assertThat(hex(requests.get(2))).startsWith("1400000011000100");
    }

    @Test
    void aRuleIsAListOfNamedExpressions() {
        NetlinkRequest rule = new NftBatch(Family.IP, "t")
                .addRule("c", new Rule("x").ctStatus(Rule.CT_STATUS_DNAT).then(Verdict.ACCEPT))
                .requests()
                .get(1);

        assertThat(hex(rule))
                .isEqualTo("f0000000060a010c" + "0700000000000000" // nlmsghdr: NFT_MSG_NEWRULE, create|append
                        + "02000000" // nfgenmsg
                        + "0600010074000000" // NFTA_RULE_TABLE "t"
                        + "0600020063000000" // NFTA_RULE_CHAIN "c"
                        + "c4000480" // NFTA_RULE_EXPRESSIONS {
                        + "20000180" + "0700010063740000" // NFTA_LIST_ELEM { "ct"
                        + "14000280" + "0800010000000008" + "0800020000000002" // dreg 8, key status }
                        + "44000180" + "0c00010062697477697365" + "00" // { "bitwise"
                        + "34000280" + "0800010000000008" + "0800020000000008" + "0800030000000004"
                        + "0c000480" + "0800010020000000" // mask IPS_DST_NAT, host order
                        + "0c000580" + "0800010000000000" // xor 0 }
                        + "2c000180" + "08000100636d7000" // { "cmp"
                        + "20000280" + "0800010000000008" + "0800020000000001" // sreg 8, not equal
                        + "0c000380" + "0800010000000000" // 0 }
                        + "30000180" + "0e000100696d6d656469617465" + "000000" // { "immediate"
                        + "1c000280" + "0800010000000000" // verdict register
                        + "10000280" + "0c000280" + "0800010000000001" // NF_ACCEPT } }
                        + "08000700" + "00027800"); // NFTA_RULE_USERDATA: comment "x"
    }

    @Test
    void aMapElementHasAKeyOfSeveralFieldsAndAValue() {
        byte[] key = KeyType.concat(new byte[] {6}, KeyType.port(8080));
        byte[] value = KeyType.concat(new byte[] {10, 1, 2, 3}, KeyType.port(80));

        NetlinkRequest element = new NftBatch(Family.IP, "t")
                .addElements("m", List.of(SetElement.of(key, value)))
                .requests()
                .get(1);

        assertThat(hex(element))
                .isEqualTo("4c0000000c0a0106" + "0700000000000000" // nlmsghdr: NFT_MSG_NEWSETELEM, create|excl
                        + "02000000" // nfgenmsg
                        + "0600010074000000" // NFTA_SET_ELEM_LIST_TABLE "t"
                        + "060002006d000000" // NFTA_SET_ELEM_LIST_SET "m"
                        + "28000380" + "24000180" // NFTA_SET_ELEM_LIST_ELEMENTS { NFTA_LIST_ELEM {
                        + "10000180" + "0c000100" + "06000000" + "1f900000" // key: tcp . 8080, 4 bytes each
                        + "10000280" + "0c000100" + "0a010203" + "00500000"); // data: 10.1.2.3 . 80
    }

    @Test
    void aConcatenatedTypeTakesSixBitsAField() {
        assertThat(KeyType.concat(KeyType.INET_PROTO, KeyType.IPV4_ADDR, KeyType.INET_SERVICE))
                .isEqualTo(new KeyType(12 << 12 | 7 << 6 | 13, 12));
    }

    @Test
    void manyElementsGoOutInSeveralMessages() {
        List<SetElement> elements = IntStream.range(0, 1000)
                .mapToObj(port -> SetElement.of(KeyType.port(port)))
                .toList();

        assertThat(new NftBatch(Family.IP, "t").addElements("s", elements).requests())
                .hasSize(2 + 3)
                .allSatisfy(request -> assertThat(request.length()).isLessThan(65_000));
    }

    private static String hex(NetlinkRequest request) {
        return HexFormat.of().formatHex(request.finish(7));
    }
}
