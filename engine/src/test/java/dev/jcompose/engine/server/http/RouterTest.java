package dev.jcompose.engine.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final Endpoint LIST = exchange -> {};
    private static final Endpoint INSPECT = exchange -> {};

    private final Router router = Router.builder()
            .route("GET", "/containers/json", LIST)
            .route("GET", "/containers/{id}/json", INSPECT)
            .build();

    @Test
    void segmentsInBracesBecomeParameters() {
        assertThat(router.find("GET", "/v1.44/containers/abc/json"))
                .contains(new Router.Match(INSPECT, Map.of("id", "abc")));
        assertThat(router.find("HEAD", "/containers/json")).contains(new Router.Match(LIST, Map.of()));
    }

    @Test
    void methodAndEverySegmentMustMatch() {
        assertThat(router.find("POST", "/containers/json")).isEmpty();
        assertThat(router.find("GET", "/containers/json/")).isEmpty();
        assertThat(router.find("GET", "/v1/containers/json")).isEmpty();
        assertThat(router.find("GET", "/")).isEmpty();
    }
}
