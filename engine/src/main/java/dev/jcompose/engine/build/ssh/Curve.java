package dev.jcompose.engine.build.ssh;

/** The elliptic curves that SSH has ECDSA keys on. */
enum Curve {
    P256("nistp256", "secp256r1", "SHA256withECDSA"),
    P384("nistp384", "secp384r1", "SHA384withECDSA"),
    P521("nistp521", "secp521r1", "SHA512withECDSA");

    static final String TYPE = "ecdsa-sha2-";

    private final String sshName;
    private final String javaName;
    private final String signature;

    Curve(String sshName, String javaName, String signature) {
        this.sshName = sshName;
        this.javaName = javaName;
        this.signature = signature;
    }

    /** @throws IllegalArgumentException for a type of key that there is not */
    static Curve ofType(String type) {
        for (Curve curve : values()) {
            if (type.equals(TYPE + curve.sshName)) {
                return curve;
            }
        }
        throw new IllegalArgumentException("keys of type \"" + type + "\" are not supported");
    }

    /** As the JDK calls it. */
    String javaName() {
        return javaName;
    }

    /** The algorithm of its signatures, as the JDK calls it. */
    String signature() {
        return signature;
    }
}
