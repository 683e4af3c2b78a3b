package dev.jcompose.images.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.X509TrustManager;

/** Trusts what one of several trusts. */
record TrustAnyOf(List<X509TrustManager> managers) implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        CertificateException last = null;
        for (X509TrustManager manager : managers) {
            try {
                manager.checkServerTrusted(chain, type);
                return;
            } catch (CertificateException e) {
                last = e;
            }
        }
        throw last == null ? new CertificateException("nothing is trusted") : last;
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return managers.stream()
                .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
                .toArray(X509Certificate[]::new);
    }
}
