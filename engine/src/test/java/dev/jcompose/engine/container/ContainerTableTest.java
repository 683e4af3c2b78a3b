package dev.jcompose.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.model.Service;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContainerTableTest {
    private final Container web = container("aa1", "p", "web");
    private final Container db = container("aa2", "p", "db");
    private final Container other = container("bb", "q", "web");
    private final ContainerTable table = new ContainerTable();

    @BeforeEach
    void fill() {
        table.add(web);
        table.add(db);
        table.add(other);
    }

    @Test
    void listsInTheOrderOfNames() {
        assertThat(table.all()).containsExactly(db, web, other);
        assertThat(table.ofProject("p")).containsExactly(db, web);
        assertThat(table.ofProject("nobody")).isEmpty();
    }

    @Test
    void findsByNameIdAndTheBeginningOfAnId() {
        assertThat(table.find("p-web-1")).isSameAs(web);
        assertThat(table.find(db.config().id())).isSameAs(db);
        assertThat(table.find("b")).isSameAs(other);
        assertThat(table.byName("q-web-1")).contains(other);
    }

    @Test
    void anAmbiguousBeginningAndAnUnknownNameAreErrors() {
        assertThatThrownBy(() -> table.find("aa"))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.INVALID));
        for (String unknown : new String[] {"zz", ""}) {
            assertThatThrownBy(() -> table.find(unknown))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.NOT_FOUND))
                    .hasMessage("no such container: " + unknown);
        }
    }

    @Test
    void aNameIsOneContainers() {
        assertThatThrownBy(() -> table.add(container("cc", "p", "web")))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.CONFLICT))
                .hasMessageContainingAll("p-web-1", "project \"p\"");
        assertThat(table.all()).hasSize(3);
    }

    @Test
    void aRenamedContainerIsTheSameForThoseWhoWaitForIt() {
        CompletableFuture<Container.Snapshot> runs = db.when(now -> now.status().isAlive());
        table.rename(db, "p-database-1");
        assertThat(table.find("p-database-1")).isSameAs(db);
        assertThat(table.byName("p-db-1")).isEmpty();
        assertThat(db.config().name()).isEqualTo("p-database-1");
        db.status(Containers.running());
        assertThat(runs).isCompleted();
    }

    @Test
    void aNameThatIsTakenIsNotGivenToAnother() {
        assertThatThrownBy(() -> table.rename(db, "p-web-1")).isInstanceOf(EngineException.class);
        assertThat(table.find("p-db-1")).isSameAs(db);
        assertThat(table.find("p-web-1")).isSameAs(web);
        table.rename(db, "p-db-1");
        assertThat(table.find("p-db-1")).isSameAs(db);
    }

    @Test
    void aRemovedContainerFreesItsName() {
        table.remove(web);
        Container next = container("cc", "p", "web");
        table.add(next);
        table.remove(web);
        assertThat(table.find("p-web-1")).isSameAs(next);
    }

    private static Container container(String id, String project, String service) {
        return Containers.created(
                id, project, Service.builder(service).image("localhost/host").build());
    }
}
