package dev.jcompose.network.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A second, independent reading and writing of DNS messages, for tests. */
record Message(int id, int flags, int questions, String question, int type, List<Answer> answers, boolean edns) {
    static final int TRUNCATED = 0x0200;
    static final int RECURSION_DESIRED = 0x0100;

    record Answer(int type, long ttl, String value) {}

    int code() {
        return flags & 0xf;
    }

    boolean truncated() {
        return (flags & TRUNCATED) != 0;
    }

    List<String> values() {
        return answers.stream().map(Answer::value).toList();
    }

    /** A query; {@code ednsBytes} 0 leaves EDNS out. */
    static byte[] query(int id, String name, int type, int ednsBytes) {
        return write(id, RECURSION_DESIRED, name, type, List.of(), ednsBytes);
    }

    static byte[] write(int id, int flags, String name, int type, List<byte[]> answers, int ednsBytes) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            for (int value : new int[] {id, flags, 1, answers.size(), 0, ednsBytes > 0 ? 1 : 0}) {
                out.writeShort(value);
            }
            for (String label : name.isEmpty() ? new String[0] : name.split("\\.")) {
                out.writeByte(label.length());
                out.write(label.getBytes(ISO_8859_1));
            }
            out.writeByte(0);
            out.writeShort(type);
            out.writeShort(1);
            for (byte[] answer : answers) {
                out.writeShort(0xc00c);
                out.writeShort(type);
                out.writeShort(1);
                out.writeInt(300);
                out.writeShort(answer.length);
                out.write(answer);
            }
            if (ednsBytes > 0) {
                out.write(new byte[] {0, 0, 41, (byte) (ednsBytes >> 8), (byte) ednsBytes, 0, 0, 0, 0, 0, 0});
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Message read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int id = in.getShort() & 0xffff;
        int flags = in.getShort() & 0xffff;
        int questions = in.getShort();
        int answerCount = in.getShort();
        int authorities = in.getShort();
        int additional = in.getShort();
        String question = "";
        int type = 0;
        if (questions == 1) {
            question = name(in);
            type = in.getShort() & 0xffff;
            in.getShort();
        }
        List<Answer> answers = new ArrayList<>();
        boolean edns = false;
        for (int i = 0; i < answerCount + authorities + additional; i++) {
            name(in);
            int recordType = in.getShort() & 0xffff;
            in.getShort();
            long ttl = in.getInt() & 0xffffffffL;
            byte[] data = new byte[in.getShort() & 0xffff];
            int at = in.position();
            in.get(data);
            if (i < answerCount) {
                answers.add(new Answer(recordType, ttl, value(recordType, data, in, at)));
            }
            edns |= recordType == RecordType.OPT;
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException(in.remaining() + " bytes too many");
        }
        return new Message(id, flags, questions, question, type, answers, edns);
    }

    private static String value(int type, byte[] data, ByteBuffer in, int at) {
        try {
            return switch (type) {
                case RecordType.A, RecordType.AAAA ->
                    InetAddress.getByAddress(data).getHostAddress();
                case RecordType.PTR -> name(in.duplicate().position(at));
                default -> data.length + " bytes";
            };
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String name(ByteBuffer in) {
        StringBuilder name = new StringBuilder();
        int length = in.get() & 0xff;
        while (length > 0) {
            if (length >= 0xc0) {
                int target = (length & 0x3f) << 8 | (in.get() & 0xff);
                return name + name(in.duplicate().position(target));
            }
            byte[] label = new byte[length];
            in.get(label);
            name.append(new String(label, ISO_8859_1)).append('.');
            length = in.get() & 0xff;
        }
        return name.toString();
    }
}
