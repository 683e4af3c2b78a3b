package dev.jcompose.cli.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final JsonObject WEB = JsonObject.parse("""
            {"Name": "web-1", "State": "running", "Size": 3, "Share": 1.5, "Up": true, "Note": "",
             "Labels": "com.example.tier=front,stage=a=b",
             "Ports": [{"Public": 8080, "Type": "tcp"}, {"Public": 53, "Type": "udp"}],
             "Mounts": [], "Env": {"b": "2", "a": "1"}, "Health": null}
            """);

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '§',
            value = {
                "{{.Name}} => web-1",
                "{{ .Name }}:{{.Size}} {{.Share}} {{.Up}} => web-1:3 1.5 true",
                "a{{/* a comment */}}b => ab",
                "a {{- .Name -}} b => aweb-1b",
                "{{json .Name}} {{json .Ports}} => \"web-1\" [{\"Public\":8080,\"Type\":\"tcp\"},{\"Public\":53,\"Type\":\"udp\"}]",
                "{{.Env}} {{.Ports}} => map[a:1 b:2] [map[Public:8080 Type:tcp] map[Public:53 Type:udp]]",
                "{{.Env.a}} {{.Env.c}} {{.Health}} => 1 <no value> <no value>",
                "{{if eq .State \"running\"}}up{{else}}down{{end}} => up",
                "{{if .Note}}a{{else if gt .Size 2}}b{{else}}c{{end}} => b",
                "{{if and .Up (not .Mounts) (or .Note .Health .Size)}}yes{{end}} => yes",
                "{{if .Health}}{{.Health.Status}}{{else}}none{{end}} => none",
                "{{with .Env}}{{.a}}{{.b}}{{end}}{{with .Note}}x{{else}}y{{end}} => 12y",
                "{{range .Ports}}{{.Public}}/{{.Type}} {{$.Name}};{{end}} => 8080/tcp web-1;53/udp web-1;",
                "{{range $i, $p := .Ports}}{{if $i}}, {{end}}{{$p.Public}}{{end}} => 8080, 53",
                "{{range $k, $v := .Env}}{{$k}}={{$v}};{{end}} => a=1;b=2;",
                "{{range .Mounts}}x{{else}}no mounts{{end}} => no mounts",
                "{{$n := .Name}}{{with .Env}}{{$n = .a}}{{end}}{{$n}} => 1",
                "{{printf \"%-7s|%5d|%05.1f|%q|%v|%t\" .Name .Size .Share .State .Env .Up}} => web-1  |    3|001.5|\"running\"|map[a:1 b:2]|true",
                "{{printf \"%s %d%%\" .Size .Name}} => %!s(int=3) %!d(string=web-1)%",
                "{{printf \"%s %s\" .Name}} {{printf \"a\" .Size}} => web-1 %!s(MISSING) a%!(EXTRA int=3)",
                "{{upper .Name}} {{.State | title}} {{lower \"AB\"}} => WEB-1 Running ab",
                "{{join (split .Name \"-\") \"+\"}} {{index (split .Name \"-\") 1}} => web+1 1",
                "{{(index .Ports 1).Type}} {{index .Env \"a\"}}{{index .Env \"z\"}}. => udp 1.",
                "{{len .Ports}} {{len .Name}} {{slice .Name 0 3}} {{truncate .State 3}} => 2 5 web run",
                "{{eq .Name \"a\" \"web-1\"}} {{ne .Size 3}} {{lt 2.5 .Size}} {{le .Name \"x\"}} {{ge 1 2}} => true false true true false",
                "{{print .Size 4 \"a\"}} {{`raw \\n`}} {{\"q\\\"\\t.\"}} => 3 4a raw \\n q\"\t.",
                "[{{pad .Name 1 2}}] {{.Label \"com.example.tier\"}} {{.Label \"stage\"}} {{.Label \"none\"}}. => [ web-1  ] front a=b .",
                "{{.Name | printf \"%s/%s\" .State | upper}} => RUNNING/WEB-1",
            })
    void printsAsGoDoes(String template, String expected) {
        assertThat(new Template(template).format(List.of(WEB), Map.of())).isEqualTo(expected + "\n");
    }

    @Test
    void aBlankMayBeWrittenAsShellsCanGiveIt() {
        assertThat(new Template("{{.Name}}\\t{{.Size}}\\n").format(List.of(WEB), Map.of()))
                .isEqualTo("web-1\t3\n\n");
    }

    @Test
    void println() {
        assertThat(new Template("{{println .Name .Size}}").format(List.of(WEB), Map.of()))
                .isEqualTo("web-1 3\n\n");
    }

    @Test
    void aTableHasHeadingsOfItsFields() {
        String template = "table {{.ID}}\\t{{upper .CreatedAt}}\\t{{.Label \"com.example.some-tier\"}}\\t"
                + "{{if eq .CPUPerc \"\"}}{{.Name}}{{end}}\\t{{.RunningFor}}";
        JsonObject row = JsonObject.create()
                .put("ID", "1")
                .put("CreatedAt", "now")
                .put("CPUPerc", "")
                .put("Name", "a")
                .put("RunningFor", "1s")
                .put("Labels", "com.example.some-tier=x");

        assertThat(new Template(template).format(List.of(row), Map.of("ID", "CONTAINER ID")))
                .isEqualTo("""
                CONTAINER ID   CREATED AT   some tier   NAME      CREATED
                1              NOW          x           a         1s
                """);
    }

    @Test
    void rowsOfATableMayHaveFewerColumns() {
        assertThat(new Template("table {{.Name}}{{if .Size}}\\t{{.Size}}{{end}}")
                        .format(
                                List.of(
                                        JsonObject.create().put("Name", "a").put("Size", 0),
                                        JsonObject.create().put("Name", "b").put("Size", 1)),
                                Map.of()))
                .isEqualTo("NAME      SIZE\na         \nb         1\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '§',
            value = {
                "a{{.Name => template:1:2: \"{{\" is not closed with \"}}\"",
                "{{if .Up}}a => template:1:12: expected {{end}}, found the end of the template",
                "a{{end}} => template:1:4: there is nothing that \"end\" could belong to",
                "{{upperr .Name}} => template:1:3: function \"upperr\" is not known (did you mean \"upper\"?); there are and",
                "{{.Name | json .Size}} => template:1:11: \"json\" takes 1 arguments, not 2",
                "{{.Name .Size}} => template:1:3: \".Name\" is no function, so it takes no argument",
                "{{$x}} => template:1:3: variable \"$x\" is not declared",
                "{{(.Name}} => template:1:3: \"(\" is not closed with \")\"",
                "{{\"a}} => template:1:3: this text is not closed with '\"'",
                "{{}} => template:1:3: expected a value, found \"}}\"",
                "{{.Name}}{{template \"a\"}} => template:1:12: \"template\" is not supported",
                "{{.Name ?}} => template:1:9: unexpected \"?\"",
            })
    void aMistakeIsNamedWithItsPlace(String template, String message) {
        assertThatThrownBy(() -> new Template(template)).hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '§',
            value = {
                "{{.Nmae}} => template:1:3: no field \"Nmae\"; there are Name, State,",
                "{{.Name.First}} => template:1:8: web-1 has no field \"First\"",
                "{{.Health.Status}} => template:1:10: nil has no field \"Status\"",
                "{{range .Name}}{{end}} => template:1:3: \"web-1\" is no list to range over",
                "{{index .Ports 2}} => template:1:3: index 2 is not in a list of 2",
                "{{lt .Name 1}} => template:1:3: \"web-1\" and \"1\" cannot be compared",
                "{{upper .Size}} => template:1:3: 3 is no text",
            })
    void aValueThatDoesNotFitIsNamedWithItsPlace(String template, String message) {
        Template parsed = new Template(template);

        assertThatThrownBy(() -> parsed.format(List.of(WEB), Map.of())).hasMessageStartingWith(message);
    }
}
