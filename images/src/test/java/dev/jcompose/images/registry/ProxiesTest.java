package dev.jcompose.images.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {

    private static boolean isProxied(String exceptions, String url) throws IOException {
        Map<String, String> environment =
                Map.of("HTTPS_PROXY", "http://proxy:3128", "http_proxy", "proxy:8080", "NO_PROXY", exceptions);
        return Proxies.of(RegistryAccess.of(environment)).proxy(URI.create(url)) != null;
    }

    @ParameterizedTest
    @CsvSource({
        "'',                    https://registry.example/,      true",
        "'',                    http://registry.example/,       true",
        "'',                    http://localhost:5000/,         false",
        "'',                    http://127.0.0.1:5000/,         false",
        "*,                     https://registry.example/,      false",
        "example,               https://registry.example/,      false",
        "'a, registry.example', https://registry.example/,      false",
        "gistry.example,        https://registry.example/,      true",
        ".example,              https://example/,               true",
        "registry.example:8443, https://registry.example/,      true",
        "registry.example:8443, https://registry.example:8443/, false",
        "10.0.0.0/8,            https://10.1.2.3/,              false",
        "10.0.0.0/8,            https://11.1.2.3/,              true",
        "10.1.2.3,              https://10.1.2.3:5000/,         false"
    })
    void exceptionsAreAskedDirectly(String exceptions, String url, boolean proxied) throws IOException {
        assertThat(isProxied(exceptions, url)).isEqualTo(proxied);
    }

    @Test
    void aProxyCanHaveANameAndAPassword() throws IOException {
        Proxies proxies = Proxies.of(RegistryAccess.of(Map.of("HTTPS_PROXY", "http://me:secret@proxy:3128")));
        assertThat(proxies.credentials(URI.create("https://registry.example/")))
                .contains(Credentials.of("me", "secret"));
    }

    @Test
    void aProxyThatCannotBeUsedIsRefused() {
        assertThatThrownBy(() -> Proxies.of(RegistryAccess.of(Map.of("HTTPS_PROXY", "socks5://proxy"))))
                .hasMessage("HTTPS_PROXY 'socks5://proxy' is not http://HOST[:PORT]");
    }
}
